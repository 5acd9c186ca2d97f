import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageOfLoadOption, readFirmware } from '../../../src/facts/layout/firmware.ts';
import { hostOf, runningHostOf } from '../tree.ts';

const vendor = '8be4df61-93ca-11d2-aa0d-00e098032b8c';

test('a directory has no firmware', async () => {
  expect((await readFirmware(await hostOf({ '/sys/firmware/efi/x': '' }))).kind).toBe('unknown');
});

test('no /sys/firmware/efi is BIOS', async () => {
  expect((await readFirmware(await runningHostOf({ '/sys/firmware/acpi': '' }))).kind).toBe('bios');
});

test.each([
  { value: 1, isSecureBoot: true },
  { value: 0, isSecureBoot: false },
])('Secure Boot $value', async ({ value, isSecureBoot }) => {
  const path = `/sys/firmware/efi/efivars/SecureBoot-${vendor}`;
  const host = await runningHostOf({ [path]: Buffer.from([6, 0, 0, 0, value]) });
  expect(await readFirmware(host)).toMatchObject({ kind: 'efi', isSecureBoot, startedImage: undefined });
});

test('any bytes are read as a load option', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const image = imageOfLoadOption(Buffer.from(bytes));
      expect(image === undefined || image.startsWith('/')).toBe(true);
    }),
  );
});
