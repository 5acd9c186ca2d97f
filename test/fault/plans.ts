import { planOf } from '../apply/tree.ts';

/** A plan with the files that it meets. */
export interface PlanCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly plan: ReturnType<typeof planOf>;
}

const DEFAULTS = '/etc/default/grub';
const CONFIG = '/boot/grub2/grub.cfg';
const BLOCK = '/boot/grub2/grubenv';
const CMDLINE = '/etc/kernel/cmdline';

/** Longer than two blocks, so that it can be torn. */
const config = (word: string) =>
  `# generated\n${`menuentry 'x' { linux16 /vmlinuz ro ${word} }\n`.repeat(30)}`;
const defaults = (word: string) => `GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX="ro ${word}"\n`;
const block = (word: string) => `# GRUB Environment Block\nkernelopts=ro ${word}\n`.padEnd(1024, '#');
const entry = (word: string) => `title x\nlinux /vmlinuz\noptions ro ${word}\n`;
const entryPath = (number: number) => `/boot/loader/entries/machine-${number}.conf`;

/** `old` and `new` stand for the words; undefined for a file that is not there on that side. */
type Text = (word: string) => string;
type Row = readonly [path: string, before: Text | undefined, after: Text | undefined];

const rows: Readonly<Record<string, readonly Row[]>> = {
  'grub.cfg alone': [[CONFIG, config, config]],
  'a small file alone': [[CMDLINE, (word) => word, (word) => word]],
  'an environment block': [[BLOCK, block, block]],
  'defaults and grub.cfg (EL7, Debian)': [
    [DEFAULTS, defaults, defaults],
    [CONFIG, config, config],
  ],
  'defaults and environment block (EL8)': [
    [DEFAULTS, defaults, defaults],
    [BLOCK, block, block],
  ],
  'cmdline and two entries (EL9)': [
    [CMDLINE, entry, entry],
    [entryPath(1), entry, entry],
    [entryPath(2), entry, entry],
  ],
  'six files': [
    [DEFAULTS, defaults, defaults],
    [CMDLINE, entry, entry],
    [entryPath(1), entry, entry],
    [entryPath(2), entry, entry],
    [BLOCK, block, block],
    [CONFIG, config, config],
  ],
  'a file is made': [['/etc/default/grub.d/50-bootmend.cfg', undefined, defaults]],
  'a file is made with its directories': [
    ['/boot/efi/EFI/of/grub.cfg', undefined, entry],
    [CONFIG, config, config],
  ],
  'a file is removed': [[CONFIG, config, undefined]],
  'made, changed and removed': [
    ['/etc/default/grub.d/60-made.cfg', undefined, entry],
    [CONFIG, config, config],
    [CMDLINE, entry, undefined],
  ],
  'a file becomes empty': [[CMDLINE, entry, () => '']],
  'five entries': [1, 2, 3, 4, 5].map((number): Row => [entryPath(number), entry, entry]),
};

/** Plans of one to six files, in the image of the real ones. */
export const planCases: readonly PlanCase[] = Object.entries(rows).map(([name, files]) => ({
  name,
  files: {
    '/etc/os-release': 'ID=test\n',
    '/boot/grub2/README': '',
    '/etc/default/grub.d/README': '',
    '/etc/kernel/README': '',
    ...Object.fromEntries(
      files.flatMap(([path, before]) => (before === undefined ? [] : [[path, before('old')]])),
    ),
  },
  plan: planOf(
    files.map(([path, before, after]) => ({ path, before: before?.('old'), after: after?.('new') })),
  ),
}));
