import { describe, expect, test } from 'vitest';
import { environmentBlock } from '../../facts/entry-tree.ts';
import { hostOf, runningHostOf, type Tree } from '../../facts/tree.ts';
import { fixtureHost, tryOn, wordsOf } from './tried-host.ts';

const CUSTOM = 'custom.cfg';
const ENTRY_FILE = '~a-bootmend-trial.conf';

/** Where the entry is written on each layout, and the block that names it. */
const written: readonly (readonly [fixture: string, entry: string, block: string])[] = [
  ['amazon-2', `/boot/grub2/${CUSTOM}`, '/boot/grub2/grubenv'],
  ['amazon-2023', `/boot/loader/entries/${ENTRY_FILE}`, '/boot/grub2/grubenv'],
  ['arch', `/boot/grub/${CUSTOM}`, '/boot/grub/grubenv'],
  ['centos-7.3', `/boot/grub2/${CUSTOM}`, '/boot/grub2/grubenv'],
  ['centos-7.9', `/boot/efi/EFI/centos/${CUSTOM}`, '/boot/efi/EFI/centos/grubenv'],
  ['debian-9', `/boot/grub/${CUSTOM}`, '/boot/grub/grubenv'],
  ['debian-12', `/boot/grub/${CUSTOM}`, '/boot/grub/grubenv'],
  ['efi-stub', `/boot/loader/entries/${ENTRY_FILE}`, '/boot/grub2/grubenv'],
  ['fedora', `/boot/loader/entries/${ENTRY_FILE}`, '/boot/grub2/grubenv'],
  ['mixed-kernels', `/boot/grub2/${CUSTOM}`, '/boot/grub2/grubenv'],
  ['rocky-8', `/boot/loader/entries/${ENTRY_FILE}`, '/boot/grub2/grubenv'],
  ['rocky-9', `/boot/loader/entries/${ENTRY_FILE}`, '/boot/grub2/grubenv'],
  ['ubuntu-22.04', `/boot/grub/${CUSTOM}`, '/boot/grub/grubenv'],
  ['xen-debian', `/boot/grub/${CUSTOM}`, '/boot/grub/grubenv'],
];

describe('one boot of the entry that boots next, with other words', () => {
  test.each(written)('%s', async (fixture, entry, block) => {
    const { code, plan, trial } = await tryOn(await fixtureHost(fixture), ['example=1']);
    expect(code).toBeUndefined();
    expect(plan?.edits.map(({ path, before }) => [path, before === undefined])).toEqual([
      [entry, true],
      [block, false],
    ]);
    expect(trial).toMatchObject({ id: '~a-bootmend-trial', isNext: true, isDefault: false });
    expect(wordsOf(trial).slice(-2)).toEqual(['example=1', 'panic=10']);
  });
});

describe('layouts where one boot can’t be asked for', () => {
  test.each([
    ['btrfs, which GRUB only reads', 'opensuse-leap', 'trial-block-read-only'],
    ['systemd-boot', 'systemd-boot', 'trial-loader'],
    ['U-Boot', 'u-boot', 'layout'],
    ['a unified kernel image', 'uki', 'layout'],
    ['zipl', 'zipl', 'layout'],
    ['signed configuration', 'signed-grub', 'layout'],
  ])('%s', async (_, fixture, code) => {
    expect((await tryOn(await fixtureHost(fixture), ['example=1'])).code).toBe(code);
  });
});

const HEADER = `load_env
if [ "\${next_entry}" ]; then
  set default="\${next_entry}"
  set next_entry=
  save_env next_entry
  set boot_once=true
else
  set default=0
fi
`;
const LINUX = 'linux /boot/vmlinuz-6.1.0-1 root=/dev/sda1 ro quiet';
const ENTRY = `menuentry 'System' --id system {\n  ${LINUX}\n  initrd /boot/initrd.img\n}\n`;
const FSTAB = '/dev/sda1 / ext4 defaults 0 1\n';

function treeWith(config: string, others: Tree = {}): Tree {
  return {
    '/etc/os-release': 'ID=debian\n',
    '/etc/fstab': FSTAB,
    '/etc/default/grub': 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"\n',
    '/boot/vmlinuz-6.1.0-1': '',
    '/boot/grub/grub.cfg': config,
    '/boot/grub/grubenv': environmentBlock(),
    ...others,
  };
}

/** A tree, and why no trial can be made on it; undefined where one can. */
const trees: readonly (readonly [name: string, tree: Tree, code: string | undefined])[] = [
  ['a header like grub-mkconfig’s', treeWith(HEADER + ENTRY), undefined],
  ['no environment block is loaded', treeWith(ENTRY), 'trial-no-environment'],
  ['the block is not there', treeWith(HEADER + ENTRY, { '/boot/grub/grubenv': '' }), 'trial-no-environment'],
  ['next_entry is not looked at', treeWith(`load_env\n${ENTRY}`), 'trial-next-entry-ignored'],
  [
    'next_entry is not cleared',
    treeWith(HEADER.replace('  save_env next_entry\n', '') + ENTRY),
    'trial-next-entry-kept',
  ],
  [
    'next_entry is written back as it was',
    treeWith(HEADER.replace('  set next_entry=\n', '') + ENTRY),
    'trial-next-entry-kept',
  ],
  [
    'next_entry is cleared in another block',
    treeWith(HEADER.replace('save_env next_entry', 'save_env -f /boot/other next_entry') + ENTRY),
    'trial-next-entry-kept',
  ],
  [
    'next_entry is cleared under a condition that can’t be known',
    treeWith(
      HEADER.replace('save_env next_entry', 'if [ "$cmdpath" = x ]; then save_env next_entry; fi') + ENTRY,
    ),
    'trial-next-entry-kept',
  ],
  [
    'next_entry is taken out instead of emptied',
    treeWith(HEADER.replace('set next_entry=\n', 'unset next_entry\n') + ENTRY),
    undefined,
  ],
  [
    'the entry saves itself as the default',
    treeWith(`${HEADER}${ENTRY.replace('  linux', '  saved_entry=system\n  save_env saved_entry\n  linux')}`),
    'trial-entry-saves',
  ],
  [
    'the entry saves itself unless it boots once',
    treeWith(
      `${HEADER}function savedefault {\n  if [ -z "\${boot_once}" ]; then save_env saved_entry; fi\n}\n${ENTRY.replace('  linux', '  savedefault\n  linux')}`,
    ),
    undefined,
  ],
  [
    'Ubuntu’s entry without initrd, which boots again what failed',
    treeWith(
      `${HEADER}${ENTRY.replace('  linux', '  set prev_entry="${default}"\n  save_env prev_entry\n  linux')}`,
    ),
    'trial-entry-saves',
  ],
  [
    'a function makes the entries',
    treeWith(`${HEADER}function entry {\n menuentry "$1" {\n  ${LINUX} $1\n }\n}\nentry System\n`),
    'trial-menu-would-change',
  ],
  [
    'the words stand in a function',
    treeWith(`${HEADER}function start {\n  ${LINUX}\n}\nmenuentry System { start }\n`),
    'trial-entry-not-copied',
  ],
  [
    'another entry is to boot once already',
    treeWith(`${HEADER}${ENTRY}${ENTRY.replaceAll(/System|system/g, 'other')}`, {
      '/boot/grub/grubenv': environmentBlock('next_entry=other'),
    }),
    'trial-once-already',
  ],
  [
    'there is a trial already',
    treeWith(`${HEADER}${ENTRY}${ENTRY.replace('--id system', '--id ~a-bootmend-trial')}`),
    'trial-there',
  ],
  [
    'the block lies on a logical volume',
    treeWith(HEADER + ENTRY, { '/etc/fstab': '/dev/mapper/vg-root / ext4 defaults 0 1\n' }),
    'trial-block-read-only',
  ],
  [
    'the block lies on RAID',
    treeWith(HEADER + ENTRY, { '/etc/fstab': '/dev/md0 / ext4 defaults 0 1\n' }),
    'trial-block-read-only',
  ],
  [
    'the block lies on ZFS',
    treeWith(HEADER + ENTRY, { '/etc/fstab': 'rpool/ROOT / zfs defaults 0 1\n' }),
    'trial-block-read-only',
  ],
  [
    'file contents go through the journal',
    treeWith(HEADER + ENTRY, { '/etc/fstab': '/dev/sda1 / ext4 data=journal 0 1\n' }),
    'trial-block-read-only',
  ],
  [
    'it is not known what the block lies on',
    treeWith(HEADER + ENTRY, { '/etc/fstab': '' }),
    'trial-block-device-unknown',
  ],
  [
    'the block is full',
    treeWith(HEADER + ENTRY, { '/boot/grub/grubenv': environmentBlock(`a=${'x'.repeat(990)}`) }),
    'environment-block-full',
  ],
  [
    'the line would be too long',
    treeWith(HEADER + ENTRY.replace('quiet', `quiet x=${'y'.repeat(1980)}`)),
    'line-too-long',
  ],
];

test.each(trees)('%s', async (_, tree, code) => {
  expect((await tryOn(await hostOf(tree), ['example=1'])).code).toBe(code);
});

test('where the menu takes in no custom.cfg, the entry stands at the end of grub.cfg', async () => {
  const { plan } = await tryOn(await hostOf(treeWith(HEADER + ENTRY)), ['example=1']);
  expect(plan?.edits.map(({ path }) => path)).toEqual(['/boot/grub/grub.cfg', '/boot/grub/grubenv']);
  const [edit] = plan?.edits ?? [];
  expect(edit?.after?.startsWith(edit.before ?? '-')).toBe(true);
});

test('custom.cfg that is there keeps what is in it', async () => {
  const custom = "menuentry 'Mine' { true }";
  const config = `${HEADER}${ENTRY}source $config_directory/custom.cfg\n`;
  const { plan } = await tryOn(await hostOf(treeWith(config, { '/boot/grub/custom.cfg': custom })), [
    'example=1',
  ]);
  expect(plan?.edits[0]?.path).toBe('/boot/grub/custom.cfg');
  expect(plan?.edits[0]?.after).toContain(`${custom}\n### BEGIN bootmend trial ###\nmenuentry`);
});

describe('a panic restarts the machine', () => {
  test.each([
    ['without panic=', 'quiet', ['panic=10']],
    ['with a time', 'quiet panic=3', ['panic=3']],
    ['at once', 'quiet panic=-1', ['panic=-1']],
    ['told to wait for ever', 'quiet panic=0', ['panic=10']],
  ])('%s', async (_, words, expected) => {
    const { trial } = await tryOn(await hostOf(treeWith(HEADER + ENTRY.replace('quiet', words))), ['x=1']);
    expect(wordsOf(trial).filter((word) => word.startsWith('panic'))).toEqual(expected);
  });
});

test('an entry that is not the next to boot can’t be tried', async () => {
  const config = `${HEADER}${ENTRY}${ENTRY.replaceAll(/System|system/g, 'other')}`;
  expect((await tryOn(await hostOf(treeWith(config)), ['x=1'], 'other')).code).toBe('trial-other-entry');
});

test('on the running system what is mounted decides, not fstab', async () => {
  const mounted = (source: string, fileSystem: string) => `1 0 8:1 / / rw - ${fileSystem} ${source} rw\n`;
  const tree = (mountinfo: string) => treeWith(HEADER + ENTRY, { '/proc/self/mountinfo': mountinfo });
  const codeOn = async (mountinfo: string) =>
    (await tryOn(await runningHostOf(tree(mountinfo)), ['x=1'])).code;
  expect(await codeOn(mounted('/dev/nvme0n1p2', 'xfs'))).toBeUndefined();
  expect(await codeOn(mounted('/dev/dm-0', 'xfs'))).toBe('trial-block-read-only');
});
