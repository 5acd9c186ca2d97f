import { describe, expect, test } from 'vitest';
import type { WordGoal } from '../../src/cmdline/revise-words.ts';
import type { Goal } from '../../src/diagnosis/goal.ts';
import { factsWithTexts } from '../../src/facts/facts-with-texts.ts';
import type { HostFacts } from '../../src/facts/gather.ts';
import { laterLines } from '../../src/generator/later-lines.ts';
import { type Planning, planGoal } from '../../src/plan/plan-goal.ts';
import { factsOf } from '../generator/facts-of.ts';

const DEFAULTS = '/etc/default/grub';
const DEBIAN_CFG = '/boot/grub/grub.cfg';
const EL_CFG = '/boot/grub2/grub.cfg';
const CUSTOM = '/etc/grub.d/40_custom';

type Files = Parameters<typeof factsOf>[1];

interface Case {
  readonly rule: string;
  readonly fixture: string;
  readonly files: Files;
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
  /** Of every file, the lines that are new; paths without a leading part that says nothing. */
  readonly lines?: readonly string[];
  /** What the refusal says, as far as it is given here. */
  readonly refusal?: Readonly<Record<string, unknown>>;
}

const plan = (facts: HostFacts, { set = [], unset = [] }: Case, which = 'normal'): Planning => {
  const words: WordGoal = { set, unset };
  const goal: Goal = {
    shared: words,
    perKernel: new Map(facts.kernels.map(({ release }) => [release, words])),
  };
  return planGoal(facts, goal, which, false);
};

function newLines(planning: Planning): readonly string[] {
  if (!planning.ok) return [`refused: ${JSON.stringify(planning.refusal)}`];
  return planning.plan.edits.flatMap(({ path, before = '', after = '' }) => {
    const old = before.split('\n');
    const lines = after.split('\n').filter((line) => !old.includes(line) && !/^#+$/.test(line));
    return [...new Set(lines)].map((line) => `${path}: ${line.trim()}`);
  });
}

const replacing =
  (from: string | RegExp, to: string) =>
  (text: string): string =>
    text.replace(from, to);
const appending =
  (more: string) =>
  (text: string): string =>
    `${text}${more}`;

/** An entry as an administrator writes it. */
const custom = (words: string): string => `menuentry 'By hand' --id by-hand {
	linux /boot/vmlinuz-6.1.0-40-amd64 root=UUID=d83f1b6a-4e70-49c5-8b2d-f61c07a95e34 ro ${words}
	initrd /boot/initrd.img-6.1.0-40-amd64
}
`;
const behind = (name: string, text: string) =>
  appending(`### BEGIN ${name} ###\n${text}### END ${name} ###\n`);
const ROOT = 'root=UUID=d83f1b6a-4e70-49c5-8b2d-f61c07a95e34';
const EL8_ROOT =
  'root=/dev/mapper/rl-root ro crashkernel=auto resume=/dev/mapper/rl-swap rd.lvm.lv=rl/root rd.lvm.lv=rl/swap';
const ALWAYS_SET = replacing('if [ -z "${kernelopts}" ]; then', 'if true; then');

describe.each<Case>([
  {
    rule: 'what replaces Xen’s words is left alone where it is not known to be set',
    fixture: 'centos-7.9',
    files: { [DEFAULTS]: appending('. /etc/default/grub.site\n') },
    set: ['nosmt'],
    lines: [`${DEFAULTS}: GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX nosmt"`],
  },
  {
    rule: 'an eval is no reason either',
    fixture: 'xen-debian',
    files: { [DEFAULTS]: appending('eval "$SITE"\n') },
    set: ['nosmt'],
    lines: [`${DEFAULTS}: GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT nosmt"`],
  },
  {
    rule: 'a replacement that loses its last word goes on replacing',
    fixture: 'xen-debian',
    files: {
      [DEFAULTS]: appending('GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="console=hvc0"\n'),
      [DEBIAN_CFG]: replacing(/(module2.*vmlinuz.* ro {2})quiet$/gm, '$1console=hvc0'),
    },
    unset: ['console=hvc0'],
    lines: [`${DEFAULTS}: GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT=" "`],
  },
  {
    rule: 'entries of RHEL 8 with words of their own: a new kernel gets kernelopts',
    fixture: 'rocky-8',
    files: {
      '/boot/loader/entries/b2f6d908e1c3475aa0d47e95381bc76f-4.18.0-553.el8_10.x86_64.conf': replacing(
        /^options .*/m,
        'options root=/dev/mapper/rl-root ro',
      ),
      '/boot/loader/entries/b2f6d908e1c3475aa0d47e95381bc76f-4.18.0-553.16.1.el8_10.x86_64.conf': replacing(
        /^options .*/m,
        'options root=/dev/mapper/rl-root ro',
      ),
    },
    set: ['nosmt'],
    lines: [`/boot/grub2/grubenv: kernelopts=${EL8_ROOT} nosmt`],
  },
  {
    rule: 'variables without a blank between them',
    fixture: 'rocky-8',
    files: Object.fromEntries(
      ['553', '553.16.1'].map((build) => [
        `/boot/loader/entries/b2f6d908e1c3475aa0d47e95381bc76f-4.18.0-${build}.el8_10.x86_64.conf`,
        replacing(/^options .*/m, 'options $kernelopts$tuned_params'),
      ]),
    ),
    set: ['nosmt'],
    lines: [`/boot/grub2/grubenv: kernelopts=${EL8_ROOT} nosmt`],
  },
  {
    rule: 'without grubenv the script’s own kernelopts count',
    fixture: 'rocky-8',
    files: { '/boot/grub2/grubenv': undefined },
    set: ['nosmt'],
    lines: [`${EL_CFG}: set kernelopts="${EL8_ROOT} nosmt "`],
  },
  {
    rule: 'without its first line grubenv is none',
    fixture: 'rocky-8',
    files: { '/boot/grub2/grubenv': replacing(/^# GRUB Environment Block\n/, '') },
    set: ['nosmt'],
    lines: [`${EL_CFG}: set kernelopts="${EL8_ROOT} nosmt "`],
  },
  {
    rule: 'a script that sets kernelopts whatever grubenv says',
    fixture: 'rocky-8',
    files: { [EL_CFG]: ALWAYS_SET },
    set: ['nosmt'],
    lines: [`${EL_CFG}: set kernelopts="${EL8_ROOT} nosmt "`],
  },
  {
    rule: 'a word behind what GRUB takes for the end of the line would be lost',
    fixture: 'debian-12',
    files: {
      [DEFAULTS]: replacing(/^GRUB_CMDLINE_LINUX=.*/m, "GRUB_CMDLINE_LINUX='ds=nocloud;s=http://x/'"),
    },
    set: ['nosmt'],
    refusal: { code: 'later-line-cut', words: 'nosmt', found: ';s=http://x/ quiet nosmt' },
  },
  {
    rule: 'one that stands in front of it already is not',
    fixture: 'debian-12',
    files: {
      [DEFAULTS]: replacing(/^GRUB_CMDLINE_LINUX=.*/m, "GRUB_CMDLINE_LINUX='nosmt ds=nocloud;s=http://x/'"),
    },
    set: ['nosmt'],
    lines: [],
  },
  {
    rule: 'a comment for GRUB takes the rest, too',
    fixture: 'debian-12',
    files: { [DEFAULTS]: replacing(/^GRUB_CMDLINE_LINUX=.*/m, 'GRUB_CMDLINE_LINUX="a=1 # old words"') },
    set: ['nosmt'],
    refusal: { code: 'later-line-cut', words: 'nosmt' },
  },
  {
    rule: 'quoted for GRUB nothing is lost',
    fixture: 'debian-12',
    files: {
      [DEFAULTS]: replacing(/^GRUB_CMDLINE_LINUX=.*/m, `GRUB_CMDLINE_LINUX='"ds=nocloud;s=http://x/"'`),
    },
    set: ['nosmt'],
    lines: [`${DEFAULTS}: GRUB_CMDLINE_LINUX_DEFAULT="quiet nosmt"`],
  },
  {
    rule: 'a word that a loop may bring back is not taken off the next boot alone',
    fixture: 'arch',
    files: {
      [DEFAULTS]: appending('for f in /etc/default/grub.more/*; do . "$f"; done\n'),
    },
    unset: ['quiet'],
    refusal: { code: 'later-line-unknown', word: 'quiet' },
  },
  {
    rule: 'nor one that the output of a command may bring',
    fixture: 'debian-12',
    files: {
      [DEFAULTS]: replacing(/^GRUB_CMDLINE_LINUX_DEFAULT=.*/m, 'GRUB_CMDLINE_LINUX_DEFAULT="$(cat /x)"'),
    },
    unset: ['quiet'],
    refusal: { code: 'later-line-unknown', word: 'quiet', unknown: 'command-substitution' },
  },
  {
    rule: 'beside an unknown part, the word that is known goes',
    fixture: 'debian-12',
    files: {
      [DEFAULTS]: replacing(
        /^GRUB_CMDLINE_LINUX_DEFAULT=.*/m,
        'GRUB_CMDLINE_LINUX_DEFAULT="quiet $(cat /x)"',
      ),
    },
    unset: ['quiet'],
    lines: [`${DEFAULTS}: GRUB_CMDLINE_LINUX_DEFAULT="$(cat /x)"`],
  },
  {
    rule: 'a word of grub-mkconfig’s own comes back',
    fixture: 'debian-12',
    files: {},
    unset: ['ro'],
    refusal: { code: 'later-line-keeps-word', word: 'ro', from: '/etc/grub.d/10_linux' },
  },
  {
    rule: 'a word of grub-mkconfig’s own needs no second one',
    fixture: 'debian-12',
    files: {},
    set: ['ro'],
    lines: [],
  },
  {
    rule: 'an entry that 40_custom holds is changed there, too',
    fixture: 'debian-12',
    files: {
      [CUSTOM]: `#!/bin/sh\nexec tail -n +3 $0\n# By hand.\n${custom('console=hvc0')}`,
      [DEBIAN_CFG]: behind(CUSTOM, custom('console=hvc0')),
    },
    set: ['nosmt'],
    lines: [
      `${CUSTOM}: linux /boot/vmlinuz-6.1.0-40-amd64 ${ROOT} ro console=hvc0 nosmt`,
      `${DEBIAN_CFG}: linux /boot/vmlinuz-6.1.0-40-amd64 ${ROOT} ro console=hvc0 nosmt`,
    ],
  },
  {
    rule: 'and one in a here-document',
    fixture: 'debian-12',
    files: {
      '/etc/grub.d/07_mine': `#!/bin/sh\nset -e\ncat << 'EOF'\n${custom('quiet')}EOF\n`,
      [DEBIAN_CFG]: behind('/etc/grub.d/07_mine', custom('quiet')),
    },
    unset: ['quiet'],
    lines: [
      `/etc/grub.d/07_mine: linux /boot/vmlinuz-6.1.0-40-amd64 ${ROOT} ro`,
      `${DEBIAN_CFG}: linux /boot/vmlinuz-6.1.0-40-amd64 ${ROOT} ro`,
    ],
  },
  {
    rule: 'the vendor’s words of kernel-install become the file of this host',
    fixture: 'systemd-boot',
    files: { '/usr/lib/kernel/cmdline': 'root=UUID=51f8a3d6-c072-4e9b-b6d4-28e70fa19c35 rw splash\n' },
    set: ['nosmt'],
    lines: ['/etc/kernel/cmdline: root=UUID=51f8a3d6-c072-4e9b-b6d4-28e70fa19c35 rw splash nosmt'],
  },
  {
    rule: 'a value with blanks reaches systemd-boot’s entries in quotes',
    fixture: 'systemd-boot',
    files: {},
    set: ['dyndbg=file a.c +p'],
    lines: ['/boot/loader/entries/arch.conf: options quiet loglevel=3 dyndbg="file a.c +p"'],
  },
  {
    rule: 'one line that a loop runs for several entries is changed once',
    fixture: 'debian-12',
    files: {
      [DEBIAN_CFG]: replacing(
        /### BEGIN \/etc\/grub.d\/10_linux ###[\s\S]*### END \/etc\/grub.d\/10_linux ###/,
        `for v in 6.1.0-40-amd64 6.1.0-39-amd64; do menuentry "Linux $v" "$v" {\n linux /boot/vmlinuz-$2 ${ROOT} ro quiet\n}\ndone`,
      ),
    },
    set: ['nosmt'],
    lines: [`${DEBIAN_CFG}: linux /boot/vmlinuz-$2 ${ROOT} ro quiet nosmt`],
  },
  {
    rule: 'one line for entries that are meant and one that is not',
    fixture: 'debian-12',
    files: {
      [DEBIAN_CFG]: replacing(
        /### BEGIN \/etc\/grub.d\/10_linux ###[\s\S]*### END \/etc\/grub.d\/10_linux ###/,
        `for v in 6.1.0-40-amd64 9.9.9; do menuentry "Linux $v" "$v" {\n linux /boot/vmlinuz-$2 ${ROOT} ro quiet\n}\ndone`,
      ),
    },
    set: ['nosmt'],
    refusal: { code: 'line-of-several-entries', titles: ['Linux 6.1.0-40-amd64', 'Linux 9.9.9'] },
  },
  {
    rule: 'a word of TuneD’s variable is named with the variable and its place',
    fixture: 'rocky-8',
    files: { [EL_CFG]: replacing('set tuned_params=""', 'set tuned_params="nohz=on"') },
    set: ['nohz=off'],
    refusal: { code: 'line-not-editable', path: EL_CFG },
  },
])('$rule', (row) => {
  test('and every later line has the goal', async () => {
    const facts = await factsOf(row.fixture, row.files);
    const planned = plan(facts, row);
    if (row.refusal !== undefined) {
      expect(planned.ok ? newLines(planned) : planned.refusal).toMatchObject(row.refusal);
      return;
    }
    expect(newLines(planned)).toEqual(expect.arrayContaining([...(row.lines ?? [])]));
    if (!planned.ok) throw new Error(JSON.stringify(planned.refusal));
    const texts = planned.plan.edits.flatMap(({ path, after }) =>
      after === undefined ? [] : [[path, after] as const],
    );
    const after = factsWithTexts(facts, new Map(texts));
    const again = plan(after, row);
    expect(newLines(again)).toEqual([]);
    for (const { kind, words, unknown } of laterLines(after)) {
      if (kind === 'hypervisor' || kind === 'recovery' || kind === 'dom0-recovery') continue;
      if (kind === 'dom0' && unknown.length > 1) continue;
      const spelt = words.map(({ text }) => text.replaceAll('"', ''));
      for (const word of row.set ?? []) expect(spelt.filter((text) => text === word)).toEqual([word]);
      for (const word of row.unset ?? []) expect(spelt).not.toContain(word);
    }
  });
});
