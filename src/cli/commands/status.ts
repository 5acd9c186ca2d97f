import { inspectJournal } from '../../apply/recover.ts';
import { STATE_PATH } from '../../apply/state-directory.ts';
import { choose } from '../../diagnosis/choose.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { changeHazards } from '../../diagnosis/hazard.ts';
import type { Message, Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { describeChoice, describeEntries, describeHazards, describeKernels } from '../describe.ts';
import { describeLayout } from '../describe-layout.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';
import { warning } from '../refusal-messages.ts';

/** What boots, with which words, whether this host leaks, and what `fix` would choose. */
export async function status(context: CommandContext): Promise<Report> {
  const gathered = await gatherOrRefuse(context);
  if (!gathered.ok) return gathered.report;
  const { start, facts } = gathered;
  const diagnosis = diagnose(facts);
  const choice = choose(diagnosis, facts.workload, 'auto', [], false);
  const chosen = describeChoice(choice.kernels);
  return {
    ...start,
    exitCode: EXIT.done,
    layout: describeLayout(facts),
    kernels: describeKernels(diagnosis, choice.kernels),
    entries: describeEntries(diagnosis),
    ...(chosen === undefined ? {} : { choice: chosen }),
    hazards: describeHazards([...choice.hazards, ...changeHazards(facts, [])]),
    messages: await unfinishedChange(context.host),
  };
}

/** A change that was cut short: the next command that writes settles it. */
async function unfinishedChange(host: CommandContext['host']): Promise<readonly Message[]> {
  const reading = await inspectJournal(host);
  if (reading.kind === 'none') return [];
  if (reading.kind === 'unreadable') {
    return [warning('error.state-unreadable', { path: STATE_PATH, systemCode: reading.systemCode })];
  }
  if (reading.kind === 'damaged') return [warning('warning.journal-damaged', { path: STATE_PATH })];
  const paths = reading.journal.files.map(({ path }) => path).join(' ');
  return [warning('warning.change-unfinished', { paths, setId: reading.journal.setId })];
}
