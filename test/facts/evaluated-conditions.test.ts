import { describe, expect, test } from 'vitest';
import { gather } from '../../src/facts/gather.ts';
import { hostOf, type Tree } from './tree.ts';

const KERNEL = '6.1.0-40-amd64';

function system(config: string, others: Tree = {}): Tree {
  return {
    '/etc/os-release': 'ID=debian\n',
    '/etc/default/grub': 'GRUB_CMDLINE_LINUX=""\n',
    [`/boot/vmlinuz-${KERNEL}`]: '',
    [`/lib/modules/${KERNEL}/modules.builtin`]: '',
    '/boot/grub/grub.cfg': config,
    ...others,
  };
}

/** Entry A under a condition, entry B under its opposite. */
function eitherOr(condition: string, before = ''): string {
  const entry = (title: string) => `menuentry '${title}' {\nlinux /boot/vmlinuz-${KERNEL} ro ${title}\n}\n`;
  return `${before}if ${condition}; then\n${entry('A')}else\n${entry('B')}fi\n`;
}

/** What a menu says of a condition: which of its branches count. */
async function branches(tree: Tree): Promise<string> {
  const gathered = await gather(await hostOf(tree));
  if (!gathered.ok) throw new Error(gathered.refusal.code);
  return (gathered.facts.menus[0]?.entries ?? []).map(({ title }) => title).join('');
}

const HOLDS = 'A';
const FAILS = 'B';
const UNKNOWN = 'AB';

const files: Tree = {
  '/boot/grub/x': 'x',
  '/boot/grub/empty': '',
  '/boot/grub/fonts': { directory: true },
};

describe('a test of a file', () => {
  test.each([
    ['[ -d /boot/grub ]', HOLDS],
    ['[ -d /boot/grub/ ]', HOLDS],
    ['[ -e /boot/grub/fonts ]', HOLDS],
    ['[ -d ($root)/boot/grub/fonts ]', HOLDS],
    ['[ -f /boot/grub ]', FAILS],
    ['[ -s /boot/grub ]', FAILS],
    ['[ -d /boot/grub/x ]', FAILS],
    ['[ -d /boot/none ]', FAILS],
    ['[ -e /boot/grub/x ]', HOLDS],
    ['[ -f /boot/grub/x ]', HOLDS],
    ['[ -s /boot/grub/x ]', HOLDS],
    ['[ -s /boot/grub/empty ]', FAILS],
    ['[ ! -d /boot/grub ]', FAILS],
    ['[ -f (hd1)/boot/grub/x ]', UNKNOWN],
    ['[ -d (hd1,gpt2)/boot/grub ]', UNKNOWN],
    ['[ -e (md/boot) ]', UNKNOWN],
    ['[ -f $dir/x ]', UNKNOWN, 'search --set=dir --file /x\n'],
    ['[ -f (hd0,msdos1)/boot/grub/x ]', HOLDS, "set root='hd0,msdos1'\n"],
    ['[ -f (hd1,msdos1)/boot/grub/x ]', UNKNOWN, "set root='hd0,msdos1'\n"],
  ])('%s: %s', async (condition, expected, before = '') => {
    expect(await branches(system(eitherOr(condition, before), files))).toBe(expected);
  });
});

describe('what GRUB itself sets', () => {
  const bios: Tree = { '/boot/grub/i386-pc/core.img': '' };
  const efi: Tree = {
    '/boot/grub/x86_64-efi/core.efi': '',
    '/boot/efi/EFI/debian/grub.cfg':
      "search.fs_uuid 1-2 root hd0,gpt2\nset prefix=($root)'/boot/grub'\nconfigfile $prefix/grub.cfg\n",
  };
  test.each<[string, string, Tree]>([
    ['[ "$grub_platform" = pc ]', HOLDS, bios],
    ['[ "$grub_cpu" = i386 ]', HOLDS, bios],
    ['[ "$grub_platform" = efi ]', FAILS, bios],
    ['[ "$grub_platform" = efi ]', HOLDS, efi],
    ['[ "$grub_cpu" = x86_64 ]', HOLDS, efi],
    ['[ "$grub_cpu" = i386 ]', FAILS, efi],
    ['[ "$grub_platform" = efi ]', UNKNOWN, { ...bios, ...efi }],
    ['[ "$grub_platform" = efi ]', UNKNOWN, {}],
    ['[ "$root" = hd0,msdos1 ]', UNKNOWN, {}],
    ['[ "$prefix" = "(hd0,msdos1)/boot/grub" ]', UNKNOWN, {}],
    ['[ -n "$prefix" ]', HOLDS, {}],
    ['[ -z "$prefix" ]', FAILS, {}],
    ['[ "$prefix" ]', HOLDS, {}],
    ['[ -n "$cmdpath" ]', UNKNOWN, {}],
    ['[ -n "$cmdpath$lang" ]', UNKNOWN, {}],
    ['[ "$cmdpath" = "" ]', UNKNOWN, {}],
    ['[ "$config_file" = "(hd0,msdos1)/boot/grub/grub.cfg" ]', UNKNOWN, {}],
    ['[ "$config_directory" = "(hd0,msdos1)/boot/grub" ]', UNKNOWN, {}],
    ['[ "$lang" = en_US ]', UNKNOWN, {}],
    ['[ "$pager" = 0 ]', UNKNOWN, {}],
    ['[ "$timeout" = 5 ]', UNKNOWN, {}],
    ['[ "$color_normal" = light-gray/black ]', UNKNOWN, {}],
    ['[ "$feature_menuentry_id" = y ]', HOLDS, {}],
    ['[ -f $prefix/grub.cfg ]', HOLDS, {}],
    ['[ -f $config_file ]', HOLDS, {}],
    ['[ -d $config_directory ]', HOLDS, {}],
    ['[ -f $cmdpath/grub.cfg ]', UNKNOWN, {}],
    ['loadfont x', UNKNOWN, {}],
    ['terminal_output gfxterm', UNKNOWN, {}],
    ['background_image /x', UNKNOWN, {}],
    ['insmod gfxterm', UNKNOWN, {}],
    ['! insmod gfxterm', UNKNOWN, {}],
  ])('%s: %s', async (condition, expected, others) => {
    expect(await branches(system(eitherOr(condition), others))).toBe(expected);
  });
});

describe('an environment block', () => {
  const block = '# GRUB Environment Block\nTRY=1\n'.padEnd(1024, '#');
  test.each<[string, string, string, Tree?]>([
    ['set TRY=0\nload_env --file=$cmdpath/grubenv\n', '[ "$TRY" = 1 ]', UNKNOWN],
    ['load_env --file=$cmdpath/grubenv\n', '[ "$TRY" = 1 ]', UNKNOWN],
    ['load_env -f (hd1)/grubenv TRY\n', '[ "$TRY" = 1 ]', UNKNOWN],
    ['load_env -f (hd1)/grubenv TRY\n', '[ "$OTHER" = 1 ]', FAILS],
    ['load_env -f (hd1)/grubenv\nunset TRY\n', '[ "$TRY" = 1 ]', FAILS],
    ['load_env -f (hd1)/grubenv\nset TRY=1\n', '[ "$TRY" = 1 ]', HOLDS],
    ['if [ -f (hd1)/x ]; then load_env -f (hd1)/grubenv; fi\n', '[ "$TRY" = 1 ]', UNKNOWN],
    ['load_env -f (hd1)/grubenv\n', '[ "$feature_menuentry_id" = y ]', HOLDS],
    ['load_env -f (hd1)/grubenv\n', '[ -f $prefix/grub.cfg ]', HOLDS],
    ['load_env -f /boot/none\n', '[ "$TRY" = 1 ]', FAILS],
    ['load_env\n', '[ "$TRY" = 1 ]', HOLDS, { '/boot/grub/grubenv': block }],
    ['load_env -f $prefix/grubenv\n', '[ "$TRY" = 1 ]', HOLDS, { '/boot/grub/grubenv': block }],
    ['', 'load_env -f (hd1)/grubenv', UNKNOWN],
  ])('%j, then %s: %s', async (before, condition, expected, others = {}) => {
    expect(await branches(system(eitherOr(condition, before), others))).toBe(expected);
  });
});
