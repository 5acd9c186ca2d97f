import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import type { Compression } from '../../../src/kernel/image/compression.ts';

const compressors: Readonly<Record<Exclude<Compression, 'none' | 'gzip'>, readonly [string, ...string[]]>> = {
  xz: ['xz', '--check=crc32', '--x86', '--lzma2=preset=1', '-c'],
  lzma: ['xz', '--format=lzma', '-1', '-c'],
  zstd: ['zstd', '-q', '-3', '-c'],
  lz4: ['lz4', '-l', '-1', '-c'],
  bzip2: ['bzip2', '-9', '-c'],
  lzo: ['lzop', '-1', '-c'],
};

/** A stream as the kernel's build makes it (scripts/Makefile.lib), by the real program. */
export function compress(compression: Compression, bytes: Buffer): Buffer {
  if (compression === 'none') return bytes;
  if (compression === 'gzip') return gzipSync(bytes, { level: 1 });
  const [program, ...args] = compressors[compression];
  return execFileSync(program, args, { input: bytes, maxBuffer: 1 << 28 });
}

/** The stream with the unpacked size behind it; gzip has it within. */
export function withSize(compression: Compression, bytes: Buffer): Buffer {
  const stream = compress(compression, bytes);
  return compression === 'gzip' ? stream : Buffer.concat([stream, u32(bytes.length)]);
}

/** An x86 bzImage around a stream. */
export function bzImage(
  compression: Compression,
  kernel: Buffer,
  options: { readonly headerRelease?: string; readonly protocol?: number } = {},
): Buffer {
  const { headerRelease, protocol = 0x020f } = options;
  const setupSectors = 4;
  const header = Buffer.alloc((setupSectors + 1) * 512);
  header[0x1f1] = setupSectors;
  header.writeUInt16LE(0xaa55, 0x1fe);
  header.write('HdrS', 0x202, 'latin1');
  header.writeUInt16LE(protocol, 0x206);
  if (headerRelease !== undefined) {
    header.writeUInt16LE(0x300, 0x20e);
    header.write(`${headerRelease} (builder@test) #1 SMP\0`, 0x500, 'latin1');
  }
  const code = Buffer.alloc(700, 0x90);
  const payload = withSize(compression, kernel);
  if (protocol >= 0x0208) {
    header.writeUInt32LE(code.length, 0x248);
    header.writeUInt32LE(payload.length, 0x24c);
  }
  return Buffer.concat([header, code, payload, Buffer.alloc(100, 0x90)]);
}

/** An EFI zboot image: the stated size leaves the appended size out. */
export function zboot(compression: Compression, kernel: Buffer): Buffer {
  const header = Buffer.alloc(0x200);
  const payload = withSize(compression, kernel);
  header.write('MZ\0\0zimg', 0, 'latin1');
  header.writeUInt32LE(header.length, 8);
  header.writeUInt32LE(payload.length - (compression === 'gzip' ? 0 : 4), 12);
  header.write(compression, 24, 'latin1');
  return Buffer.concat([header, payload, Buffer.alloc(64)]);
}

/** An arm zImage: code, with false magic numbers in it, then the stream and its size. */
export function zImage(compression: Compression, kernel: Buffer): Buffer {
  const code = Buffer.alloc(0x1000, 0xe1);
  code.writeUInt32LE(0x016f2818, 0x24);
  code.write('\xfd7zXZ\0\x00\x21', 0x100, 'latin1');
  code.write('\x28\xb5\x2f\xfd', 0x200, 'latin1');
  code.write('\x1f\x8b\x08\xff', 0x300, 'latin1');
  return Buffer.concat([code, withSize(compression, kernel), Buffer.alloc(64, 0xe1)]);
}

/** An s390 image: its boot code names itself at 0x10008. */
export function s390Image(compression: Compression, kernel: Buffer): Buffer {
  const code = Buffer.alloc(0x11000);
  code.write('S390EP', 0x10008, 'latin1');
  return Buffer.concat([code, withSize(compression, kernel), Buffer.alloc(64)]);
}

/** A PE file with the sections given, such as a unified kernel image. */
export function peFile(sections: readonly { readonly name: string; readonly bytes: Buffer }[]): Buffer {
  const header = Buffer.alloc(0x400);
  header.write('MZ', 0, 'latin1');
  header.writeUInt32LE(0x80, 0x3c);
  header.write('PE\0\0', 0x80, 'latin1');
  header.writeUInt16LE(sections.length, 0x86);
  header.writeUInt16LE(0xf0, 0x94);
  const parts = [header];
  let start = header.length;
  sections.forEach(({ name, bytes }, i) => {
    const at = 0x80 + 24 + 0xf0 + i * 40;
    const padded = Buffer.alloc(Math.ceil(bytes.length / 512) * 512);
    bytes.copy(padded);
    header.write(name, at, 'latin1');
    header.writeUInt32LE(bytes.length, at + 8);
    header.writeUInt32LE(padded.length, at + 16);
    header.writeUInt32LE(start, at + 20);
    parts.push(padded);
    start += padded.length;
  });
  return Buffer.concat(parts);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
