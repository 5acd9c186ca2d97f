import { listBackups, setPath } from '../../apply/backup-set.ts';
import { systemCodeOf } from '../../apply/problem.ts';
import { refusedMessage } from '../../report/apply-messages.ts';
import { error, warning } from '../../report/message.ts';
import type { BackupListing, Message, Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, problemExit, unreadableExit } from '../exit-code.ts';

/** What was changed here, oldest first, and what was undone. */
export async function backups({ invocation, host }: CommandContext): Promise<Report> {
  const start = { command: invocation.command, root: host.root };
  const listed = await listBackups(host);
  if (!listed.ok) {
    const { problem } = listed;
    const isUnreadable = problem.code !== 'state-not-trusted';
    const path = 'path' in problem.data ? problem.data.path : '';
    const systemCode = systemCodeOf(problem) ?? problem.code;
    const message = isUnreadable
      ? error('error.state-unreadable', { path, systemCode })
      : refusedMessage(problem);
    return {
      ...start,
      outcome: 'refused',
      exitCode: isUnreadable ? unreadableExit(systemCode) : problemExit(problem),
      messages: [message],
    };
  }
  const sets = listed.sets.flatMap((set): readonly BackupListing[] => {
    if (set.isDamaged) return [];
    const { id, createdAt, kind, files } = set.manifest;
    return [
      {
        id,
        path: setPath(id),
        createdAt,
        kind,
        undoneBy: set.undoneBy,
        files: files.map(({ path }) => path),
      },
    ];
  });
  const messages = listed.sets.flatMap((set): readonly Message[] => {
    if (!set.isDamaged) return [];
    const { id, fault } = set;
    if (fault.code === 'newer') return [warning('warning.backup-newer', { id, version: fault.version })];
    return [warning('warning.backup-damaged', { id, path: setPath(id), part: fault.part })];
  });
  return { ...start, exitCode: EXIT.done, backups: sets, messages };
}
