import type { ApplyNote } from './apply-note.ts';
import type { ChangeableHost } from './problem.ts';
import { parentOf, STATE_PATH } from './state-directory.ts';

/** No boot loader reads below these: what is there need not be at its place on the disk before Linux starts. */
const NEVER_READ_BY_LOADERS = /^\/(?:etc|usr|var)\//;

/**
 * Lets a boot loader see what was written: it reads the disk without the file system's journal.
 *
 * Every file system that holds one of the files is frozen and thawed: what is written to it waits for a tenth of a
 * second or so. Where programs, our state or our output are on it, only by a process that needs nothing meanwhile.
 *
 * @returns those of the files that are perhaps in a journal only, so that a loader may see an older state of the disk
 */
export async function checkpoint(
  host: ChangeableHost,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const needed = new Set([...host.neededDevices, ...(await devicesOf(host, ['/', STATE_PATH]))]);
  const journalled = new Map<bigint, boolean>();
  const left = new Set<string>();
  for (const path of paths.filter((read) => !NEVER_READ_BY_LOADERS.test(read))) {
    const [device] = await devicesOf(host, [parentOf(path)]);
    if (device === undefined) continue;
    const isInJournal = journalled.get(device) ?? (await flush(host, parentOf(path), needed.has(device)));
    journalled.set(device, isInJournal);
    if (isInJournal) left.add(path);
  }
  return left;
}

/** What to tell of files that are perhaps in a journal only: one note for each directory. */
export function journalNotes(left: ReadonlySet<string>): readonly ApplyNote[] {
  const directories = new Set([...left].map(parentOf));
  return [...directories].map((path) => ({ code: 'reboot-cleanly', data: { path } }));
}

async function flush(host: ChangeableHost, path: string, isNeeded: boolean): Promise<boolean> {
  const opened = await host.openDirectory(path);
  if (!opened.ok) return true;
  try {
    if (!host.isBootedFrom(opened.directory)) return false;
    return (await opened.directory.flushFileSystem(isNeeded)) === 'in-journal';
  } finally {
    opened.directory.close();
  }
}

async function devicesOf(host: ChangeableHost, paths: readonly string[]): Promise<readonly bigint[]> {
  const devices: bigint[] = [];
  for (const path of paths) {
    const found = await host.status(path);
    if (found.ok) devices.push(found.status.device);
  }
  return devices;
}
