import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findStreams, streamAt } from '../../../src/kernel/image/compression.ts';
import { gunzip } from '../../../src/kernel/image/gunzip.ts';
import { compress } from './build-container.ts';

const text = Buffer.from('the kernel '.repeat(5000));

describe('a stream and where it ends', () => {
  test.each([
    { compression: 'zstd', isEndKnown: true },
    { compression: 'lz4', isEndKnown: true },
    { compression: 'gzip', isEndKnown: false },
    { compression: 'xz', isEndKnown: false },
    { compression: 'lzma', isEndKnown: false },
    { compression: 'bzip2', isEndKnown: false },
    { compression: 'lzo', isEndKnown: false },
  ] as const)('$compression', ({ compression, isEndKnown }) => {
    const stream = compress(compression, text);
    const file = Buffer.concat([Buffer.alloc(100), stream, Buffer.alloc(50, 0xff)]);
    expect(findStreams(file, 0, 8)).toEqual([
      { compression, start: 100, end: isEndKnown ? 100 + stream.length : file.length },
    ]);
  });
});

describe('a magic number alone is no stream', () => {
  test.each([
    { name: 'gzip with a reserved flag', bytes: [0x1f, 0x8b, 8, 0xe0, 0, 0, 0, 0, 2, 3] },
    { name: 'gzip with odd extra flags', bytes: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 7, 3] },
    { name: 'xz with a wrong header checksum', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 1, 0, 0, 0, 0] },
    { name: 'zstd with the reserved bit', bytes: [0x28, 0xb5, 0x2f, 0xfd, 0x08, 0, 0, 0, 0] },
    { name: 'zstd with a reserved block type', bytes: [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0x06, 0, 0] },
    { name: 'zstd that does not end', bytes: [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0x00, 0, 0] },
    { name: 'lz4 without a block', bytes: [0x02, 0x21, 0x4c, 0x18, 0xff, 0xff, 0xff, 0xff] },
    {
      name: 'lzma with an odd dictionary',
      bytes: [0x5d, 0, 0, 0x33, 0, ...Array(8).fill(0xff), 0, 0, 0, 0, 0, 0],
    },
    { name: 'nothing', bytes: [] },
  ])('$name', ({ bytes }) => {
    expect(streamAt(Buffer.from(bytes), 0)).toBeUndefined();
  });
});

describe('gunzip', () => {
  const stream = compress('gzip', text);

  test('ignores what follows the stream', () => {
    const result = gunzip(Buffer.concat([stream, Buffer.from('code behind it')]));
    expect(result.ok && result.bytes.equals(text)).toBe(true);
  });

  test('skips a name, a comment and an extra field in the header', () => {
    const flagged = Buffer.from(stream.subarray(0, 10));
    flagged[3] = 4 | 8 | 16;
    const fields = Buffer.from('\x03\x00abcvmlinux\0comment\0', 'latin1');
    const result = gunzip(Buffer.concat([flagged, fields, stream.subarray(10)]));
    expect(result.ok && result.bytes.equals(text)).toBe(true);
  });

  test.each([
    { name: 'a wrong checksum', bytes: changed(stream, stream.length - 8) },
    { name: 'a wrong length', bytes: changed(stream, stream.length - 4) },
    { name: 'a cut stream', bytes: stream.subarray(0, stream.length - 1) },
    { name: 'a header without an end', bytes: Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 2, 3, 65]) },
  ])('refuses $name', ({ bytes }) => {
    expect(gunzip(bytes)).toEqual({ ok: false, reason: 'damaged', program: 'gzip' });
  });
});

test('any bytes are scanned without a throw, and every stream lies inside them', () => {
  const magics = ['1f8b08', 'fd377a585a0000', '5d0000', '28b52ffd', '02214c18', '425a6839314159265359'];
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom(...magics.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')))),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const bytes = Buffer.concat(pieces);
      for (const { start, end } of findStreams(bytes, 0, 8)) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(bytes.length);
      }
    }),
  );
});

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
