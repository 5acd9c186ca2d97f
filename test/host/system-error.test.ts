import { expect, test } from 'vitest';
import { systemCode } from '../../src/host/system-error.ts';
import { loadCatalogue } from '../../src/report/messages/catalogue.ts';

/** As Node gives it. */
const error = (code: string, errno: number) =>
  Object.assign(new Error(code), { code, errno, syscall: 'write' });

test.each([
  ['ENOSPC', -28, 'ENOSPC'],
  ['Unknown system error -122', -122, 'EDQUOT'],
  ['Unknown system error -117', -117, 'EUCLEAN'],
  ['Unknown system error -4000', -4000, 'Unknown system error -4000'],
])('%s is named by its number', (code, errno, expected) => {
  expect(systemCode(error(code, errno))).toBe(expected);
});

test('an error of no system call has no code', () => {
  expect(systemCode(new Error('a bug'))).toBeUndefined();
});

test.each([
  [
    'en',
    '/boot/grub2/grub.cfg: write failed: no space left on the device (ENOSPC). Every file is as before.',
  ],
  ['zh-CN', '/boot/grub2/grub.cfg：write 失败：设备上没有剩余空间（ENOSPC）。所有文件都与之前相同。'],
] as const)('what the system refused is told in words and with its code: %s', async (language, expected) => {
  const say = await loadCatalogue(language);
  const data = { path: '/boot/grub2/grub.cfg', operation: 'write', files: 'as-before' } as const;
  expect(say('apply.system-refused', { ...data, systemCode: 'ENOSPC' })).toBe(expected);
  expect(say('apply.system-refused', { ...data, systemCode: 'EHWPOISON' })).toContain('EHWPOISON');
});
