import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elfMachine } from '../../../src/kernel/image/elf.ts';
import { type ImageReading, readKernelImage } from '../../../src/kernel/image/image-reading.ts';
import { bzImage, peFile, s390Image, zboot, zImage } from './build-container.ts';
import { type BuiltKernel, buildElf, buildRaw, defaultParams, defaultSetup } from './build-kernel.ts';
import { differ, mutate, mutations } from './mutate.ts';
import { decompress } from './run-program.ts';

const names = [...defaultSetup, ...defaultParams.map((name) => ({ name }))].map(({ name }) => name);

function namesOf(reading: ImageReading): readonly string[] {
  return reading.parameters.map(({ name }) => name);
}

const elf = buildElf();
const arm64 = { machine: elfMachine.arm64, base: 0xffff800080000000n };
const arm = { machine: elfMachine.arm, wordBytes: 4, base: 0xc0208000n } as const;
const s390 = { machine: elfMachine.s390, isLittleEndian: false, base: 0x100000n } as const;

const packed = {
  'bzImage, xz': bzImage('xz', elf.bytes, { headerRelease: '6.1.0-test-amd64' }),
  'bzImage, gzip': bzImage('gzip', elf.bytes),
  'bzImage, zstd': bzImage('zstd', elf.bytes),
  zboot: zboot('gzip', buildRaw('arm64', arm64).bytes),
  zImage: zImage('xz', buildRaw('none', arm).bytes),
  s390: s390Image('zstd', buildRaw('none', s390).bytes),
  unified: peFile([{ name: '.linux', bytes: bzImage('bzip2', elf.bytes) }]),
};

test('damage to a packed kernel with a checksum is met, or touches nothing that counts', async () => {
  await fc.assert(
    fc.asyncProperty(keyOf(packed), mutations(), async (key, mutation) => {
      const result = await readKernelImage(mutate(packed[key], mutation), decompress);
      if (result.ok) expect(namesOf(result.reading)).toEqual(names);
    }),
    { numRuns: 400 },
  );
});

interface Laid extends BuiltKernel {
  readonly wordBytes: 4 | 8;
}

const unpacked = {
  'x86-64 ELF': { ...elf, wordBytes: 8 },
  'arm64 Image': { ...buildRaw('arm64', arm64), wordBytes: 8 },
  'arm ELF': { ...buildElf({ ...arm, base: 0xc0000000n }), wordBytes: 4 },
  'ppc64 ELF': { ...buildElf({ machine: elfMachine.ppc64, isLittleEndian: false }), wordBytes: 8 },
} as const;

/** Where the tables and the names are, so that most damage is done where it can mislead. */
const telling = fc.double({ min: 0.05, max: 1, maxExcluded: true, noNaN: true });

test('damage to an unpacked kernel hides only the names whose own bytes it hit', async () => {
  await fc.assert(
    fc.asyncProperty(keyOf(unpacked), mutations(telling), async (key, mutation) => {
      const kernel = unpacked[key];
      const damaged = mutate(kernel.bytes, mutation);
      const result = await readKernelImage(damaged, decompress);
      if (!result.ok) return;
      const found = new Set(namesOf(result.reading));
      const wrongly = names.filter((name) => !found.has(name) && !isHit(kernel, damaged, name));
      const isParamKnown = result.reading.paramTable !== undefined;
      expect(wrongly.filter((name) => isParamKnown || !defaultParams.includes(name))).toEqual([]);
    }),
    { numRuns: 600 },
  );
});

/** One of the keys; a counterexample then prints as its name, not as its bytes. */
function keyOf<Key extends string>(choices: Readonly<Record<Key, unknown>>): fc.Arbitrary<Key> {
  return fc.constantFrom(...(Object.keys(choices) as Key[]));
}

/** Whether a name's record or string was changed. */
function isHit({ bytes, setupAt, paramAt, wordBytes }: Laid, damaged: Buffer, name: string): boolean {
  const text = bytes.indexOf(`\0${name}\0`, 0, 'latin1');
  if (differ(bytes, damaged, text, text + name.length + 2)) return true;
  const setupIndex = defaultSetup.findIndex((entry) => entry.name === name);
  const recordBytes = (setupIndex === -1 ? 5 : 3) * wordBytes;
  const record =
    setupIndex === -1
      ? paramAt + defaultParams.indexOf(name) * recordBytes
      : setupAt + setupIndex * recordBytes;
  return differ(bytes, damaged, record, record + recordBytes);
}

test('any bytes at all are read without a throw', async () => {
  const start = fc.constantFrom(
    '',
    '\x7fELF\x02\x01',
    'MZ\0\0zimg',
    '\x1f\x8b\x08',
    '\x28\xb5\x2f\xfd',
    'Linux v',
  );
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 600 }), async (magic, bytes) => {
      const file = Buffer.concat([Buffer.from(magic, 'latin1'), bytes]);
      expect((await readKernelImage(file, decompress)).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});
