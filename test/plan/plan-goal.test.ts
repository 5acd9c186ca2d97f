import { describe, expect, test } from 'vitest';
import type { WordGoal } from '../../src/cmdline/revise-words.ts';
import type { Goal } from '../../src/diagnosis/goal.ts';
import { gather, type HostFacts } from '../../src/facts/gather.ts';
import { type Planning, planGoal } from '../../src/plan/plan-goal.ts';
import { changedAlong } from '../../src/plan/wanted-words.ts';
import {
  ENTRY_FILES_CONFIG,
  entryFilesTree,
  entryPath,
  entryText,
  environmentBlock,
} from '../facts/entry-tree.ts';
import { hostOf, type Tree } from '../facts/tree.ts';

async function factsOf(tree: Tree): Promise<HostFacts> {
  const gathered = await gather(await hostOf(tree));
  if (!gathered.ok) throw new Error(JSON.stringify(gathered.refusal));
  return gathered.facts;
}

const setting = (...set: string[]): WordGoal => ({ set, unset: [] });
const removing = (...unset: string[]): WordGoal => ({ set: [], unset });

/** The same for every kernel, but for some. */
function goalOf(facts: HostFacts, shared: WordGoal, others: Readonly<Record<string, WordGoal>> = {}): Goal {
  const releases = facts.kernels.map(({ release }) => release);
  return { shared, perKernel: new Map(releases.map((release) => [release, others[release] ?? shared])) };
}

/** The lines that a plan changes, as `path: new line`; the padding of environment blocks left out. */
function linesOf(planning: Planning): readonly string[] {
  if (!planning.ok) return [JSON.stringify(planning.refusal.code)];
  return planning.plan.edits.flatMap(({ path, before, after }) => {
    const old = (before ?? '').split('\n');
    const now = (after ?? '').split('\n').filter((line) => !/^#*$/.test(line));
    return now.filter((line) => !old.includes(line)).map((line) => `${path}: ${line}`);
  });
}

const DEFAULTS = '/etc/default/grub';
const BLOCK = '/boot/grub2/grubenv';
const CMDLINE = '/etc/kernel/cmdline';
const RESCUE = '0-rescue-a1b2c3d4e5f60718293a4b5c6d7e8f90';

describe('entries that share their words (RHEL 8)', () => {
  const shared = 'options $kernelopts $tuned_params\n';
  const block = environmentBlock('saved_entry=x', 'kernelopts=root=/dev/a ro quiet ');
  const tree = (entries: Readonly<Record<string, string>>, others: Tree = {}) =>
    entryFilesTree(
      'el8',
      { '4.18.0-2': shared, '4.18.0-1': shared, ...entries },
      { [BLOCK]: block, ...others },
    );

  test('the line is changed where they share it, and in the defaults file', async () => {
    const facts = await factsOf(tree({}));
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false))).toEqual([
      `${DEFAULTS}: GRUB_CMDLINE_LINUX="quiet nosmt"`,
      `${BLOCK}: kernelopts=root=/dev/a ro quiet nosmt `,
    ]);
  });

  test('a kernel that needs one word more gets it in its own entry', async () => {
    const facts = await factsOf(tree({}));
    const goal = goalOf(facts, setting('nosmt'), { '4.18.0-1': setting('nosmt', 'extra') });
    expect(linesOf(planGoal(facts, goal, 'normal', false))).toContain(
      `${entryPath('4.18.0-1')}: options $kernelopts $tuned_params extra`,
    );
  });

  test('a kernel that must not have a shared word gets its line written out', async () => {
    const facts = await factsOf(tree({}));
    const goal = goalOf(facts, setting('nosmt'), { '4.18.0-1': { set: ['smt=1'], unset: ['nosmt'] } });
    const lines = linesOf(planGoal(facts, goal, 'normal', false));
    expect(lines).toContain(`${BLOCK}: kernelopts=root=/dev/a ro quiet nosmt `);
    expect(lines).toContain(`${entryPath('4.18.0-1')}: options root=/dev/a ro quiet $tuned_params smt=1`);
    expect(lines.filter((line) => line.startsWith(entryPath('4.18.0-2')))).toEqual([]);
  });

  test('one entry alone leaves the others and the shared line as they are', async () => {
    const facts = await factsOf(tree({}));
    const add = planGoal(facts, goalOf(facts, setting('nosmt')), '4.18.0-1', false);
    expect(linesOf(add)).toEqual([`${entryPath('4.18.0-1')}: options $kernelopts $tuned_params nosmt`]);
    const remove = planGoal(facts, goalOf(facts, removing('quiet')), '4.18.0-1', false);
    expect(linesOf(remove)).toEqual([`${entryPath('4.18.0-1')}: options root=/dev/a ro $tuned_params`]);
  });

  test.each([
    ['its first word', 'quiet root=/dev/a ro ', removing('quiet'), 'root=/dev/a ro $tuned_params'],
    ['a word in the middle', 'root=/dev/a quiet ro ', removing('quiet'), 'root=/dev/a ro $tuned_params'],
    ['a word of the same slot', 'smt=2 ro ', setting('smt=1'), 'smt=1 ro $tuned_params'],
    [
      'a place before words for init',
      'root=/dev/a ro -- arg ',
      setting('nosmt'),
      'root=/dev/a ro nosmt -- arg $tuned_params',
    ],
  ] as const)(
    'of a shared line, for one entry alone, %s: it is written out',
    async (_, kernelopts, goal, own) => {
      const facts = await factsOf(
        tree({}, { [BLOCK]: environmentBlock('saved_entry=x', `kernelopts=${kernelopts}`) }),
      );
      expect(linesOf(planGoal(facts, goalOf(facts, goal), '4.18.0-1', false))).toEqual([
        `${entryPath('4.18.0-1')}: options ${own}`,
      ]);
    },
  );

  test('a place before the first shared word is found in the entry’s own', async () => {
    const own = { '4.18.0-1': 'options ro -- $kernelopts\n' };
    const facts = await factsOf(tree(own));
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), '4.18.0-1', false))).toEqual([
      `${entryPath('4.18.0-1')}: options ro nosmt -- $kernelopts`,
    ]);
  });

  test('words that only grub.cfg has so far move into the environment block, which then decides', async () => {
    const facts = await factsOf(tree({}, { [BLOCK]: environmentBlock() }));
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false))).toContain(
      `${BLOCK}: kernelopts=root=/dev/fallback ro nosmt `,
    );
  });

  test('the rescue entry shares the line: it is said, and its file stays as it is', async () => {
    const facts = await factsOf(tree({ [RESCUE]: 'options $kernelopts\n' }));
    const goal = goalOf(facts, setting('nosmt'));
    const lines = linesOf(planGoal(facts, goal, 'normal', false));
    expect(lines.filter((line) => line.includes('rescue'))).toEqual([]);
    const [menu] = facts.menus;
    expect(menu && changedAlong(menu, goal, 'normal').map(({ kind }) => kind)).toEqual(['rescue']);
  });

  test('what does not fit into 1024 bytes is refused, with the bytes', async () => {
    const facts = await factsOf(tree({}));
    const planned = planGoal(facts, goalOf(facts, setting(`x=${'y'.repeat(990)}`)), 'normal', false);
    expect(planned).toMatchObject({
      ok: false,
      refusal: { code: 'environment-block-full', path: BLOCK, neededBytes: 993 },
    });
  });

  test('a block of another size is refused', async () => {
    const facts = await factsOf(tree({}, { [BLOCK]: `${block}#` }));
    const planned = planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false);
    expect(planned).toMatchObject({ ok: false, refusal: { path: BLOCK, problem: { code: 'wrong-size' } } });
  });

  test('words that find the root need force', async () => {
    const facts = await factsOf(tree({}));
    const goal = goalOf(facts, setting('root=/dev/b'));
    expect(planGoal(facts, goal, 'normal', false)).toMatchObject({ refusal: { code: 'guarded-words' } });
    expect(linesOf(planGoal(facts, goal, 'normal', true))).toContain(
      `${BLOCK}: kernelopts=root=/dev/b ro quiet `,
    );
  });
});

describe('entries with words of their own (RHEL 9)', () => {
  const own = 'options root=/dev/a ro $tuned_params\n';
  const tree = (others: Tree = {}) => entryFilesTree('el9', { '5.14.0-2': own, '5.14.0-1': own }, others);

  test('the defaults file, then /etc/kernel/cmdline, then the entries', async () => {
    const facts = await factsOf(tree({ [CMDLINE]: 'root=/dev/a  ro\n' }));
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false))).toEqual([
      `${DEFAULTS}: GRUB_CMDLINE_LINUX="quiet nosmt"`,
      `${CMDLINE}: root=/dev/a  ro nosmt`,
      `${entryPath('5.14.0-2')}: options root=/dev/a ro $tuned_params nosmt`,
      `${entryPath('5.14.0-1')}: options root=/dev/a ro $tuned_params nosmt`,
    ]);
  });

  test('a missing /etc/kernel/cmdline is made of the default entry, without what TuneD adds', async () => {
    const other = { [entryPath('5.14.0-1')]: entryText('5.14.0-1', 'options root=/dev/b ro "d=x y"\n') };
    const block = environmentBlock(`saved_entry=${entryPath('5.14.0-1').replace(/.*\/|\.conf/g, '')}`);
    const facts = await factsOf(tree({ ...other, [BLOCK]: block }));
    const goal = goalOf(facts, setting('nosmt'));
    expect(linesOf(planGoal(facts, goal, 'normal', false))).toContain(
      `${CMDLINE}: root=/dev/b ro "d=x y" nosmt`,
    );
  });

  test('what the loader itself adds never gets into it', async () => {
    const options = 'options BOOT_IMAGE=(hd0,1)/vmlinuz root=/dev/b ro initrd=\\x\n';
    const facts = await factsOf(tree({ [entryPath('5.14.0-2')]: entryText('5.14.0-2', options) }));
    const lines = linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false));
    expect(lines).toContain(`${CMDLINE}: root=/dev/b ro nosmt`);
  });

  test('an entry file whose name begins with a dot is none, as for the loaders', async () => {
    const hidden = { '/boot/loader/entries/.hidden.conf': entryText('5.14.0-1', own) };
    const facts = await factsOf(tree(hidden));
    expect(facts.menus[0]?.entries).toHaveLength(2);
    const lines = linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'all', false));
    expect(lines.filter((line) => line.includes('.hidden'))).toEqual([]);
  });

  test('or of what the vendor ships', async () => {
    const facts = await factsOf(tree({ '/usr/lib/kernel/cmdline': 'root=/dev/v ro\n' }));
    const goal = goalOf(facts, setting('nosmt'));
    expect(linesOf(planGoal(facts, goal, 'normal', false))).toContain(`${CMDLINE}: root=/dev/v ro nosmt`);
  });

  test('it is not made where nothing is to be set', async () => {
    const facts = await factsOf(tree());
    for (const goal of [removing('absent'), setting()]) {
      expect(linesOf(planGoal(facts, goalOf(facts, goal), 'normal', false))).toEqual([]);
    }
  });

  test('nor for a single entry', async () => {
    const facts = await factsOf(tree());
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'default', false))).toEqual([
      `${entryPath('5.14.0-2')}: options root=/dev/a ro $tuned_params nosmt`,
    ]);
  });

  test('a word that TuneD brings is not ours to remove', async () => {
    const facts = await factsOf(tree());
    const planned = planGoal(facts, goalOf(facts, removing('isolcpus')), 'normal', false);
    expect(planned).toMatchObject({
      ok: false,
      refusal: { code: 'line-not-editable', problem: { code: 'word-from-variable' } },
    });
  });

  test('a line that its loader would cut is refused', async () => {
    const facts = await factsOf(tree());
    const planned = planGoal(facts, goalOf(facts, setting(`x=${'y'.repeat(2100)}`)), 'default', false);
    expect(planned).toMatchObject({ ok: false, refusal: { code: 'line-too-long' } });
  });

  test('an entry that is lent its words gets them written out with the new one', async () => {
    const lent = { [entryPath('5.14.0-2')]: entryText('5.14.0-2', '') };
    const block = environmentBlock('default_kernelopts=root=/dev/l ro');
    const facts = await factsOf(tree({ ...lent, [BLOCK]: block }));
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), '5.14.0-2', false))).toEqual([
      `${entryPath('5.14.0-2')}: options root=/dev/l ro nosmt`,
    ]);
  });

  test('where BIOS and EFI both have a configuration, the files that both read change once', async () => {
    const efi = '/boot/efi/EFI/rocky';
    const both = { [`${efi}/grub.cfg`]: ENTRY_FILES_CONFIG, [`${efi}/grubenv`]: environmentBlock() };
    const facts = await factsOf(tree(both));
    expect(facts.menus).toHaveLength(2);
    const lines = linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false));
    expect(lines.filter((line) => line.includes('options'))).toHaveLength(2);
  });
});

describe('systemd-boot', () => {
  const tree: Tree = {
    '/etc/os-release': 'ID=debian\n',
    '/boot/efi/EFI/systemd/systemd-bootx64.efi': '',
    '/boot/efi/loader/entries/a.conf': 'linux /vmlinuz-1.0\noptions root=/dev/a ro\noptions quiet\n',
    '/boot/efi/vmlinuz-1.0': '',
  };
  const ENTRY = '/boot/efi/loader/entries/a.conf';

  test('new words stand raw behind the last line of options; the defaults file is not read', async () => {
    const facts = await factsOf({ ...tree, [DEFAULTS]: 'GRUB_CMDLINE_LINUX=""\n' });
    expect(linesOf(planGoal(facts, goalOf(facts, setting('a;b', 'c=$d')), 'normal', false))).toEqual([
      `${ENTRY}: options quiet a;b c=$d`,
    ]);
  });

  test('/etc/kernel/cmdline changes where it is there', async () => {
    const facts = await factsOf({ ...tree, [CMDLINE]: 'root=/dev/a ro' });
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false))).toEqual([
      `${CMDLINE}: root=/dev/a ro nosmt`,
      `${ENTRY}: options quiet nosmt`,
    ]);
  });

  test('and is made where kernel-install makes the entries', async () => {
    const facts = await factsOf({ ...tree, '/etc/kernel/entry-token': 'debian\n' });
    expect(linesOf(planGoal(facts, goalOf(facts, setting('nosmt')), 'normal', false))).toContain(
      `${CMDLINE}: root=/dev/a ro quiet nosmt`,
    );
  });
});

describe('the variables of the defaults file', () => {
  const menu = (words: string) => `menuentry A {\n  linux /vmlinuz-1.0 root=/dev/a ${words}\n}\n`;
  const tree = (defaults: string): Tree => ({
    '/etc/os-release': 'ID=debian\n',
    [DEFAULTS]: defaults,
    '/boot/grub/grub.cfg': `${menu('ro')}menuentry R {\n  linux /vmlinuz-1.0 root=/dev/a single\n}\n`,
    '/boot/vmlinuz-1.0': '',
  });
  const changed = async (defaults: string, which: string) => {
    const facts = await factsOf(tree(defaults));
    const planned = planGoal(facts, goalOf(facts, setting('nosmt')), which, false);
    return linesOf(planned)
      .filter((line) => line.startsWith(DEFAULTS))
      .map((line) => line.replace(/.*: /, ''));
  };
  const both = 'GRUB_CMDLINE_LINUX="a"\nGRUB_CMDLINE_LINUX_DEFAULT="b"\n';

  test('normal entries get theirs', async () => {
    expect(await changed(both, 'normal')).toEqual(['GRUB_CMDLINE_LINUX_DEFAULT="b nosmt"']);
  });

  test('recovery entries, where they are meant, too, the other', async () => {
    expect(await changed(both, 'all')).toEqual(['GRUB_CMDLINE_LINUX="a nosmt"']);
  });

  test('a word that another one behind it overrules is set anew', async () => {
    const facts = await factsOf(tree(both.replace('"b"', '"smt=1 smt=2"')));
    expect(linesOf(planGoal(facts, goalOf(facts, setting('smt=1')), 'normal', false))).toContain(
      `${DEFAULTS}: GRUB_CMDLINE_LINUX_DEFAULT="smt=1"`,
    );
  });

  test('what stands in for a variable under Xen gets the word as well', async () => {
    const replaced = `${both}GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="x"\n`;
    expect(await changed(replaced, 'normal')).toEqual([
      'GRUB_CMDLINE_LINUX_DEFAULT="b nosmt"',
      'GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="x nosmt"',
    ]);
    expect(await changed(`${both}GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT=""\n`, 'normal')).toHaveLength(1);
  });

  test('what loses its last word there holds a blank, as an empty one would stand in for nothing', async () => {
    const facts = await factsOf(tree(`${both}GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="x"\n`));
    const planned = planGoal(facts, goalOf(facts, removing('x')), 'normal', false);
    expect(linesOf(planned)).toEqual([`${DEFAULTS}: GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT=" "`]);
  });

  test('where it can’t be given a blank, the change is refused', async () => {
    const facts = await factsOf(tree(`${both}NONE=\nGRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="\${NONE}x"\n`));
    expect(planGoal(facts, goalOf(facts, removing('x')), 'normal', false)).toMatchObject({
      refusal: { code: 'line-not-editable', problem: { code: 'replacement-would-be-empty' } },
    });
  });
});

describe('before anything is written', () => {
  const shared = 'options $kernelopts\n';
  const sharing = (words: string) =>
    entryFilesTree(
      'el8',
      { '4.18.0-2': shared, '4.18.0-1': shared },
      { [BLOCK]: environmentBlock('saved_entry=x', `kernelopts=${words} `) },
    );

  test('two menus that need different words in one file are refused', async () => {
    const facts = await factsOf(sharing('root=/dev/a ro'));
    const other = await factsOf(sharing('root=/dev/b ro'));
    const both = { ...facts, menus: [...facts.menus, ...other.menus] };
    const goal = goalOf(facts, setting('nosmt'));
    expect(planGoal(both, goal, 'normal', false)).toMatchObject({
      refusal: { code: 'menus-disagree', path: BLOCK },
    });
    const same = { ...facts, menus: [...facts.menus, ...facts.menus] };
    expect(planGoal(same, goal, 'normal', false).ok).toBe(true);
  });

  test('the menu is read again with the change, and one that is not the old one is refused', async () => {
    const facts = await factsOf(sharing('root=/dev/a ro'));
    const menus = facts.menus.map((menu) => ({ ...menu, entries: menu.entries.slice(1) }));
    const goal = goalOf(facts, setting('nosmt'));
    expect(planGoal({ ...facts, menus }, goal, 'normal', false)).toMatchObject({
      refusal: { code: 'menu-would-change' },
    });
  });
});
