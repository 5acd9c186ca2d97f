import { expect, test } from 'vitest';
import { TRIAL_ENTRY_ID } from '../../../src/facts/entry-kind.ts';
import { type EntryOrder, sortLoaderEntries } from '../../../src/grub/menu/loader-entry-order.ts';

const orders: readonly EntryOrder[] = ['red-hat-2.02', 'red-hat-2.06', 'grub-2.14'];
const names = [...'0123456789abcdef'].flatMap((digit) => [
  `${digit}${'a1'.repeat(15)}b-5.14.0-1.el9.x86_64.conf`,
  `${digit.repeat(32)}-6.1.0.conf`,
]);

test.each(orders)('%s: the file of a trial never stands above another one', (order) => {
  for (const name of [...names, 'arch.conf', 'A.conf', '6.1.0.conf']) {
    for (const version of [undefined, '6.1.0-1']) {
      const entries = [name, `${TRIAL_ENTRY_ID}.conf`].map((fileName) => {
        return { fileName, version, sortKey: undefined, machineId: undefined };
      });
      for (const given of [entries, entries.toReversed()]) {
        expect(sortLoaderEntries(given, order).map(({ fileName }) => fileName)[0]).toBe(name);
      }
    }
  }
});
