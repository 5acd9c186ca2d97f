import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { FileStatus, HostResult } from './host.ts';
import { pathOf } from './walk-path.ts';

const CHUNK_BYTES = 1 << 16;

/** What fstat(2) says of an open place. @throws the system's error */
export function statusOf(descriptor: number): FileStatus {
  const status = fstatSync(descriptor, { bigint: true });
  return {
    kind: status.isFile() ? 'file' : status.isDirectory() ? 'directory' : 'other',
    sizeBytes: Number(status.size),
    mode: Number(status.mode & 0o7777n),
    uid: Number(status.uid),
    gid: Number(status.gid),
    modifiedNs: status.mtimeNs,
    changedNs: status.ctimeNs,
    inode: status.ino,
    device: status.dev,
    links: Number(status.nlink),
  };
}

/**
 * The bytes of the regular file that a place (O_PATH) names. A FIFO, a device or a directory is not opened.
 *
 * @throws the system's error
 */
export function readPlace(
  place: number,
  maxBytes: number,
): HostResult<{ bytes: Buffer; status: FileStatus }> {
  const status = statusOf(place);
  if (status.kind !== 'file') return { ok: false, reason: 'not-a-file' };
  if (status.sizeBytes > maxBytes) return { ok: false, reason: 'too-large' };
  const descriptor = openToRead(place);
  try {
    const bytes = readToEnd(descriptor, status.sizeBytes, maxBytes);
    return bytes === undefined ? { ok: false, reason: 'too-large' } : { ok: true, bytes, status };
  } finally {
    closeSync(descriptor);
  }
}

/** The first bytes of that file, all of them where there are fewer. @throws the system's error */
export function readPlaceHead(
  place: number,
  headBytes: number,
): HostResult<{ bytes: Buffer; status: FileStatus }> {
  const status = statusOf(place);
  if (status.kind !== 'file') return { ok: false, reason: 'not-a-file' };
  const descriptor = openToRead(place);
  try {
    const head = Buffer.alloc(headBytes);
    let length = 0;
    let more: number;
    do {
      more = readSync(descriptor, head, length, headBytes - length, null);
      length += more;
    } while (more > 0);
    return { ok: true, bytes: head.subarray(0, length), status };
  } finally {
    closeSync(descriptor);
  }
}

function openToRead(place: number): number {
  return openSync(pathOf(place), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
}

/** undefined where there is more than `maxBytes`: files of /proc give no size, and a file can grow. */
function readToEnd(descriptor: number, expectedBytes: number, maxBytes: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  let total = 0;
  // One byte more than expected, so that the end shows without another chunk.
  let chunk = Buffer.allocUnsafe(expectedBytes > 0 ? expectedBytes + 1 : CHUNK_BYTES);
  for (let filled = 0; ; ) {
    const length = readSync(descriptor, chunk, filled, chunk.length - filled, null);
    filled += length;
    total += length;
    if (total > maxBytes) return undefined;
    if (length > 0 && filled < chunk.length) continue;
    chunks.push(chunk.subarray(0, filled));
    if (length === 0) return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, total);
    chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    filled = 0;
  }
}
