import { createHash } from 'node:crypto';
import type { FileStatus, Host, HostResult } from './host.ts';
import { isWithin } from './root-path.ts';

/** What was found at a path when it was read. */
export interface Reading {
  /** As it was asked for; latin1. */
  readonly path: string;
  /** Links resolved; undefined where nothing was found. */
  readonly realPath: string | undefined;
  readonly kind: 'content' | 'head' | 'names' | 'status';
  /** Equal for equal findings. */
  readonly found: string;
}

/** From here on (kernel images) a file is compared by its size and time instead of its bytes. */
const LARGE_BYTES = 1 << 20;

/** Made by the kernel or gone with the boot: what they say is no file's content. */
const NOT_ON_DISK = ['/proc', '/sys', '/dev', '/run'];

/** A host that remembers what was read from it. */
export function recordReadings<Watched extends Host>(
  host: Watched,
): { readonly host: Watched; readonly readings: () => readonly Reading[] } {
  const seen = new Map<string, Reading>();
  const remember = (reading: Reading) => {
    const isOnDisk = !NOT_ON_DISK.some((path) => isWithin(reading.realPath ?? reading.path, path));
    const key = `${reading.kind} ${reading.path}`;
    if (isOnDisk && !seen.has(key)) seen.set(key, reading);
  };
  const watched: Watched = {
    ...host,
    read: async (path, maxBytes) => {
      const result = await host.read(path, maxBytes);
      remember(readingOf('content', path, result));
      return result;
    },
    readHead: async (path, headBytes) => {
      const result = await host.readHead(path, headBytes);
      remember({ path, kind: 'head', ...statusFound(result) });
      return result;
    },
    list: async (path) => {
      const result = await host.list(path);
      remember(readingOf('names', path, result));
      return result;
    },
    status: async (path) => {
      const result = await host.status(path);
      remember(readingOf('status', path, result));
      return result;
    },
  };
  return { host: watched, readings: () => [...seen.values()] };
}

/**
 * The first path where something else is found by now.
 *
 * @param isOwn whether what is found at a path is our own doing
 */
export async function findChangedReading(
  host: Host,
  readings: readonly Reading[],
  isOwn: (path: string, kind: Reading['kind']) => boolean,
): Promise<string | undefined> {
  for (const reading of readings) {
    const { path, realPath, kind, found } = reading;
    if (isOwn(realPath ?? path, kind)) continue;
    const now = await readAgain(host, reading);
    if (now.found !== found || now.realPath !== realPath) return path;
  }
  return undefined;
}

async function readAgain(host: Host, { path, kind }: Reading): Promise<Omit<Reading, 'path' | 'kind'>> {
  if (kind === 'content') return readingOf(kind, path, await host.read(path));
  if (kind === 'names') return readingOf(kind, path, await host.list(path));
  if (kind === 'head') return statusFound(await host.status(path));
  return readingOf(kind, path, await host.status(path));
}

type Found = HostResult<{
  readonly realPath: string;
  readonly bytes?: Buffer;
  readonly status?: FileStatus;
  readonly names?: readonly string[];
}>;

function readingOf(kind: Reading['kind'], path: string, result: Found): Reading {
  if (!result.ok) return { path, kind, realPath: undefined, found: result.reason };
  const { realPath, bytes, status, names } = result;
  if (names !== undefined)
    return { path, kind, realPath, found: fingerprint(names.filter(isNotOurs).join('/')) };
  if (bytes === undefined) return { path, kind, realPath, found: status?.kind ?? '' };
  if (bytes.length > LARGE_BYTES) return { path, kind, ...statusFound(result) };
  return { path, kind, realPath, found: fingerprint(bytes) };
}

/** Its size and when its content was changed last, where bytes are not compared. */
function statusFound(result: Found): Pick<Reading, 'realPath' | 'found'> {
  if (!result.ok) return { realPath: undefined, found: result.reason };
  const { realPath, status } = result;
  // Not by the inode's number: vfat makes up another one where it had to forget the file.
  const found = status && [status.device, status.sizeBytes, status.modifiedNs].join(' ');
  return { realPath, found: found ?? '' };
}

/** Names that a change of ours, perhaps this very one, puts beside a file. */
function isNotOurs(name: string): boolean {
  return !name.startsWith('.bootmend-');
}

function fingerprint(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
