import { closeSync, readFileSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { filterBytes } from './filter-bytes.ts';
import type { Host, HostResult } from './host.ts';
import { mountHolding, parseMountinfo } from './mountinfo.ts';
import { directoryOf, kernelPath, listPlace } from './open-directory.ts';
import { readPlace, readPlaceHead, statusOf } from './read-descriptor.ts';
import { below, isWithin } from './root-path.ts';
import { runInRoot } from './run-in-root.ts';
import { runProgram } from './run-program.ts';
import { isStillThere } from './same-place.ts';
import { refusal } from './system-error.ts';
import { atPath, type OpenPlace, openDirectoryAgain, openRoot, pathOf, requireProc } from './walk-path.ts';
import type { HeldDirectory, WritableHost } from './writable-host.ts';

/** Kernel images and their maps are below it; a sparse file of a hostile tree is not. */
const MAX_READ_BYTES = 256 << 20;

/**
 * The running machine (`/`) or a directory that stands for one. Needs /proc, by which directories held open are named.
 *
 * Paths and names are latin1 text, one character a byte, on this side of the root; `root` itself is ordinary text.
 *
 * @throws the system's error where the root is no directory or cannot be entered, or /proc is not there
 */
export async function openHost(root: string): Promise<Host & WritableHost> {
  requireProc();
  const rootDescriptor = openRoot(root);
  return {
    root,
    isRunningSystem: root === '/',
    user: { uid: process.geteuid?.() ?? 0 },
    neededDevices: [statSync('/', { bigint: true }).dev, ...[1, 2].flatMap(deviceOf)],
    isBootedFrom: ({ realPath }) => root === '/' || isMountedIn(realpathSync(root), realPath),
    read: (path, maxBytes = MAX_READ_BYTES) =>
      at(rootDescriptor, path, (place) => readPlace(place.descriptor, maxBytes)),
    readHead: (path, headBytes) =>
      at(rootDescriptor, path, (place) => readPlaceHead(place.descriptor, headBytes)),
    list: (path) => at(rootDescriptor, path, (place) => listPlace(place.descriptor)),
    status: (path) => at(rootDescriptor, path, (place) => ({ ok: true, status: statusOf(place.descriptor) })),
    run: (program, args) => runProgram(program, args),
    runInRoot: (program, texts, isTrusted) => runInRoot(root, program, texts, isTrusted),
    filter: filterBytes,
    freeBytes: (path) => at(rootDescriptor, path, (place) => freeBytesAt(place.descriptor)),
    openDirectory: (path) =>
      at<HeldDirectory>(rootDescriptor, path, (place) => holdDirectory(rootDescriptor, place)),
    close: () => closeSync(rootDescriptor),
  };
}

/** Whether the file system of a path in a tree is mounted at the tree's root or below it. */
function isMountedIn(root: string, realPath: string): boolean {
  const mounts = parseMountinfo(readFileSync('/proc/self/mountinfo', 'latin1'));
  const place = below(Buffer.from(root).toString('latin1'), realPath);
  const point = mountHolding(mounts, place)?.point;
  return point !== undefined && isWithin(point, root);
}

function freeBytesAt(descriptor: number): HostResult<{ freeBytes: number }> {
  const { bavail, bsize } = statfsSync(pathOf(descriptor));
  return { ok: true, freeBytes: bavail * bsize };
}

/** None for a descriptor that is closed. */
function deviceOf(descriptor: number): bigint[] {
  try {
    return [statusOf(descriptor).device];
  } catch {
    return [];
  }
}

async function at<Value>(
  root: number,
  path: string,
  use: (place: OpenPlace) => HostResult<Value>,
): Promise<HostResult<Value & { realPath: string }>> {
  try {
    return await atPath(root, path, (place) => {
      const result = use(place);
      return result.ok ? { ...result, realPath: place.realPath } : result;
    });
  } catch (error) {
    return refusal(error);
  }
}

function holdDirectory(root: number, place: OpenPlace): HostResult<HeldDirectory> {
  const isPathEqual = kernelPath(place.descriptor) === below(kernelPath(root), place.realPath);
  if (!isPathEqual && !isStillThere(root, place)) return { ok: false, reason: 'outside-root' };
  const directory = directoryOf(openDirectoryAgain(place.descriptor), place.realPath);
  return { ok: true, directory, status: statusOf(place.descriptor), linkOwners: place.linkOwners };
}
