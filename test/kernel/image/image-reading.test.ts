import { describe, expect, test } from 'vitest';
import type { Compression } from '../../../src/kernel/image/compression.ts';
import { elfMachine } from '../../../src/kernel/image/elf.ts';
import { type ImageReading, readKernelImage } from '../../../src/kernel/image/image-reading.ts';
import { readImageRelease } from '../../../src/kernel/image/stated-release.ts';
import { bzImage, compress, peFile, s390Image, zboot, zImage } from './build-container.ts';
import {
  buildElf,
  buildRaw,
  defaultParams,
  defaultRelease,
  defaultSetup,
  type KernelSpec,
} from './build-kernel.ts';
import { decompress } from './run-program.ts';

async function read(file: Buffer): Promise<ImageReading> {
  const result = await readKernelImage(file, decompress);
  if (!result.ok) throw new Error(`unreadable: ${result.reason} ${JSON.stringify(result.data)}`);
  return result.reading;
}

function expectDefaultTables(reading: ImageReading): void {
  expect(reading.release).toBe(defaultRelease);
  const names = reading.parameters.map(({ name, table, isEarly }) => ({ name, table, isEarly }));
  expect(names).toEqual([
    ...defaultSetup.map(({ name, isEarly = false }) => ({ name, table: 'setup', isEarly })),
    ...defaultParams.map((name) => ({ name, table: 'param', isEarly: false })),
  ]);
}

const elf = buildElf().bytes;
const arm64: KernelSpec = { machine: elfMachine.arm64, base: 0xffff800080000000n };
const s390: KernelSpec = { machine: elfMachine.s390, isLittleEndian: false, base: 0x100000n };
const arm: KernelSpec = { machine: elfMachine.arm, wordBytes: 4, base: 0xc0208000n };

const files: readonly {
  readonly name: string;
  readonly file: () => Buffer;
  readonly is: Partial<ImageReading>;
}[] = [
  ...(['gzip', 'xz', 'lzma', 'zstd', 'lz4', 'bzip2', 'lzo', 'none'] as const).map((compression) => ({
    name: `bzImage with ${compression}`,
    file: () => bzImage(compression, elf),
    is: { container: 'bzimage', compression, architecture: 'x86_64' } as const,
  })),
  {
    name: 'bzImage of a protocol that does not state the payload: found by its magic number',
    file: () => bzImage('gzip', elf, { protocol: 0x0207 }),
    is: { container: 'bzimage', compression: 'gzip' },
  },
  {
    name: 'unified kernel image: the section .linux',
    file: () =>
      peFile([
        { name: '.osrel', bytes: Buffer.from('ID=x') },
        { name: '.linux', bytes: bzImage('xz', elf) },
      ]),
    is: { container: 'uki', compression: 'xz' },
  },
  {
    name: 'arm64 Image',
    file: () => buildRaw('arm64', arm64).bytes,
    is: { container: 'arm64-image', compression: 'none', architecture: 'arm64' },
  },
  {
    name: 'arm64 Image whose pointers stand in its relocation list only',
    file: () => buildRaw('arm64', { ...arm64, relativeType: 1027 }).bytes,
    is: { architecture: 'arm64' },
  },
  {
    name: 'big-endian arm64 Image',
    file: () => buildRaw('arm64', { ...arm64, isLittleEndian: false }).bytes,
    is: { architecture: 'arm64' },
  },
  {
    name: 'Image.gz',
    file: () => compress('gzip', buildRaw('arm64', arm64).bytes),
    is: { container: 'compressed-image', compression: 'gzip', architecture: 'arm64' },
  },
  {
    name: 'riscv Image',
    file: () => buildRaw('riscv', { machine: elfMachine.riscv, base: 0xffffffff80000000n }).bytes,
    is: { container: 'riscv-image', architecture: 'riscv64' },
  },
  ...(['gzip', 'zstd', 'lz4'] as const).map((compression) => ({
    name: `EFI zboot with ${compression}`,
    file: () =>
      zboot(
        compression,
        buildRaw('loongarch', { machine: elfMachine.loongarch, base: 0x9000000000200000n }).bytes,
      ),
    is: { container: 'efi-zboot', compression, architecture: 'loongarch64' } as const,
  })),
  ...(['gzip', 'xz', 'lzma', 'zstd', 'lz4', 'bzip2', 'lzo'] as const).map((compression) => ({
    name: `arm zImage with ${compression}, behind false magic numbers`,
    file: () => zImage(compression, buildRaw('none', arm).bytes),
    is: { container: 'arm-zimage', compression, architecture: 'arm' } as const,
  })),
  ...(['xz', 'zstd', 'lz4'] as const).map((compression) => ({
    name: `s390 image with ${compression}: big-endian, linked low`,
    file: () => s390Image(compression, buildRaw('none', s390).bytes),
    is: { container: 's390-image', compression, architecture: 's390x' } as const,
  })),
  {
    name: 's390 image with relocations',
    file: () => s390Image('xz', buildRaw('none', { ...s390, relativeType: 12 }).bytes),
    is: { container: 's390-image' },
  },
  {
    name: 'ELF, 64-bit little-endian',
    file: () => buildElf({ machine: elfMachine.ppc64, base: 0xc000000000000000n }).bytes,
    is: { container: 'elf', architecture: 'ppc64' },
  },
  {
    name: 'ELF, 64-bit big-endian',
    file: () =>
      buildElf({ machine: elfMachine.ppc64, base: 0xc000000000000000n, isLittleEndian: false }).bytes,
    is: { container: 'elf', architecture: 'ppc64' },
  },
  {
    name: 'ELF, 32-bit little-endian',
    file: () => buildElf({ machine: elfMachine.x86, wordBytes: 4, base: 0xc1000000n }).bytes,
    is: { container: 'elf', architecture: 'x86' },
  },
  {
    name: 'ELF, 32-bit big-endian',
    file: () =>
      buildElf({ machine: elfMachine.ppc, wordBytes: 4, isLittleEndian: false, base: 0xc0000000n }).bytes,
    is: { container: 'elf', architecture: 'ppc' },
  },
  {
    name: 'kernel_param without its module pointer, as before 4.2',
    file: () => buildElf({ isLegacyParam: true }).bytes,
    is: { container: 'elf' },
  },
  {
    name: 'raw image of an unknown machine: its word size and byte order are found',
    file: () => compress('gzip', buildRaw('none', arm).bytes),
    is: { container: 'compressed-image', architecture: 'unknown' },
  },
];

test.each(files)('$name', async ({ file, is }) => {
  const reading = await read(file());
  expectDefaultTables(reading);
  expect(reading).toMatchObject(is);
});

test('bounds are addresses of the running kernel, a record a stride', async () => {
  const built = buildElf();
  const { setupTable, paramTable } = await read(built.bytes);
  const at = (offset: number): string => `0x${(built.base + BigInt(offset)).toString(16)}`;
  expect(setupTable).toEqual({
    start: at(built.setupAt),
    end: at(built.setupAt + defaultSetup.length * 24),
    recordBytes: 24,
  });
  expect(paramTable).toEqual({
    start: at(built.paramAt),
    end: at(built.paramAt + defaultParams.length * 40),
    recordBytes: 40,
  });
});

test('a record with a NULL handler is listed without one', async () => {
  const setup = [...defaultSetup.slice(0, 40), { name: 'old=', isObsolete: true }, ...defaultSetup.slice(40)];
  const { parameters } = await read(buildElf({ setup }).bytes);
  expect(parameters.find(({ name }) => name === 'old=')?.handler).toBeUndefined();
});

test('the build configuration inside the kernel is read', async () => {
  const config = compress('gzip', Buffer.from('CONFIG_MEMCG=y\n'));
  const { bytes } = buildElf({ strings: [] });
  const file = Buffer.concat([bytes, Buffer.from('IKCFG_ST'), config, Buffer.from('IKCFG_ED')]);
  expect((await read(file)).ikconfig).toBe('CONFIG_MEMCG=y\n');
});

describe('tokens', () => {
  const withTokens = (spec: KernelSpec, tokens: readonly string[]): KernelSpec => ({
    ...spec,
    setup: defaultSetup.map((entry) => (entry.name === 'cgroup.memory=' ? { ...entry, tokens } : entry)),
  });
  const cases: readonly { readonly name: string; readonly file: Buffer; readonly code: string }[] = [
    { name: 'x86-64 code with its address', file: elf, code: 'referenced' },
    {
      name: 'x86-64 code relative to the instruction pointer',
      file: buildElf({ operand: 'relative' }).bytes,
      code: 'referenced',
    },
    {
      name: 'x86 code',
      file: buildElf({ machine: elfMachine.x86, wordBytes: 4, base: 0xc1000000n }).bytes,
      code: 'referenced',
    },
    { name: 'arm64 code', file: buildRaw('arm64', arm64).bytes, code: 'referenced' },
    {
      name: 'a machine whose code is not decoded: the string is all there is',
      file: buildElf({ machine: elfMachine.ppc64 }).bytes,
      code: 'string-only',
    },
    {
      name: 'the string is another function’s, while the handler names its other token',
      file: buildElf(withTokens({ strings: ['nokmem'] }, ['nosocket'])).bytes,
      code: 'not-referenced',
    },
    {
      name: 'the string stands there, and nothing of the handler’s loop was seen',
      file: buildElf(withTokens({ strings: ['nokmem'] }, [])).bytes,
      code: 'string-elsewhere',
    },
    {
      name: 'only the end of a longer string, the code not decoded',
      file: buildElf(withTokens({ machine: elfMachine.ppc64, strings: ['xnokmem'] }, ['nosocket'])).bytes,
      code: 'string-merged',
    },
    { name: 'no such string', file: buildElf(withTokens({}, [])).bytes, code: 'no-string' },
    {
      name: 'no such handler',
      file: buildElf({ setup: defaultSetup.filter(({ name }) => name !== 'cgroup.memory=') }).bytes,
      code: 'no-handler',
    },
  ];

  test.each(cases)('nokmem: $name', async ({ file, code }) => {
    const { tokens } = await read(file);
    expect(tokens.find(({ token }) => token === 'nokmem')?.answer.code).toBe(code);
  });

  test('a token that the handler is not known to have is not proven by a string alone', async () => {
    const { bytes } = buildElf({ machine: elfMachine.ppc64, strings: ['memory'] });
    const result = await readKernelImage(bytes, decompress, [
      { parameter: 'cgroup.memory=', token: 'memory' },
    ]);
    expect(result.ok && result.reading.tokens.at(-1)?.answer.code).toBe('string-elsewhere');
  });

  test('a token shorter than four letters may be compared without a string', async () => {
    const question = { parameter: 'cgroup.memory=', token: 'all' };
    const result = await readKernelImage(elf, decompress, [question]);
    expect(result.ok && result.reading.tokens.at(-1)?.answer.code).toBe('too-short');
  });

  test('the memory controller is shown by another parameter of its source file', async () => {
    const answer = async (setup: KernelSpec['setup'] & {}) =>
      (await read(buildElf({ setup }).bytes)).tokens.find(({ token }) => token === 'memory')?.answer.code;
    expect(await answer(defaultSetup)).toBe('controller-built-in');
    const without = defaultSetup.filter(({ name }) => name !== 'swapaccount=' && name !== 'cgroup.memory=');
    expect(await answer(without)).toBe('controller-unseen');
  });
});

describe('inconclusive', () => {
  const damaged = (change: (bytes: Buffer, at: { setupAt: number; paramAt: number }) => void): Buffer => {
    const { bytes, setupAt, paramAt } = buildElf();
    change(bytes, { setupAt, paramAt });
    return bytes;
  };
  const few = (count: number): KernelSpec => ({ setup: defaultSetup.slice(0, count) });
  const compressed = (compression: Compression): Buffer => bzImage(compression, elf);
  const cases: readonly { readonly name: string; readonly file: Buffer; readonly reason: string }[] = [
    { name: 'an empty file', file: Buffer.alloc(0), reason: 'no-kernel-image' },
    { name: 'a file of zeros', file: Buffer.alloc(100_000), reason: 'no-kernel-image' },
    { name: 'compressed text', file: compress('gzip', Buffer.from('hello')), reason: 'no-banner' },
    { name: 'a bzImage cut in its payload', file: compressed('xz').subarray(0, 4000), reason: 'truncated' },
    {
      name: 'a damaged xz stream: its checksum fails',
      file: flip(compressed('xz')),
      reason: 'damaged',
    },
    { name: 'a damaged gzip stream', file: flip(compressed('gzip')), reason: 'damaged' },
    { name: 'a damaged zstd stream', file: flip(compressed('zstd')), reason: 'damaged' },
    {
      name: 'a stream that unpacks to another size than stated',
      file: withWrongSize(compressed('lz4')),
      reason: 'damaged',
    },
    {
      name: 'a PE file cut in a section',
      file: peFile([{ name: '.linux', bytes: elf }]).subarray(0, 5000),
      reason: 'truncated',
    },
    { name: 'an ELF file cut short', file: elf.subarray(0, elf.length - 500), reason: 'damaged-elf' },
    {
      name: 'no banner',
      file: damaged((bytes) => void bytes.write('Lunix', bytes.indexOf('Linux v'))),
      reason: 'no-kernel-image',
    },
    {
      name: 'header and banner disagree',
      file: bzImage('gzip', elf, { headerRelease: '6.1.0-other' }),
      reason: 'release-mismatch',
    },
    {
      name: 'a raw image with too few names to find its base',
      file: buildRaw('arm64', { ...arm64, ...few(10) }).bytes,
      reason: 'no-base-address',
    },
    {
      name: 'a raw image whose names are pointed to under two bases',
      file: linkedTwice(),
      reason: 'ambiguous-base-address',
    },
    { name: 'a table with too few records', file: buildElf(few(40)).bytes, reason: 'no-setup-table' },
    {
      name: 'a record damaged in the middle of the table',
      file: damaged((bytes, { setupAt }) => void bytes.writeUInt32LE(7, setupAt + 24 * 50 + 16)),
      reason: 'damaged-setup-table',
    },
    {
      name: 'the last record damaged',
      file: damaged(
        (bytes, { setupAt }) => void bytes.writeUInt32LE(7, setupAt + 24 * (defaultSetup.length - 1) + 16),
      ),
      reason: 'damaged-setup-table',
    },
    {
      name: 'a table with neither init= nor cgroup_disable=',
      file: buildElf({
        setup: defaultSetup.filter(({ name }) => name !== 'init=' && name !== 'cgroup_disable='),
      }).bytes,
      reason: 'no-setup-table',
    },
    {
      name: 'a table with few well-known names',
      file: buildElf({
        setup: [
          ...defaultSetup.slice(0, 9),
          ...Array.from({ length: 60 }, (_, i) => ({ name: `filler${i}=` })),
        ],
      }).bytes,
      reason: 'no-setup-table',
    },
    {
      name: 'a record damaged in two fields, with nothing well-known behind it',
      file: cutBehind(),
      reason: 'damaged-setup-table',
    },
    {
      name: 'a second record of a well-known name, which a damaged one cuts off in front',
      file: cutInFront('quiet'),
      reason: 'damaged-setup-table',
    },
    {
      name: 'a well-known name that no record points to',
      file: damaged((bytes, { setupAt }) => void bytes.copy(bytes, setupAt, setupAt + 24, setupAt + 32)),
      reason: 'damaged-setup-table',
    },
    {
      name: 'two tables',
      file: twoTables(),
      reason: 'ambiguous-setup-table',
    },
  ];

  test.each(cases)('$name', async ({ file, reason }) => {
    const result = await readKernelImage(file, decompress);
    expect(result.ok ? 'read' : result.reason).toBe(reason);
  });

  test('a missing program is named', async () => {
    const result = await readKernelImage(compressed('zstd'), async () => ({
      ok: false,
      reason: 'no-decompressor',
      program: 'zstd',
    }));
    expect(result).toEqual({ ok: false, reason: 'no-decompressor', data: { program: 'zstd' } });
  });

  test.each([
    { rule: 'its last records', params: defaultParams, record: 45 },
    { rule: 'its first records', params: defaultParams.toReversed(), record: 14 },
  ])('a damaged record of __param that cuts off $rule leaves that table out', async ({ params, record }) => {
    const { bytes, paramAt } = buildElf({ params });
    bytes.writeUInt16LE(0xffff, paramAt + 40 * record + 24);
    expect((await read(bytes)).paramTable).toBeUndefined();
  });

  test('records with none of the well-known names are not taken for __param', async () => {
    const params = Array.from({ length: 60 }, (_, i) => `driver.option${i}`);
    expect((await read(buildElf({ params }).bytes)).paramTable).toBeUndefined();
  });

  test('a record of another array in front of the table cuts nothing', async () => {
    const { parameters } = await read(cutInFront('pins'));
    expect(parameters.map(({ name }) => name)).not.toContain('pins');
    expect(parameters.map(({ name }) => name)).toContain('last=');
  });
});

describe('release without unpacking', () => {
  test.each([
    {
      name: 'bzImage: setup header',
      file: bzImage('xz', elf, { headerRelease: '6.1.0-x' }),
      release: '6.1.0-x',
    },
    {
      name: 'bzImage in a unified image',
      file: peFile([{ name: '.linux', bytes: bzImage('xz', elf, { headerRelease: '6.1.0-x' }) }]),
      release: '6.1.0-x',
    },
    { name: 'uncompressed image: banner', file: buildRaw('arm64', arm64).bytes, release: defaultRelease },
    { name: 'zboot: not told', file: zboot('xz', buildRaw('arm64', arm64).bytes), release: undefined },
    { name: 'no kernel', file: Buffer.from('MZ'), release: undefined },
  ])('$name', ({ file, release }) => {
    expect(readImageRelease(file)).toBe(release);
  });
});

/** A byte in the middle of a bzImage's payload. */
function flip(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  const at = 5 * 512 + changed.readUInt32LE(0x248) + Math.floor(changed.readUInt32LE(0x24c) / 2);
  changed[at] = (changed[at] ?? 0) ^ 0xff;
  return changed;
}

function withWrongSize(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  const payloadEnd = 5 * 512 + changed.readUInt32LE(0x248) + changed.readUInt32LE(0x24c);
  changed.writeUInt32LE(elf.length - 1, payloadEnd - 4);
  return changed;
}

/** The table once more, behind the image, as if the strings stood 64 KiB further up. */
function linkedTwice(): Buffer {
  const { bytes, setupAt } = buildRaw('arm64', arm64);
  const table = Buffer.from(bytes.subarray(setupAt, setupAt + defaultSetup.length * 24));
  for (let at = 0; at < table.length; at += 8) {
    if (at % 24 !== 16) table.writeBigUInt64LE(table.readBigUInt64LE(at) + 0x10000n, at);
  }
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7), table]);
}

/** The table behind a record of some name and one whose flag is none. */
function cutInFront(name: string): Buffer {
  const { bytes, setupAt } = buildElf({ setup: [{ name }, { name: 'damaged' }, ...defaultSetup] });
  bytes.writeUInt32LE(7, setupAt + 24 + 16);
  return bytes;
}

/** The table, a record with neither name nor flag, and more records. */
function cutBehind(): Buffer {
  const more = Array.from({ length: 20 }, (_, i) => ({ name: `more${i}=` }));
  const { bytes, setupAt } = buildElf({ setup: [...defaultSetup, { name: 'damaged' }, ...more] });
  const at = setupAt + 24 * defaultSetup.length;
  bytes.fill(0, at, at + 8);
  bytes.writeUInt32LE(7, at + 16);
  return bytes;
}

/** The table once more, in the room that the segment has behind __param. */
function twoTables(): Buffer {
  const params = [...defaultParams];
  const { bytes, setupAt, paramAt } = buildElf({
    params: [...params, ...Array.from({ length: 80 }, (_, i) => `x.y${i}`)],
  });
  const tableBytes = defaultSetup.length * 24;
  bytes.copy(bytes, Math.ceil((paramAt + params.length * 40 + 200) / 8) * 8, setupAt, setupAt + tableBytes);
  return bytes;
}
