import { listBackups, setPath } from '../../apply/backup-set.ts';
import type { BackupListing, Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { error, warning } from '../refusal-messages.ts';

/** What was changed here, oldest first, and what was undone. */
export async function backups({ invocation, host }: CommandContext): Promise<Report> {
  const start = { command: invocation.command, root: host.root };
  const listed = await listBackups(host);
  if (!listed.ok) {
    const { path, systemCode } = listed;
    return {
      ...start,
      outcome: 'refused',
      exitCode: EXIT.failed,
      messages: [error('error.state-unreadable', { path, systemCode })],
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
  const damaged = listed.sets.filter(({ isDamaged }) => isDamaged);
  const messages = damaged.map(({ id }) => warning('warning.backup-damaged', { id, path: setPath(id) }));
  return { ...start, exitCode: EXIT.done, backups: sets, messages };
}
