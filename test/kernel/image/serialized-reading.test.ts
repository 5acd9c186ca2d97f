import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ImageReading, readKernelImage } from '../../../src/kernel/image/image-reading.ts';
import { parseReading, serializeReading } from '../../../src/kernel/image/serialized-reading.ts';
import { buildElf } from './build-kernel.ts';
import { decompress } from './run-program.ts';

async function reading(): Promise<ImageReading> {
  const result = await readKernelImage(buildElf().bytes, decompress);
  if (!result.ok) throw new Error(result.reason);
  return result.reading;
}

test('a reading comes back as it was', async () => {
  const original = await reading();
  expect(parseReading(serializeReading(original))).toEqual(original);
});

test('a text with any other byte is no reading', async () => {
  const text = serializeReading(await reading());
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.integer({ min: 0, max: 255 }), (at, code) => {
      const damaged = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      if (damaged !== text) expect(parseReading(damaged)).toBeUndefined();
    }),
  );
});

test('a text cut anywhere is no reading', async () => {
  const text = serializeReading(await reading());
  fc.assert(
    fc.property(fc.nat(text.length - 1), (length) => {
      expect(parseReading(text.slice(0, length))).toBeUndefined();
    }),
  );
});

test('any text is read without a throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseReading(text)).toBeUndefined();
    }),
  );
});
