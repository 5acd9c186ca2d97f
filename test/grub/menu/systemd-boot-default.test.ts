import { expect, test } from 'vitest';
import { findSystemdBootDefault, loaderConfDefault } from '../../../src/grub/menu/systemd-boot-default.ts';

const ids = ['arch-6.12.conf', 'arch-lts.conf', 'fedora-40.conf', 'Windows.conf'];

test.each([
  { name: 'nothing told', choice: {}, index: 0 },
  { name: 'by its whole id', choice: { loaderConf: 'arch-lts.conf' }, index: 1 },
  { name: 'a pattern, first match in menu order', choice: { loaderConf: 'arch-*' }, index: 0 },
  { name: 'a pattern for the end', choice: { loaderConf: '*-40.conf' }, index: 2 },
  { name: 'a question mark', choice: { loaderConf: 'fedora-?0.conf' }, index: 2 },
  { name: 'a set', choice: { loaderConf: '*-[3-5]0.conf' }, index: 2 },
  { name: 'letters of either case', choice: { loaderConf: 'windows*' }, index: 3 },
  { name: 'no match', choice: { loaderConf: 'debian*' }, index: 0 },
  { name: 'without .conf it is another name', choice: { loaderConf: 'arch-lts' }, index: 0 },
  {
    name: 'the variable comes before loader.conf',
    choice: { variable: 'fedora-40.conf', loaderConf: 'arch-lts.conf' },
    index: 2,
  },
  {
    name: 'one boot comes before all',
    choice: { oneShot: 'arch-lts.conf', variable: 'fedora-40.conf' },
    index: 1,
  },
  {
    name: 'one boot of an entry that is gone',
    choice: { oneShot: 'gone.conf', variable: 'fedora-40.conf' },
    index: 2,
  },
  { name: 'the last booted', choice: { loaderConf: '@saved', lastBooted: 'arch-lts.conf' }, index: 1 },
  { name: 'the last booted, never booted', choice: { loaderConf: '@saved' }, index: 0 },
])('$name', ({ choice, index }) => {
  expect(findSystemdBootDefault(ids, choice)).toBe(index);
});

test('no entries', () => {
  expect(findSystemdBootDefault([], { loaderConf: '*' })).toBeUndefined();
});

test('many stars take no long', () => {
  const pattern = `${'*a'.repeat(60)}b`;
  expect(findSystemdBootDefault([`${'a'.repeat(250)}.conf`], { loaderConf: pattern })).toBe(0);
});

test.each([
  { text: 'timeout 3\ndefault  arch-* \n', value: 'arch-*' },
  { text: '#default a\n', value: undefined },
  { text: 'default a\r\ndefault b\r\n', value: 'b' },
  { text: 'default @saved\n', value: '@saved' },
  { text: 'default @other\n', value: undefined },
  { text: 'default\n', value: undefined },
  { text: 'defaults a\n', value: undefined },
])('loader.conf $text', ({ text, value }) => {
  expect(loaderConfDefault(text)).toBe(value);
});
