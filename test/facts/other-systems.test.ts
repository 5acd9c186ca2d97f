import { expect, test } from 'vitest';
import { gather } from '../../src/facts/gather.ts';
import { hostOf, type Tree } from './tree.ts';

const OURS = 'd83f1b6a-4e70-49c5-8b2d-f61c07a95e34';
const THEIRS = '714517ab-c90d-42ca-a492-245053ae57fd';
const KERNEL = '6.1.0-40-amd64';

function entry(
  title: string,
  { searched = OURS, words = `root=UUID=${OURS} ro`, image = `/boot/vmlinuz-${KERNEL}` },
) {
  return `menuentry '${title}' {
	search --no-floppy --fs-uuid --set=root --hint-bios=hd0,msdos1 ${searched}
	linux ${image} ${words}
	initrd /boot/initrd.img-${KERNEL}
}
`;
}

function systemWith(fstabRoot: string, config: string): Tree {
  return {
    '/etc/os-release': 'ID=debian\n',
    '/etc/fstab': `${fstabRoot} / ext4 defaults 0 1\n`,
    '/etc/default/grub': 'GRUB_CMDLINE_LINUX=""\n',
    [`/boot/vmlinuz-${KERNEL}`]: '',
    [`/lib/modules/${KERNEL}/modules.builtin`]: '',
    '/boot/grub/grub.cfg': config,
  };
}

async function kindsOf(tree: Tree) {
  const gathered = await gather(await hostOf(tree));
  if (!gathered.ok) throw new Error(gathered.refusal.code);
  return gathered.facts.menus[0]?.entries.map(({ kind }) => kind);
}

const first = entry('Ours', {});

const cases = [
  {
    name: 'another root by UUID',
    other: { searched: THEIRS, words: `root=UUID=${THEIRS} ro` },
    kind: 'foreign',
  },
  {
    name: 'another root, though the images lie together',
    other: { words: `root=UUID=${THEIRS} ro` },
    kind: 'foreign',
  },
  {
    name: 'a root that can’t be compared, and the image on another device',
    other: { searched: THEIRS, words: 'root=LABEL=other ro' },
    kind: 'foreign',
  },
  {
    name: 'a root that can’t be compared, and the image where ours are',
    other: { words: 'root=/dev/sda1 ro' },
    kind: 'normal',
  },
  {
    name: 'the same root in capitals',
    other: { words: `root=UUID=${OURS.toUpperCase()} ro` },
    kind: 'normal',
  },
  {
    name: 'the same root by its link',
    other: { words: `root=/dev/disk/by-uuid/${OURS} ro` },
    kind: 'normal',
  },
  {
    name: 'the last root= counts',
    other: { words: `root=UUID=${THEIRS} root=UUID=${OURS}` },
    kind: 'normal',
  },
  {
    name: 'recovery of another system',
    other: { searched: THEIRS, words: `root=UUID=${THEIRS} ro single` },
    kind: 'foreign',
  },
  { name: 'an image behind $root', other: { image: `($root)/boot/vmlinuz-${KERNEL}` }, kind: 'normal' },
] as const;

test.each(cases)('$name: $kind', async ({ other, kind }) => {
  expect(await kindsOf(systemWith(`UUID=${OURS}`, first + entry('Other', other)))).toEqual(['normal', kind]);
});

/** An entry that looks for nothing and names its device; ours name theirs before they look for it. */
const named = (root: string, image: string) =>
  `menuentry 'Other' {\n\t${root}\n\tlinux ${image} root=/dev/sdb2 ro\n}\n`;
const hinted = entry('Ours', {}).replace('\tsearch', "\tset root='hd0,msdos1'\n\tsearch");

test.each([
  ['the device of ours', named("set root='hd0,msdos1'", `/boot/vmlinuz-${KERNEL}`), 'normal'],
  [
    'the device of ours, spelt without its table',
    named('set root=(hd0,1)', `/boot/vmlinuz-${KERNEL}`),
    'normal',
  ],
  ['another disk', named("set root='hd1,gpt2'", `/boot/vmlinuz-${KERNEL}`), 'foreign'],
  ['another disk in front of the image', named('true', `(hd1,gpt2)/boot/vmlinuz-${KERNEL}`), 'foreign'],
  ['a file as a disk', named('loopback loop /a.iso', `(loop)/boot/vmlinuz-${KERNEL}`), 'foreign'],
  ['a volume, which may be on that disk', named('set root=lvm/a-b', `/boot/vmlinuz-${KERNEL}`), 'normal'],
] as const)('a root that can’t be compared, and %s', async (_, other, kind) => {
  expect(await kindsOf(systemWith(`UUID=${OURS}`, hinted + other))).toEqual(['normal', kind]);
});

test('a volume has two names: /dev/mapper/GROUP-VOLUME and /dev/GROUP/VOLUME', async () => {
  const config = [
    entry('Mapper', { words: 'root=/dev/mapper/my--group-root' }),
    entry('Group', { words: 'root=/dev/my-group/root' }),
    entry('Other', { words: 'root=/dev/my-group/other' }),
  ].join('');
  expect(await kindsOf(systemWith('/dev/mapper/my--group-root', config))).toEqual([
    'normal',
    'normal',
    'foreign',
  ]);
});

test('where no entry has the root of fstab, none is known to be another system’s', async () => {
  expect(
    await kindsOf(systemWith('UUID=0000', first + entry('Other', { words: `root=UUID=${THEIRS}` }))),
  ).toEqual(['normal', 'normal']);
});

test.each([
  {
    name: 'Relax-and-Recover, by its title',
    config:
      "menuentry 'Relax-and-Recover' --class os {\n\tlinux /boot/vmlinuz-6.1.0-40-amd64 root=/dev/ram0 selinux=0\n}\n",
  },
  {
    name: 'kernel-install’s rescue entry, by its directory',
    config: `menuentry 'Rescue' {\n\tlinux /0123456789abcdef0123456789abcdef/0-rescue/linux root=UUID=${OURS}\n}\n`,
  },
])('$name: rescue', async ({ config }) => {
  expect(await kindsOf(systemWith(`UUID=${OURS}`, first + config))).toEqual(['normal', 'rescue']);
});

test.each([
  ['a disk by GRUB’s number, which ours are not told by', `(hd1)/boot/vmlinuz-${KERNEL} ro quiet`],
  ['the same with a root that can’t be compared', `(hd1,gpt2)/boot/vmlinuz-${KERNEL} root=/dev/sdb2`],
])('the kernel of another entry is not known: %s', async (_, words) => {
  const other = `menuentry 'Other' {\n\tlinux ${words}\n}\n`;
  expect(await kindsOf(systemWith(`UUID=${OURS}`, first + other))).toEqual(['normal', 'unknown-kernel']);
});
