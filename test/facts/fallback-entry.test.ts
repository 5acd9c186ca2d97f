import { expect, test } from 'vitest';
import { gather } from '../../src/facts/gather.ts';
import { hostOf, type Tree } from './tree.ts';

const HERE = 'vmlinuz-6.1.0-40-amd64';
const GONE = 'vmlinuz-6.1.0-41-amd64';

function entry(title: string, image: string): string {
  return `menuentry '${title}' --id ${title} {\nlinux ${image} ro\n}\n`;
}

const MENU = [
  entry('gone', `/boot/${GONE}`),
  entry('also-gone', `/boot/${GONE}`),
  entry('here', `/boot/${HERE}`),
  `submenu 'more' {\n${entry('inner', `/boot/${HERE}`)}}\n`,
  entry('elsewhere', `(hd1)/boot/${GONE}`),
].join('');

function system(settings: string): Tree {
  return {
    '/etc/os-release': 'ID=debian\n',
    '/etc/default/grub': 'GRUB_CMDLINE_LINUX=""\n',
    [`/boot/${HERE}`]: '',
    '/lib/modules/6.1.0-40-amd64/modules.builtin': '',
    '/boot/grub/grub.cfg': `${settings}${MENU}`,
  };
}

test.each([
  ['its own entry while the kernel is there', 'default=here\nfallback=0\n', 'here', 'title'],
  ['the fallback where the kernel is gone', 'default=0\nfallback=2\n', 'here', 'fallback'],
  ['the next fallback where that one is gone, too', 'default=0\nfallback="1 2"\n', 'here', 'fallback'],
  ['nothing else where no fallback is set', 'default=0\n', 'gone', 'number'],
  ['nothing else where no fallback can be loaded', 'default=0\nfallback=1\n', 'gone', 'number'],
  [
    'its own where the kernel lies on a disk that is not seen',
    'default=elsewhere\nfallback=2\n',
    'elsewhere',
    'title',
  ],
  ['an entry of a submenu, with blanks in front of >', 'default="3 >0"\n', 'inner', 'number'],
])('the default is %s', async (_, settings, id, matched) => {
  const gathered = await gather(await hostOf(system(settings)));
  if (!gathered.ok) throw new Error(gathered.refusal.code);
  const [menu] = gathered.facts.menus;
  expect([menu?.entries.find(({ isDefault }) => isDefault)?.id, menu?.choice.matched]).toEqual([id, matched]);
});
