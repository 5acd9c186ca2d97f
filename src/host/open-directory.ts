import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { readAttributes, writeAttributes } from './file-attributes.ts';
import { lockFile } from './file-lock.ts';
import { flushFileSystem } from './flush-file-system.ts';
import type { HostResult } from './host.ts';
import { readPlace, statusOf } from './read-descriptor.ts';
import { refusal, systemCode } from './system-error.ts';
import { openEntry, pathInside, pathOf } from './walk-path.ts';
import type { Directory, NewFile } from './writable-host.ts';

/** More than any file that is edited or kept. */
const MAX_FILE_BYTES = 64 << 20;

/** The operations on a directory that is held open; `descriptor` is closed with it. */
export function directoryOf(descriptor: number, realPath: string): Directory {
  const inside = (name: string) => pathInside(descriptor, requireSingleName(name));
  return {
    realPath,
    status: async (name) => withEntry(descriptor, name, (entry) => ({ ok: true, status: statusOf(entry) })),
    read: async (name, maxBytes = MAX_FILE_BYTES) =>
      withEntry(descriptor, name, (entry) => readPlace(entry, maxBytes)),
    list: async () => listPlace(descriptor),
    refusesWriting: async (name) => accessRefusal(name === '.' ? pathOf(descriptor) : inside(name)),
    attributes: async (name) => {
      const entry = openEntry(descriptor, requireSingleName(name));
      try {
        return await readAttributes(entry);
      } finally {
        closeSync(entry);
      }
    },
    isOnVfat: async () => statfsSync(pathOf(descriptor)).type === VFAT,
    createFile: async (name, mode) => newFile(openSync(inside(name), CREATE_NEW, mode)),
    makeDirectory: async (name, mode) => mkdirSync(inside(name), { mode }),
    link: async (from, to) => linkSync(inside(from), inside(to)),
    rename: async (from, to) => renameSync(inside(from), inside(to)),
    unlink: async (name) => unlinkSync(inside(name)),
    removeDirectory: async (name) => rmdirSync(inside(name)),
    syncFile: async (name) => syncOpened(inside(name), constants.O_NOFOLLOW | constants.O_NONBLOCK),
    hold: async (name) => {
      const entry = openEntry(descriptor, requireSingleName(name));
      return { read: () => readHeld(entry), release: () => closeSync(entry) };
    },
    sync: async () => syncOpened(pathOf(descriptor), constants.O_DIRECTORY),
    lock: async (name, waitMs, signal) => lockFile(descriptor, requireSingleName(name), waitMs, signal),
    flushFileSystem: async (isNeeded) => flushFileSystem(descriptor, isNeeded),
    close: () => closeSync(descriptor),
  };
}

function readHeld(entry: number): HostResult<{ bytes: Buffer }> {
  try {
    return readPlace(entry, MAX_FILE_BYTES);
  } catch (error) {
    return refusal(error);
  }
}

/** Names in a directory, sorted by bytes, latin1. */
export function listPlace(descriptor: number): HostResult<{ names: readonly string[] }> {
  try {
    const names = readdirSync(pathOf(descriptor), { encoding: 'buffer' });
    return { ok: true, names: names.map((name) => name.toString('latin1')).sort() };
  } catch (error) {
    return refusal(error);
  }
}

/** MSDOS_SUPER_MAGIC of linux/magic.h. */
const VFAT = 0x4d44;

const CREATE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

function newFile(descriptor: number): NewFile {
  return {
    write: async (bytes) => {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    },
    setOwner: async (uid, gid) => fchownSync(descriptor, uid, gid),
    setMode: async (mode) => fchmodSync(descriptor, mode),
    setAttributes: async (attributes) => writeAttributes(descriptor, attributes),
    status: async () => statusOf(descriptor),
    sync: async () => fsyncSync(descriptor),
    close: async () => closeSync(descriptor),
  };
}

function withEntry<Value>(
  directory: number,
  name: string,
  use: (entry: number) => HostResult<Value>,
): HostResult<Value> {
  try {
    const entry = openEntry(directory, requireSingleName(name));
    try {
      return use(entry);
    } finally {
      closeSync(entry);
    }
  } catch (error) {
    return refusal(error);
  }
}

/** access(2) answers EPERM for an immutable file and EROFS on a read-only file system, to root as well. */
function accessRefusal(path: Buffer | string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return systemCode(error) ?? 'EIO';
  }
}

function syncOpened(path: Buffer | string, flags: number): void {
  const open = openSync(path, constants.O_RDONLY | flags);
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/** The path under which the kernel knows a place, for comparison with the path that was walked. */
export function kernelPath(descriptor: number): string {
  return readlinkSync(pathOf(descriptor), { encoding: 'buffer' }).toString('latin1');
}

function requireSingleName(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
    throw new RangeError(`not a file name: ${JSON.stringify(name)}`);
  }
  return name;
}
