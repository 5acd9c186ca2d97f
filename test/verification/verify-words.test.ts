import { describe, expect, test } from 'vitest';
import { readRunningFacts } from '../../src/facts/running/running-facts.ts';
import { readRunningState } from '../../src/facts/running/running-state.ts';
import { runningVerdict, verifyWords } from '../../src/verification/verify-words.ts';
import { hostOf, type Tree } from '../facts/tree.ts';

const NOKMEM = 'cgroup.memory=nokmem';
const DISABLE = 'cgroup_disable=memory';
const HEADS = 'slabinfo - version: 2.1\n# name <active_objs>\n';
const EL7 = '3.10.0-514.el7.x86_64';

function slabinfo(...names: readonly string[]): string {
  return HEADS + names.map((name) => `${name} 0 0 64 64 1 : tunables 0 0 0\n`).join('');
}

function cgroups(enabled: 0 | 1): string {
  return `#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t2\t1\t1\nmemory\t4\t30\t${enabled}\n`;
}

async function verified(tree: Tree, words: readonly string[], unset: readonly string[], next?: string) {
  const host = await hostOf(tree);
  const state = await readRunningState(host);
  const running = state && (await readRunningFacts(host, state, undefined, [], words));
  return verifyWords({ set: words, unset }, running, next?.split(' '));
}

function running(release: string, cmdline: string, rest: Tree = {}): Tree {
  return { 'proc/cmdline': `${cmdline}\n`, 'proc/sys/kernel/osrelease': `${release}\n`, ...rest };
}

describe('one word', () => {
  const slab = 'sys/kernel/slab';
  test.each<{ rule: string; word: string; tree: Tree; inEffect: string; seen: readonly string[] }>([
    {
      rule: 'copies of caches for groups show that 3.10 accounts on',
      word: NOKMEM,
      tree: running(EL7, NOKMEM, { [`${slab}/kmalloc-64/x`]: '', [`${slab}/dentry(7:ab12)/x`]: '' }),
      inEffect: 'no',
      seen: ['group-caches'],
    },
    {
      rule: 'so do those that 4.18 has below their cache',
      word: NOKMEM,
      tree: running('4.18.0-553.el8_10.x86_64', NOKMEM, {
        [`${slab}/kmalloc-64/x`]: '',
        [`${slab}/dentry/cgroup/dentry(105:ab12)/x`]: '',
      }),
      inEffect: 'no',
      seen: ['group-caches'],
    },
    {
      rule: '3.10 accounts in limited groups only: figures of 0 say nothing, and the kernel reads the word',
      word: NOKMEM,
      tree: running('3.10.0-1160.el7.x86_64', NOKMEM, {
        'sys/fs/cgroup/memory/a/memory.kmem.usage_in_bytes': '0\n',
        'sys/fs/cgroup/memory/a/memory.usage_in_bytes': '4096\n',
      }),
      inEffect: 'unknown',
      seen: ['read-by-kernel'],
    },
    {
      rule: 'where nothing is seen, a kernel that is known to have no handler decides',
      word: NOKMEM,
      tree: running(EL7, NOKMEM, { 'proc/cgroups': cgroups(1) }),
      inEffect: 'no',
      seen: ['not-read'],
    },
    {
      rule: 'a busy group of 4.18 that accounts for nothing shows it off',
      word: NOKMEM,
      tree: running('4.18.0-553.el8_10.x86_64', NOKMEM, {
        'sys/fs/cgroup/memory/a/memory.kmem.usage_in_bytes': '0\n',
        'sys/fs/cgroup/memory/a/memory.usage_in_bytes': '409600\n',
      }),
      inEffect: 'yes',
      seen: ['groups-account-nothing'],
    },
    {
      rule: 'an idle one shows nothing',
      word: NOKMEM,
      tree: running('4.18.0-553.el8_10.x86_64', NOKMEM, {
        'sys/fs/cgroup/memory/a/memory.kmem.usage_in_bytes': '0\n',
        'sys/fs/cgroup/memory/a/memory.usage_in_bytes': '0\n',
      }),
      inEffect: 'unknown',
      seen: ['read-by-kernel'],
    },
    {
      rule: 'figures of memory.stat before 5.14 may lag behind',
      word: NOKMEM,
      tree: running('5.10.0-32-amd64', NOKMEM, {
        'sys/fs/cgroup/a/memory.stat': 'anon 53248\nfile 0\nkernel_stack 0\nslab 0\n',
      }),
      inEffect: 'unknown',
      seen: ['read-by-kernel'],
    },
    {
      rule: 'not those of a large group',
      word: NOKMEM,
      tree: running('5.10.0-32-amd64', NOKMEM, {
        'sys/fs/cgroup/a/memory.stat': 'anon 134217728\nfile 0\nkernel_stack 0\nslab 0\n',
      }),
      inEffect: 'yes',
      seen: ['groups-account-nothing'],
    },
    {
      rule: 'without a release missing caches say nothing',
      word: NOKMEM,
      tree: { 'proc/cmdline': NOKMEM, 'proc/slabinfo': slabinfo('kmalloc-64') },
      inEffect: 'unknown',
      seen: ['not-known-whether-read'],
    },
    {
      rule: 'nor does a list of caches that is not whole',
      word: NOKMEM,
      tree: running('6.1.0-50-amd64', NOKMEM, {
        'proc/slabinfo': slabinfo('dentry'),
        'proc/cgroups': cgroups(1),
      }),
      inEffect: 'unknown',
      seen: ['read-by-kernel'],
    },
    {
      rule: 'without the right to read slabinfo the directories of SLUB do',
      word: NOKMEM,
      tree: running('6.1.0-50-amd64', NOKMEM, { [`${slab}/kmalloc-64/x`]: '', 'proc/cgroups': cgroups(1) }),
      inEffect: 'yes',
      seen: ['no-accounted-caches'],
    },
    {
      rule: 'another token beside it is no matter',
      word: NOKMEM,
      tree: running('6.1.0-50-amd64', 'quiet cgroup.memory=nosocket,nokmem', {
        'proc/slabinfo': slabinfo('kmalloc-64'),
        'proc/cgroups': cgroups(1),
      }),
      inEffect: 'yes',
      seen: ['no-accounted-caches'],
    },
    {
      rule: 'behind -- it is for init',
      word: NOKMEM,
      tree: running('6.1.0-50-amd64', `quiet -- ${NOKMEM}`),
      inEffect: 'no',
      seen: ['not-on-line'],
    },
    {
      rule: 'a controller that is on was not turned off',
      word: DISABLE,
      tree: running(EL7, DISABLE, { 'proc/cgroups': cgroups(1) }),
      inEffect: 'no',
      seen: ['controller-on'],
    },
    {
      rule: 'a mounted controller was not turned off',
      word: DISABLE,
      tree: running('6.12.0', DISABLE, { 'sys/fs/cgroup/memory/memory.usage_in_bytes': '1\n' }),
      inEffect: 'no',
      seen: ['controller-mounted'],
    },
    {
      rule: 'a log of another start is not used',
      word: DISABLE,
      tree: running('6.12.0', DISABLE, {
        'var/log/dmesg': 'Command line: quiet\nDisabling memory control group subsystem\n',
      }),
      inEffect: 'unknown',
      seen: ['not-known-whether-read'],
    },
    {
      rule: 'sos keeps the log elsewhere',
      word: DISABLE,
      tree: running('6.12.0', DISABLE, {
        'sos_commands/kernel/dmesg': `[0] Command line: ${DISABLE}\n[0] Disabling memory control group subsystem\n`,
      }),
      inEffect: 'yes',
      seen: ['controller-said-off'],
    },
    {
      rule: 'the kernel names a word that it hands on',
      word: 'quiets',
      tree: running('6.1.0', 'quiets', {
        'var/log/dmesg':
          'Command line: quiets\nUnknown kernel command line parameters "quiets", will be passed to user space.\n',
      }),
      inEffect: 'no',
      seen: ['unknown-to-kernel'],
    },
    {
      rule: 'a setting of the kernel’s',
      word: 'transparent_hugepage=madvise',
      tree: running('6.1.0', 'transparent_hugepage=madvise', {
        'sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never\n',
      }),
      inEffect: 'yes',
      seen: ['setting'],
    },
    {
      rule: 'another one than was asked for',
      word: 'transparent_hugepage=madvise',
      tree: running('6.1.0', 'transparent_hugepage=madvise', {
        'sys/kernel/mm/transparent_hugepage/enabled': '[always] madvise never\n',
      }),
      inEffect: 'no',
      seen: ['setting'],
    },
    {
      rule: 'a module’s flag is Y to sysfs',
      word: 'nf-conntrack.acct=1',
      tree: running('6.1.0', 'nf-conntrack.acct=1', { 'sys/module/nf_conntrack/parameters/acct': 'Y\n' }),
      inEffect: 'yes',
      seen: ['setting'],
    },
  ])('$rule', async ({ word, tree, inEffect, seen }) => {
    const [found] = await verified(tree, [word], []);
    expect({ inEffect: found?.inEffect, seen: found?.seenBy.map(({ code }) => code) }).toEqual({
      inEffect,
      seen,
    });
  });
});

describe('the words of a change', () => {
  const on = running('6.1.0', `quiet ${DISABLE}`, { 'proc/cgroups': cgroups(0) });
  const off = running('6.1.0', 'quiet', { 'proc/cgroups': cgroups(1) });
  test.each<{
    rule: string;
    tree: Tree;
    set: string[];
    unset: string[];
    next: string | undefined;
    verdicts: string[];
    whole: string;
  }>([
    {
      rule: 'seen to act',
      tree: on,
      set: [DISABLE],
      unset: [],
      next: `quiet ${DISABLE}`,
      verdicts: ['in-effect'],
      whole: 'in-effect',
    },
    {
      rule: 'not booted yet',
      tree: off,
      set: [DISABLE],
      unset: [],
      next: `quiet ${DISABLE}`,
      verdicts: ['pending'],
      whole: 'pending',
    },
    {
      rule: 'lost from the files since',
      tree: off,
      set: [DISABLE],
      unset: [],
      next: 'quiet',
      verdicts: ['missing'],
      whole: 'without-effect',
    },
    {
      rule: 'the next boot is not known',
      tree: off,
      set: [DISABLE],
      unset: [],
      next: undefined,
      verdicts: ['missing'],
      whole: 'without-effect',
    },
    {
      rule: 'taken off, and gone',
      tree: off,
      set: [],
      unset: [DISABLE],
      next: 'quiet',
      verdicts: ['gone'],
      whole: 'in-effect',
    },
    {
      rule: 'taken off, not booted yet',
      tree: on,
      set: [],
      unset: [DISABLE],
      next: 'quiet',
      verdicts: ['pending'],
      whole: 'pending',
    },
    {
      rule: 'put back by somebody',
      tree: on,
      set: [],
      unset: [DISABLE],
      next: `quiet ${DISABLE}`,
      verdicts: ['still-there'],
      whole: 'without-effect',
    },
    {
      rule: 'nothing tells what runs',
      tree: {},
      set: [DISABLE],
      unset: ['rhgb'],
      next: DISABLE,
      verdicts: ['unknown', 'unknown'],
      whole: 'unknown',
    },
    {
      rule: 'what a reboot does not mend goes first',
      tree: running('6.1.0', DISABLE, { 'proc/cgroups': cgroups(1) }),
      set: [DISABLE, 'audit=1'],
      unset: [],
      next: `${DISABLE} audit=1`,
      verdicts: ['without-effect', 'pending'],
      whole: 'without-effect',
    },
  ])('$rule', async ({ tree, set, unset, next, verdicts, whole }) => {
    const words = await verified(tree, set, unset, next);
    expect(words.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(runningVerdict(words)).toBe(whole);
  });
});
