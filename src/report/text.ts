import { renderDiffs } from './diff-text.ts';
import { saySentence } from './messages/catalogue.ts';
import type { Report } from './report.ts';
import { renderStatus } from './status-text.ts';
import { renderSupportTable } from './support-table.ts';
import type { ShownReport, TextOptions } from './text-options.ts';
import { trialOutcome } from './trial-outcome.ts';
import { renderEntries, renderKernels, wordLines } from './verbose-text.ts';
import { renderVerification } from './verification-text.ts';
import { visibleText } from './visible-text.ts';

/** The report for a person: what stands on stdout. Messages are not in it. */
export function renderReport(report: Report, options: TextOptions): ShownReport {
  if (report.command === 'status' && report.outcome === undefined) return renderStatus(report, options);
  const isFullView = report.outcome === undefined || options.isVerbose;
  const sections = [
    report.command === 'probe'
      ? renderSupportTable(report.kernels ?? [], options)
      : renderKernels(report.kernels ?? [], options),
    isFullView ? renderEntries(report.entries ?? [], options) : '',
    renderVerification(report, options),
    report.verification === undefined ? runningSection(report, options) : '',
    choiceSection(report, options),
    hazardSection(report, options),
    report.parameters?.map((name) => `${visibleText(name)}\n`).join('') ?? '',
    report.script ?? '',
    ...changeSections(report, options),
    outcomeSection(report, options),
    backupSection(report, options),
  ];
  return { body: sections.filter((section) => section !== '').join('\n'), closing: '' };
}

/** The plan as unified diffs; where somebody else changed the files, under titles that keep both changes apart. */
function changeSections({ changedSince, plan }: Report, options: TextOptions): readonly string[] {
  const planned = renderDiffs(plan?.edits ?? [], options);
  if (changedSince === undefined) return [planned];
  const titled = (code: 'label.changed-since' | 'label.by-force', diffs: string) =>
    diffs === '' ? '' : `${options.paint('bold', options.say(code))}\n${diffs}`;
  return [
    titled('label.changed-since', renderDiffs(changedSince, options)),
    titled('label.by-force', planned),
  ];
}

function runningSection({ running }: Report, options: TextOptions): string {
  if (running === undefined) return '';
  const { say, paint } = options;
  const lines = [
    `  ${visibleText(running.kernel ?? say('label.no-release'))}`,
    `    ${visibleText(running.cmdline)}`,
  ];
  const shown = [...lines, ...wordLines(running.words, options)].map((line) => `${line}\n`).join('');
  return `${paint('bold', say('label.running'))}\n${shown}`;
}

function choiceSection({ choice }: Report, { say, paint }: TextOptions): string {
  if (choice === undefined) return '';
  const because = choice.because.map((reason) => saySentence(say, reason)).join(' ');
  return `${paint('bold', say('label.choice'))}  ${say(`remedy.${choice.remedy}`)}\n  ${because}\n`;
}

function hazardSection({ hazards }: Report, { say, paint }: TextOptions): string {
  if (hazards === undefined || hazards.length === 0) return '';
  const lines = hazards.map(({ id, blocking, accepted, data }) => {
    const standing = !blocking ? 'hazard-note' : accepted ? 'hazard-accepted' : 'hazard-blocks';
    return `  ${paint(standing === 'hazard-blocks' ? 'red' : 'yellow', say(standing, { id }))} ${say(`hazard.${id}`, data)}\n`;
  });
  return `${paint('bold', say('label.hazards'))}\n${lines.join('')}`;
}

function backupSection({ backup, backups }: Report, { say, target }: TextOptions): string {
  if (backup !== undefined) {
    const command = `bootmend rollback ${backup.id}${target}`;
    return `${say('backup.made', { id: backup.id, path: backup.path, command })}\n`;
  }
  if (backups === undefined) return '';
  if (backups.length === 0) return `${say('backup.none')}\n`;
  const lines = backups.map(({ id, createdAt, kind, undoneBy, files, trial }) => {
    const tried = trial === undefined ? '' : `  ${say(`backup.trial.${trial}`)}`;
    const undone = undoneBy === undefined ? '' : `  ${say('backup.undone', { by: undoneBy })}`;
    return `${visibleText(id)}  ${visibleText(createdAt)}  ${say(`backup.${kind}`)}  ${files.map(visibleText).join(' ')}${tried}${undone}\n`;
  });
  return lines.join('');
}

function outcomeSection(report: Report, { say, paint }: TextOptions): string {
  const { outcome, unrestored } = report;
  if (outcome === undefined) return '';
  const ofTrial = trialOutcome(report);
  const sentence =
    unrestored === undefined
      ? ofTrial === undefined
        ? say(`outcome.${outcome}`)
        : say(`trial-outcome.${ofTrial}`)
      : say(outcome === 'refused' ? 'unrestored.refused' : 'unrestored.failed-restored', {
          paths: unrestored.join(' '),
        });
  const style =
    outcome === 'applied' ? 'green' : outcome === 'unchanged' || outcome === 'planned' ? 'bold' : 'red';
  const id = planToAgreeTo(report);
  const plan = id === undefined ? '' : `${say('outcome.plan', { id })}\n`;
  return `${paint(style, sentence)}\n${plan}`;
}

/** A rollback is not bound to a plan: which set it takes back says it all. */
function planToAgreeTo({ command, outcome, plan }: Report): string | undefined {
  return outcome === 'planned' && command !== 'rollback' ? plan?.id : undefined;
}
