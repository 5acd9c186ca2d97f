import type { BackupListing as BackupSet } from '../apply/backup-set.ts';
import { setPath } from '../apply/backup-set.ts';
import type { Manifest } from '../apply/manifest.ts';
import { gatherMenus } from '../facts/gather.ts';
import { readRunningState } from '../facts/running/running-state.ts';
import type { BackupListing } from '../report/report.ts';
import type { CommandContext } from './command-context.ts';
import { lastWords, verifyRunning } from './verify-running.ts';

/** The sets that can be used, oldest first, the one that stands with what the running kernel shows of it. */
export async function describeBackups(
  host: CommandContext['host'],
  sets: readonly BackupSet[],
): Promise<readonly BackupListing[]> {
  const whole = sets.flatMap((set) => (set.isDamaged ? [] : [set]));
  const manifests = whole.map(({ manifest }) => manifest);
  const verified = await verifyStanding(host);
  return whole.map(({ manifest, undoneBy }): BackupListing => {
    const { id, createdAt, kind, files, purpose } = manifest;
    return {
      id,
      path: setPath(id),
      createdAt,
      kind,
      ...(purpose === undefined ? {} : { command: purpose.command }),
      ...wordsOf(manifest, manifests),
      undoneBy,
      ...(purpose?.bootId === undefined ? {} : { bootId: purpose.bootId }),
      ...(verified?.setId === id ? { verified: verified.seen } : {}),
      files: files.map(({ path }) => path),
    };
  });
}

/** What a set did to the lines; of a rollback, the contrary of what the sets did that it took back. */
function wordsOf(
  { purpose, undoes }: Manifest,
  all: readonly Manifest[],
): Pick<BackupListing, 'set' | 'unset'> {
  const own = purpose?.words ?? [];
  const undone = all
    .filter(({ id }) => undoes.includes(id))
    .flatMap((manifest) => manifest.purpose?.words ?? []);
  return {
    set: [...new Set([...own.flatMap(({ set }) => set), ...undone.flatMap(({ unset }) => unset)])],
    unset: [...new Set([...own.flatMap(({ unset }) => unset), ...undone.flatMap(({ set }) => set)])],
  };
}

/** The set whose words count now, and what becomes of them on the kernel that runs; undefined where that is not known. */
async function verifyStanding(host: CommandContext['host']) {
  const running = await readRunningState(host);
  const last = running && (await lastWords(host, running.release, undefined));
  if (running === undefined || last === undefined) return undefined;
  const gathered = await gatherMenus(host);
  const menus = gathered.ok ? gathered.menus : [];
  const { verdict } = await verifyRunning(host, { menus, kernels: [] }, () => last);
  const { bootId } = running;
  return { setId: last.setId, seen: { verdict, ...(bootId === undefined ? {} : { bootId }) } };
}
