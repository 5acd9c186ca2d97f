import { note, warning } from '../../report/message.ts';
import type { Message, Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { targetOf } from '../target.ts';
import { describeTrial, findTrial } from './find-trial.ts';

/** What `status` says of a trial that is neither kept nor taken back; nothing where there is none, or where that can't be told. */
export async function trialState({
  host,
  invocation,
}: CommandContext): Promise<Pick<Report, 'trial'> & { readonly messages: readonly Message[] }> {
  const found = await findTrial(host);
  if (!found.ok || found.trial === undefined || found.trial.isConfirmed) return { messages: [] };
  const trial = describeTrial(found.trial, found.progress);
  const words = [...trial.set, ...trial.unset.map((word) => `-${word}`)].join(' ');
  const where = targetOf(invocation);
  const confirm = { words, command: `bootmend confirm${where}` };
  const rollback = { words, command: `bootmend rollback ${trial.id ?? ''}${where}` };
  switch (trial.state) {
    case 'booted':
      return { trial, messages: [warning('warning.trial-state-booted', confirm)] };
    case 'failed':
      return { trial, messages: [warning('warning.trial-state-failed', rollback)] };
    default:
      return { trial, messages: [note('note.trial-state-pending', confirm)] };
  }
}
