import type { ApplyNote } from './apply-note.ts';
import type { ChangeableHost } from './problem.ts';
import { parentOf, STATE_PATH } from './state-directory.ts';

/**
 * Lets a boot loader see what was written, on the running system: it reads the disk without the file system's journal.
 *
 * A file system is frozen for a moment only where nobody needs it meanwhile: not the one of `/` (programs), not that of
 * our state, not one that our output goes to.
 *
 * @returns a note for each file system that was not frozen, so that only a clean reboot is sure to show the new text
 */
export async function checkpoint(
  host: ChangeableHost,
  paths: readonly string[],
): Promise<readonly ApplyNote[]> {
  if (!host.isRunningSystem) return [];
  const inUse = new Set([...host.outputDevices, ...(await devicesOf(host, ['/', STATE_PATH]))]);
  const done = new Set<bigint>();
  const notes: ApplyNote[] = [];
  for (const path of paths) {
    const [device] = await devicesOf(host, [parentOf(path)]);
    if (device === undefined || done.has(device)) continue;
    done.add(device);
    const opened = await host.openDirectory(parentOf(path));
    if (!opened.ok) continue;
    try {
      const flushed = await opened.directory.flushFileSystem(!inUse.has(device));
      if (flushed === 'synced') notes.push({ code: 'reboot-cleanly', data: { path: parentOf(path) } });
    } finally {
      opened.directory.close();
    }
  }
  return notes;
}

async function devicesOf(host: ChangeableHost, paths: readonly string[]): Promise<readonly bigint[]> {
  const devices: bigint[] = [];
  for (const path of paths) {
    const found = await host.status(path);
    if (found.ok) devices.push(found.status.device);
  }
  return devices;
}
