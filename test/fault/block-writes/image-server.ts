import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * A FUSE file system of one image file that writes down every write to it, in the order in which they ended, with the
 * borders that flushes make: what dm-log-writes does where the kernel has it. Run as `node FILE MOUNT-POINT IMAGE LOG`.
 *
 * The directory has two files: `image`, which is to be a block device, and `mark`; what is written to that one stands in
 * the log at its place among the writes.
 *
 * Source: include/uapi/linux/fuse.h, protocol 7.31.
 */
const [, , mountPoint = '', imagePath = '', logPath = ''] = process.argv;

/** Opcodes. */
const LOOKUP = 1;
const FORGET = 2;
const GETATTR = 3;
const SETATTR = 4;
const OPEN = 14;
const READ = 15;
const WRITE = 16;
const STATFS = 17;
const RELEASE = 18;
const FSYNC = 20;
const FLUSH = 25;
const INIT = 26;
const OPENDIR = 27;
const RELEASEDIR = 29;
const INTERRUPT = 36;
const BATCH_FORGET = 42;

/** Kinds of record; `recording.ts` reads them. */
const RECORD = { write: 1, flush: 2, mark: 3 };

const ENOENT = 2;
const ENOSYS = 38;
const IN_HEADER_BYTES = 40;
const OUT_HEADER_BYTES = 16;
const ATTRIBUTES_BYTES = 88;
/** So that it can be a disk of a virtual machine. */
const MARK_BYTES = 4096;
const MOST_WRITTEN_BYTES = 128 << 10;
const ROOT = 1;
const IMAGE = 2;
const MARK = 3;
const NAMES: Readonly<Record<string, number>> = { image: IMAGE, mark: MARK };

const device = openSync('/dev/fuse', 'r+');
const image = openSync(imagePath, 'r+');
const log = openSync(logPath, 'wx');
const imageBytes = fstatSync(image).size;

const options = 'fd=3,rootmode=40000,user_id=0,group_id=0,allow_other';
spawn('mount', ['-i', '-t', 'fuse', '-o', options, 'recorder', mountPoint], {
  stdio: ['ignore', 'inherit', 'inherit', device],
});
serve();

/** Until the file system is unmounted. */
function serve(): void {
  const request = Buffer.alloc(MOST_WRITTEN_BYTES + (64 << 10));
  for (;;) {
    let length: number;
    try {
      length = readSync(device, request, 0, request.length, null);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENODEV') break;
      if (code === 'EINTR' || code === 'EAGAIN' || code === 'ENOENT' || code === 'EPERM') continue;
      throw error;
    }
    answer(request.subarray(0, length));
  }
  for (const descriptor of [device, image, log]) closeSync(descriptor);
  process.exit(0);
}

function answer(request: Buffer): void {
  const opcode = request.readUInt32LE(4);
  if (opcode === FORGET || opcode === BATCH_FORGET || opcode === INTERRUPT) return;
  const result = handle(opcode, Number(request.readBigUInt64LE(16)), request.subarray(IN_HEADER_BYTES));
  const body = typeof result === 'number' ? Buffer.alloc(0) : result;
  const header = Buffer.alloc(OUT_HEADER_BYTES);
  header.writeUInt32LE(OUT_HEADER_BYTES + body.length, 0);
  header.writeInt32LE(typeof result === 'number' ? -result : 0, 4);
  request.copy(header, 8, 8, 16);
  writeSync(device, Buffer.concat([header, body]));
}

/** @returns the body of the answer, or an error number */
function handle(opcode: number, node: number, body: Buffer): Buffer | number {
  switch (opcode) {
    case INIT:
      return initialised();
    case LOOKUP:
      return entry(NAMES[body.toString('latin1', 0, body.indexOf(0))]);
    case GETATTR:
    case SETATTR:
      return Buffer.concat([Buffer.alloc(16), attributes(node)]);
    case OPEN:
    case OPENDIR:
      return Buffer.alloc(16);
    case READ:
      return node === IMAGE
        ? imageAt(Number(body.readBigUInt64LE(8)), body.readUInt32LE(16))
        : Buffer.alloc(Math.min(body.readUInt32LE(16), MARK_BYTES));
    case WRITE:
      return written(node, Number(body.readBigUInt64LE(8)), body.subarray(40, 40 + body.readUInt32LE(16)));
    case FSYNC:
      if (node === IMAGE) record(RECORD.flush, 0, Buffer.alloc(0));
      return 0;
    case STATFS:
      return Buffer.alloc(80);
    case FLUSH:
    case RELEASE:
    case RELEASEDIR:
      return 0;
    default:
      return ENOSYS;
  }
}

function initialised(): Buffer {
  const out = Buffer.alloc(64);
  out.writeUInt32LE(7, 0);
  out.writeUInt32LE(31, 4);
  out.writeUInt32LE(MOST_WRITTEN_BYTES, 8);
  /* FUSE_BIG_WRITES and FUSE_MAX_PAGES */
  out.writeUInt32LE((1 << 5) | (1 << 22), 12);
  out.writeUInt16LE(16, 16);
  out.writeUInt16LE(12, 18);
  out.writeUInt32LE(MOST_WRITTEN_BYTES, 20);
  out.writeUInt32LE(1, 24);
  out.writeUInt16LE(MOST_WRITTEN_BYTES >> 12, 28);
  return out;
}

function entry(node: number | undefined): Buffer | number {
  if (node === undefined) return ENOENT;
  const out = Buffer.alloc(40);
  out.writeBigUInt64LE(BigInt(node), 0);
  return Buffer.concat([out, attributes(node)]);
}

function attributes(node: number): Buffer {
  const out = Buffer.alloc(ATTRIBUTES_BYTES);
  out.writeBigUInt64LE(BigInt(node), 0);
  const bytes = node === IMAGE ? imageBytes : node === MARK ? MARK_BYTES : 0;
  out.writeBigUInt64LE(BigInt(bytes), 8);
  out.writeBigUInt64LE(BigInt(bytes >> 9), 16);
  out.writeUInt32LE(node === ROOT ? 0o40755 : 0o100644, 60);
  out.writeUInt32LE(1, 64);
  out.writeUInt32LE(4096, 80);
  return out;
}

function imageAt(offset: number, bytes: number): Buffer {
  const out = Buffer.alloc(Math.max(0, Math.min(bytes, imageBytes - offset)));
  readSync(image, out, 0, out.length, offset);
  return out;
}

function written(node: number, offset: number, bytes: Buffer): Buffer {
  if (node === IMAGE) {
    writeSync(image, bytes, 0, bytes.length, offset);
    record(RECORD.write, offset, bytes);
  } else {
    record(RECORD.mark, 0, bytes);
  }
  const out = Buffer.alloc(8);
  out.writeUInt32LE(bytes.length, 0);
  return out;
}

function record(kind: number, offset: number, bytes: Buffer): void {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(kind, 0);
  header.writeUInt32LE(bytes.length, 4);
  header.writeBigUInt64LE(BigInt(offset), 8);
  writeSync(log, Buffer.concat([header, bytes]));
}
