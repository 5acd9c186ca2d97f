import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileStatus, Host, HostResult } from '../host/host.ts';
import { statusOf } from '../host/read-descriptor.ts';
import { systemError } from '../host/system-error.ts';

/** A kernel image whose bytes are read when they are needed. */
export interface ImageFile {
  /** As the report shows it. */
  readonly path: string;
  /** The first bytes, the setup header among them. */
  readonly head: Buffer;
  /** undefined for what is no regular file, so that nothing can be known of it before it is read. */
  readonly identity: ImageIdentity | undefined;
  /** The whole file. */
  readonly read: () => Promise<HostResult<{ readonly bytes: Buffer }>>;
}

/** What stays the same as long as a file does, and differs from every other file's. */
export interface ImageIdentity {
  /** The file's path on this machine, whatever root it lies in. */
  readonly place: string;
  readonly sizeBytes: number;
  /** Times and inode as decimal numbers: the second time changes where the first is set back. */
  readonly modifiedNs: string;
  readonly changedNs: string;
  readonly inode: string;
  readonly headSha256: string;
}

/** The setup of a bzImage takes some 40 sectors of 512 bytes. */
const HEAD_BYTES = 1 << 16;
const MAXIMUM_IMAGE_BYTES = 256 << 20;
const CHUNK_BYTES = 1 << 20;

/** An image on the host. */
export async function hostImage(host: Host, path: string): Promise<HostResult<{ readonly file: ImageFile }>> {
  const found = await host.readHead(path, HEAD_BYTES);
  if (!found.ok) return found;
  const { bytes: head, realPath, status } = found;
  const place = host.isRunningSystem ? realPath : resolve(host.root) + realPath;
  const read = () => host.read(path, MAXIMUM_IMAGE_BYTES);
  return { ok: true, file: { path, head, identity: identityOf(place, status, head), read } };
}

/**
 * A file of this machine that the operator named. What is no regular file, a pipe say, is read at once.
 *
 * @throws the system's error where it can't be opened or read
 */
export function namedFile(path: string): ImageFile {
  const file = openSync(path, 'r');
  try {
    const status = fstatSync(file, { bigint: true });
    if (status.isDirectory()) throw systemError('EISDIR', 'read', path);
    const isRegular = status.isFile();
    const start = readUpTo(file, isRegular ? HEAD_BYTES : MAXIMUM_IMAGE_BYTES + 1);
    const head = start.subarray(0, HEAD_BYTES);
    if (!isRegular) return { path, head, identity: undefined, read: async () => bounded(start) };
    return {
      path,
      head,
      identity: identityOf(resolve(path), statusOf(file), head),
      read: async () => readNamed(path),
    };
  } finally {
    closeSync(file);
  }
}

function readNamed(path: string): HostResult<{ readonly bytes: Buffer }> {
  const file = openSync(path, 'r');
  try {
    return bounded(readUpTo(file, MAXIMUM_IMAGE_BYTES + 1));
  } finally {
    closeSync(file);
  }
}

function bounded(bytes: Buffer): HostResult<{ readonly bytes: Buffer }> {
  return bytes.length > MAXIMUM_IMAGE_BYTES ? { ok: false, reason: 'too-large' } : { ok: true, bytes };
}

function readUpTo(file: number, mostBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, mostBytes - total));
    const length = readSync(file, chunk);
    if (length === 0) return Buffer.concat(chunks, total);
    chunks.push(chunk.subarray(0, length));
    total += length;
  }
}

function identityOf(place: string, status: FileStatus, head: Buffer): ImageIdentity {
  const { sizeBytes, modifiedNs, changedNs, inode } = status;
  return {
    place,
    sizeBytes,
    modifiedNs: String(modifiedNs),
    changedNs: String(changedNs),
    inode: String(inode),
    headSha256: createHash('sha256').update(head).digest('hex'),
  };
}
