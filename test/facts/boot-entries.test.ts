import { describe, expect, test } from 'vitest';
import type { BootEntry } from '../../src/facts/boot-entry.ts';
import type { BootMenuFacts } from '../../src/facts/boot-menu-facts.ts';
import { gather } from '../../src/facts/gather.ts';
import type { Host } from '../../src/host/host.ts';
import { ENTRY_FILES_CONFIG, entryFilesTree, entryPath, entryText, environmentBlock } from './entry-tree.ts';
import { hostOf, runningHostOf, type Tree } from './tree.ts';

async function menuOf(host: Host): Promise<BootMenuFacts> {
  const gathered = await gather(host);
  const menu = gathered.ok ? gathered.facts.menus[0] : undefined;
  if (menu === undefined) throw new Error(JSON.stringify(gathered));
  return menu;
}

async function menuOfTree(tree: Tree): Promise<BootMenuFacts> {
  return menuOf(await hostOf(tree));
}

function wordsOf(entry: BootEntry | undefined): readonly string[] {
  return entry?.lines.flatMap(({ words }) => words.map(({ text, from }) => `${text} ${from}`)) ?? [];
}

const CONFIG = '/boot/grub2/grub.cfg';
const BLOCK = '/boot/grub2/grubenv';

describe('words of entry files, each from its place', () => {
  const kernelopts = environmentBlock('saved_entry=x', 'kernelopts=root=/dev/a ro ');
  const file = entryPath('5.14.0');
  test.each<{ rule: string; options: string; block?: string; words: readonly string[] }>([
    {
      rule: 'literal words stand in the file',
      options: 'options root=/dev/a ro\n',
      words: [`root=/dev/a ${file}:5`, `ro ${file}:5`],
    },
    {
      rule: '$kernelopts brings the words of the environment block',
      options: 'options $kernelopts\n',
      block: kernelopts,
      words: [`root=/dev/a ${BLOCK}:3`, `ro ${BLOCK}:3`],
    },
    {
      rule: 'without them those of grub.cfg',
      options: 'options $kernelopts\n',
      words: [`root=/dev/fallback ${CONFIG}:7`, `ro ${CONFIG}:7`],
    },
    {
      rule: '$tuned_params brings its own',
      options: 'options ro $tuned_params\n',
      words: [`ro ${file}:5`, `isolcpus=1 ${CONFIG}:5`],
    },
    {
      rule: 'a variable that is not set brings nothing',
      options: 'options ro $nothing quiet\n',
      words: [`ro ${file}:5`, `quiet ${file}:5`],
    },
    {
      rule: 'text joined to a variable makes one word with it',
      options: 'options ro x=$tuned_params\n',
      words: [`ro ${file}:5`, `x=isolcpus=1 ${file}:5`],
    },
    {
      rule: 'only the first line of options counts',
      options: 'options ro\noptions quiet\n',
      words: [`ro ${file}:5`],
    },
    {
      rule: 'without options there are those of default_kernelopts',
      options: '',
      block: environmentBlock('default_kernelopts=ro lent'),
      words: [`ro ${BLOCK}:2`, `lent ${BLOCK}:2`],
    },
    {
      rule: 'what GRUB quotes is one word',
      options: 'options "dyndbg=file x +p" ro\n',
      words: [`dyndbg=file x +p ${file}:5`, `ro ${file}:5`],
    },
  ])('$rule', async ({ options, block = environmentBlock(), words }) => {
    const { entries } = await menuOfTree(entryFilesTree('el8', { '5.14.0': options }, { [BLOCK]: block }));
    expect(wordsOf(entries[0])).toEqual(words);
  });
});

describe('order and default', () => {
  const three = { '4.18.0-9': 'options a\n', '4.18.0-10': 'options b\n', '4.18.0-2': 'options c\n' };
  const idOf = (release: string) => entryPath(release).replace(/.*\/(.*)\.conf/, '$1');

  test('newest first, by numbers and not by digits', async () => {
    const { entries } = await menuOfTree(entryFilesTree('el9', three));
    expect(entries.map(({ release }) => release)).toEqual(['4.18.0-10', '4.18.0-9', '4.18.0-2']);
  });

  test.each([
    { rule: 'the id in saved_entry', saved: idOf('4.18.0-2'), release: '4.18.0-2', matched: 'id' },
    { rule: 'a title', saved: 'System (4.18.0-9)', release: '4.18.0-9', matched: 'title' },
    { rule: 'a number', saved: '1', release: '4.18.0-9', matched: 'number' },
    {
      rule: 'a kernel that is gone: the first',
      saved: idOf('4.18.0-1'),
      release: '4.18.0-10',
      matched: 'first',
    },
  ])('the default is named by $rule', async ({ saved, release, matched }) => {
    const block = environmentBlock(`saved_entry=${saved}`);
    const { entries, choice } = await menuOfTree(entryFilesTree('el9', three, { [BLOCK]: block }));
    expect(entries.filter(({ isDefault }) => isDefault).map((entry) => entry.release)).toEqual([release]);
    expect(choice).toEqual({ value: saved, from: `${BLOCK}:2`, matched });
  });

  test('a pending next_entry is next, and does not change the default', async () => {
    const config = ENTRY_FILES_CONFIG.replace(
      'set default="${saved_entry}"',
      'if [ "${next_entry}" ]; then set default="${next_entry}"; else set default="${saved_entry}"; fi',
    );
    const block = environmentBlock(`saved_entry=${idOf('4.18.0-9')}`, `next_entry=${idOf('4.18.0-2')}`);
    const tree = entryFilesTree('el9', three, { [BLOCK]: block, [CONFIG]: config });
    const { entries } = await menuOfTree(tree);
    expect(entries.find(({ isDefault }) => isDefault)?.release).toBe('4.18.0-9');
    expect(entries.find(({ isNext }) => isNext)?.release).toBe('4.18.0-2');
  });
});

describe('whose an entry is', () => {
  const other = 'ffee00112233445566778899aabbccdd';
  const foreign = (modules: Tree): Tree => ({
    [entryPath('6.1.0', other)]: entryText('6.1.0', 'options root=/dev/other\n'),
    '/boot/vmlinuz-6.1.0': '',
    ...modules,
  });

  test('another machine made it, for a kernel that is not installed here', async () => {
    const { entries } = await menuOfTree(entryFilesTree('el9', { '5.14.0': 'options ro\n' }, foreign({})));
    expect(entries.map(({ release, kind }) => [release, kind])).toEqual([
      ['6.1.0', 'foreign'],
      ['5.14.0', 'normal'],
    ]);
  });

  test('after a change of machine id the entries of installed kernels are still ours', async () => {
    const modules = { '/lib/modules/6.1.0/modules.builtin': '' };
    const { entries } = await menuOfTree(
      entryFilesTree('el9', { '5.14.0': 'options ro\n' }, foreign(modules)),
    );
    expect(entries.map(({ kind }) => kind)).toEqual(['normal', 'normal']);
  });
});

describe('systemd-boot', () => {
  const tree = (others: Tree): Tree => ({
    '/etc/os-release': 'ID=arch\n',
    '/boot/EFI/systemd/systemd-bootx64.efi': '',
    '/boot/loader/loader.conf': 'default b*\n',
    '/boot/loader/entries/a.conf': 'title A\nlinux /vmlinuz-1.0\noptions ro   quiet\noptions "x=y z"\n',
    '/boot/loader/entries/b+3-1.conf': 'linux /vmlinuz-1.0\noptions $kernelopts\n',
    '/boot/vmlinuz-1.0': '',
    ...others,
  });

  test('all lines of options count, as text; the counter is no part of the id', async () => {
    const { entries } = await menuOfTree(tree({}));
    expect(entries.map(({ title, id, lines }) => [title, id, lines[0]?.cmdline])).toEqual([
      ['b', 'b', '$kernelopts'],
      ['A', 'a', 'ro   quiet "x=y z"'],
    ]);
    expect(wordsOf(entries[1])).toEqual([
      'ro /boot/loader/entries/a.conf:3',
      'quiet /boot/loader/entries/a.conf:3',
      '"x=y z" /boot/loader/entries/a.conf:4',
    ]);
  });

  test('the default is the first that the pattern of loader.conf names', async () => {
    const { entries, choice } = await menuOfTree(tree({}));
    expect(entries.find(({ isDefault }) => isDefault)?.id).toBe('b');
    expect(choice).toEqual({ value: 'b*', from: '/boot/loader/loader.conf', matched: 'pattern' });
  });

  const gatheredWith = async (others: Tree) => gather(await hostOf(tree(others)));

  test('a unified image beside the entries is no obstacle where the default is named', async () => {
    expect((await gatheredWith({ '/boot/EFI/Linux/linux.efi': '' })).ok).toBe(true);
  });

  test('where it may be what boots, the layout is refused', async () => {
    const others = { '/boot/EFI/Linux/linux.efi': '', '/boot/loader/loader.conf': 'timeout 3\n' };
    expect(await gatheredWith(others)).toMatchObject({
      ok: false,
      refusal: { layout: 'unified-kernel-image', evidence: [{ path: '/boot/EFI/Linux/linux.efi' }] },
    });
  });
});

describe('the running system', () => {
  const root = '1 0 8:1 / / rw - ext4 /dev/sda1 rw\n';
  const tree = (mountinfo: string): Tree => {
    const others = {
      '/proc/self/mountinfo': mountinfo,
      '/etc/fstab': 'UUID=1 / ext4 defaults 0 1\nUUID=2 /boot ext4 defaults 0 2\n',
    };
    return entryFilesTree('el9', { '5.14.0': 'options ro\n' }, others);
  };

  test('a /boot that fstab names and that is not mounted is refused, with its name', async () => {
    expect(await gather(await runningHostOf(tree(root)))).toEqual({
      ok: false,
      refusal: { code: 'boot-not-mounted', path: '/boot', source: 'UUID=2' },
    });
  });

  test('once it is mounted, or in a directory, it is not', async () => {
    const mounted = `${root}2 1 8:2 / /boot rw - ext4 /dev/sda2 rw\n`;
    expect((await gather(await runningHostOf(tree(mounted)))).ok).toBe(true);
    expect((await gather(await hostOf(tree(root)))).ok).toBe(true);
  });
});
