import {
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './system-error.ts';

/** __O_TMPFILE of Linux' include/uapi/asm-generic/fcntl.h, which Node has no name for. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;

/** In memory; containers often have 64 MB there. */
const MEMORY = '/dev/shm';

/**
 * A new, empty file without a name, open for reading and writing by its descriptor alone: in memory where there is room,
 * else in the directory for temporary files.
 *
 * @param roomBytes what it may have to hold
 * @throws the system's error where neither takes a file
 */
export function openUnnamedFile(roomBytes: number): number {
  for (const directory of [MEMORY, tmpdir()]) {
    try {
      if (directory === MEMORY && freeBytes(MEMORY) < roomBytes) continue;
      return openSync(directory, O_TMPFILE | constants.O_RDWR, 0o600);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
  return openAndUnlink(tmpdir());
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/** For file systems without O_TMPFILE. */
function openAndUnlink(parent: string): number {
  const directory = mkdtempSync(join(parent, 'bootmend-'));
  try {
    return openSync(join(directory, 'unnamed'), 'wx+', 0o600);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * Write at a place in a file, its start if not told otherwise; the descriptor's own position stays.
 *
 * @throws the system's error, as where the file system is full
 */
export function writeWhole(descriptor: number, bytes: Uint8Array, start = 0): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(descriptor, bytes, at, bytes.length - at, start + at);
  }
}

/** Whether its file system takes more behind what a file holds; this is tried, so that nothing is to be read after it. */
export function hasRoomBehind(descriptor: number): boolean {
  try {
    writeWhole(descriptor, Buffer.alloc(ROOM_TRIED_BYTES), fstatSync(descriptor).size);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** More than a block of any file system. */
const ROOM_TRIED_BYTES = 1 << 16;

/** What a file holds, its first `mostBytes` at most, wherever the descriptor's position is. */
export function readWhole(descriptor: number, mostBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.min(fstatSync(descriptor).size, mostBytes));
  let total = 0;
  while (total < bytes.length) {
    const count = readSync(descriptor, bytes, total, bytes.length - total, total);
    if (count === 0) break;
    total += count;
  }
  return bytes.subarray(0, total);
}
