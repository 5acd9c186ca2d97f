import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import type { Host } from '../host/host.ts';
import { isWithin } from '../host/root-path.ts';
import { systemCode } from '../host/system-error.ts';
import type { ImageReading } from '../kernel/image/image-reading.ts';
import { parseReading, serializeReading } from '../kernel/image/serialized-reading.ts';
import type { ImageIdentity } from './image-file.ts';

const SYSTEM_CACHE = '/var/cache/bootmend';
/** More kernels than any host keeps; each takes some 100 KB. */
const MAXIMUM_READINGS = 64;

/**
 * Readings of kernel images from earlier runs, so that an unchanged image isn't unpacked again.
 *
 * A file that this user alone can write is trusted as far as its checksum holds; whatever else stands in the folder is
 * passed over. What can't be written is not kept, without a word.
 */
export interface ImageCache {
  find(image: ImageIdentity): ImageReading | undefined;
  keep(image: ImageIdentity, reading: ImageReading): void;
}

/**
 * The cache of this machine: the system's for root at work on `/`, else the user's own; none where that would lie inside
 * another root, where nothing is to be created.
 *
 * Source of the user's folder: the XDG Base Directory Specification.
 */
export function imageCache(host: Host, environment: NodeJS.ProcessEnv): ImageCache {
  const folder = unlessRefused(() => cacheFolder(host, environment));
  if (folder === undefined) return { find: () => undefined, keep: () => undefined };
  return {
    find: (image) => unlessRefused(() => findReading(folder, image)),
    keep: (image, reading) => unlessRefused(() => keepReading(folder, image, reading)),
  };
}

function cacheFolder(host: Host, environment: NodeJS.ProcessEnv): string | undefined {
  if (host.isRunningSystem && process.geteuid?.() === 0) return SYSTEM_CACHE;
  const named = environment['XDG_CACHE_HOME'];
  const folder = join(
    named !== undefined && isAbsolute(named) ? named : join(homedir(), '.cache'),
    'bootmend',
  );
  return !host.isRunningSystem && liesInside(folder, host.root) ? undefined : folder;
}

function liesInside(folder: string, root: string): boolean {
  return isWithin(realpathSync(existingAncestor(folder)), realpathSync(root));
}

function existingAncestor(path: string): string {
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  return isThere || path === '/' ? path : existingAncestor(dirname(path));
}

/** What the system refuses to a cache is no reason to stop. */
function unlessRefused<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

function findReading(folder: string, image: ImageIdentity): ImageReading | undefined {
  if (!isPrivate(folder)) return undefined;
  const text = readFileSync(join(folder, fileName(image)), 'utf8');
  const key = `${keyOf(image)}\n`;
  return text.startsWith(key) ? parseReading(text.slice(key.length)) : undefined;
}

/** A file that is cut short by a crash fails its checksum, so that it needs no temporary name. */
function keepReading(folder: string, image: ImageIdentity, reading: ImageReading): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isPrivate(folder)) return;
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const file = openSync(join(folder, fileName(image)), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  try {
    writeFileSync(file, `${keyOf(image)}\n${serializeReading(reading)}`);
  } finally {
    closeSync(file);
  }
  dropOldest(folder);
}

function isPrivate(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return uid === process.geteuid?.() && (mode & 0o022) === 0;
}

function dropOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= MAXIMUM_READINGS) return;
  const dated = names.map((name) => ({ name, modifiedMs: statSync(join(folder, name)).mtimeMs }));
  const oldest = dated.toSorted((a, b) => a.modifiedMs - b.modifiedMs).slice(0, -MAXIMUM_READINGS);
  for (const { name } of oldest) rmSync(join(folder, name), { force: true });
}

/** One file for each place, so that a new kernel under an old name takes its place. */
function fileName({ place }: ImageIdentity): string {
  return `${createHash('sha256').update(place).digest('hex')}.reading`;
}

function keyOf(image: ImageIdentity): string {
  return JSON.stringify({ bootmend: description.version, ...image });
}
