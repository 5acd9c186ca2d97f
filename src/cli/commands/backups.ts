import { listBackups, setPath } from '../../apply/backup-set.ts';
import { warning } from '../../report/message.ts';
import type { Message, Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { describeBackups } from '../describe-backups.ts';
import { EXIT } from '../exit-code.ts';
import { stateMessage } from '../state-message.ts';
import { describeTrial, findTrial } from '../trial/find-trial.ts';

/** What was changed here, oldest first, and what was undone. */
export async function backups({ invocation, host }: CommandContext): Promise<Report> {
  const start = { command: invocation.command, root: host.root };
  const listed = await listBackups(host);
  if (!listed.ok) {
    const { message, exitCode } = stateMessage(listed.problem);
    return { ...start, outcome: 'refused', exitCode, messages: [message] };
  }
  const found = await findTrial(host);
  const trial =
    found.ok && found.trial !== undefined ? describeTrial(found.trial, found.progress) : undefined;
  const sets = (await describeBackups(host, listed.sets)).map((set) =>
    trial?.id === set.id ? { ...set, trial: trial.state } : set,
  );
  const messages = listed.sets.flatMap((set): readonly Message[] => {
    if (!set.isDamaged) return [];
    const { id, fault } = set;
    if (fault.code === 'newer') return [warning('warning.backup-newer', { id, version: fault.version })];
    return [warning('warning.backup-damaged', { id, path: setPath(id), part: fault.part })];
  });
  return { ...start, exitCode: EXIT.done, backups: sets, messages };
}
