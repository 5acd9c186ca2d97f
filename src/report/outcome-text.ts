import { type Labelled, labelledRows } from './labelled.ts';
import { saySentence } from './messages/catalogue.ts';
import { isReadingCommand } from './reading-command.ts';
import type { Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { trialOutcome } from './trial-outcome.ts';

/** How a command that may write ended, and what to do next; commands for looking say nothing of it. */
export function renderOutcome(report: Report, options: TextOptions): string {
  const { say, paint } = options;
  const { outcome, unrestored, command } = report;
  if (outcome === undefined || command === undefined || isReadingCommand(command)) return '';
  if (unrestored !== undefined) {
    const code = outcome === 'refused' ? 'unrestored.refused' : 'unrestored.failed-restored';
    return `${paint('red', say(code, { paths: unrestored.join(' ') }))}\n`;
  }
  switch (outcome) {
    case 'applied':
      return appliedText(report, options);
    case 'unchanged':
      return unchangedText(report, options);
    case 'planned':
      return `${say('outcome.planned')}\n${planLine(report, options)}`;
    case 'refused':
      return `${say('outcome.refused')}\n`;
    case 'failed-restored':
      return `${paint('red', say(`outcome.${outcome}`))}\n`;
  }
}

function appliedText(report: Report, options: TextOptions): string {
  const { say, paint, target } = options;
  const { command, backup, plan, trial } = report;
  const ofTrial = trialOutcome(report);
  if (ofTrial !== undefined) return `${paint('green', say(`trial-outcome.${ofTrial}`))}\n`;
  const count = plan?.edits.length ?? 0;
  const files = say(count === 1 ? 'count.one-file' : 'count.files', { count });
  const isUndoing = command === 'rollback';
  const head = paint('green', say(isUndoing ? 'outcome.put-back' : 'outcome.applied', { files }));
  const undo = backup && { label: say('label.undo'), lines: [`bootmend rollback ${backup.id}${target}`] };
  const check = { label: say('label.then-check'), lines: [`bootmend verify${target}`] };
  const rows: readonly Labelled[] = [
    ...(undo === undefined ? [] : [undo]),
    ...(trial === undefined ? [check] : []),
  ];
  return `${head}\n${say('outcome.next-reboot')}\n${labelledRows(rows, options)}`;
}

function unchangedText({ choice, decision }: Report, { say, paint }: TextOptions): string {
  if (decision !== undefined) return `${say('outcome.planned')}\n`;
  const because = (choice?.because ?? []).map((reason) => saySentence(say, reason));
  return `${[paint('bold', say('outcome.unchanged')), ...because].join(say('joint.sentences'))}\n`;
}

/** A rollback is not bound to a plan: which set it takes back says it all. */
function planLine({ command, plan, commandAgain }: Report, { say }: TextOptions): string {
  if (plan === undefined || command === 'rollback' || commandAgain === undefined) return '';
  return `${say('outcome.plan', { id: plan.id, command: `${commandAgain} --yes --plan ${plan.id}` })}\n`;
}
