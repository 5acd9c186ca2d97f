import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditLine } from '../../src/diagnosis/audit.ts';
import { kernelWordCountFor } from '../../src/diagnosis/word-effect.ts';
import { gatherKernels, type KernelFacts } from '../../src/facts/kernels.ts';
import { hostOf } from '../facts/tree.ts';
import { buildElf, buildModule, defaultSetup } from '../kernel/image/build-kernel.ts';

const MODULES = '/usr/lib/modules/6.1.0-test-amd64';
const xfs = buildModule(['parmtype=log_level:int', 'name=xfs'], { wordBytes: 8, isLittleEndian: true });

const savedCacheHome = process.env['XDG_CACHE_HOME'];
const cacheHome = mkdtempSync(join(tmpdir(), 'bootmend-audit-'));
beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = cacheHome;
});
afterAll(() => {
  if (savedCacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = savedCacheHome;
  rmSync(cacheHome, { recursive: true });
});

/** A kernel with one loadable module, asked about these words. */
async function kernelAsked(words: readonly string[], release?: string): Promise<KernelFacts> {
  const setup = [...defaultSetup, { name: 'panic_on', isEarly: true }];
  const host = await hostOf({
    '/boot/vmlinuz': buildElf({ setup, ...(release === undefined ? {} : { release }) }).bytes,
    [`${MODULES}/modules.dep`]: 'kernel/fs/xfs.ko:\n',
    [`${MODULES}/kernel/fs/xfs.ko`]: xfs,
  });
  const location = { release: release ?? '6.1.0-test-amd64', imagePath: '/boot/vmlinuz' };
  const [kernel] = await gatherKernels(host, undefined, [location], words);
  if (kernel === undefined) throw new Error('no kernel');
  return kernel;
}

async function audit(line: string, release?: string, droppedCount = 0) {
  const words = line.split(' ');
  const kernel = await kernelAsked(words, release);
  const placed = words.map((text) => ({ text, from: '/boot/grub/grub.cfg:1' }));
  return auditLine(placed, kernel, droppedCount, ['BOOT_IMAGE=']);
}

test.each([
  { rule: 'a parameter of the kernel', word: 'root=/dev/sda1', effect: 'known' },
  { rule: 'the same with dashes', word: 'cgroup-disable=memory', effect: 'known' },
  { rule: 'a token that the handler compares with', word: 'cgroup.memory=nokmem', effect: 'known' },
  { rule: 'a built-in module', word: 'driver.option7=1', effect: 'known' },
  { rule: 'a loadable module', word: 'xfs.log-level=3', effect: 'known' },
  { rule: 'systemd, by its prefix', word: 'systemd.unit=multi-user.target', effect: 'known' },
  { rule: 'dracut, by its prefix', word: 'rd.lvm.lv=vg/root', effect: 'known' },
  { rule: 'init, by a name alone', word: '3', effect: 'known' },
  { rule: 'what debian-installer asks', word: 'netcfg/get_hostname=x', effect: 'known' },
  { rule: 'an empty word, which is a blank', word: '', effect: 'known' },
  { rule: 'a value for nobody', word: 'frobnicate=1', effect: 'none' },
  { rule: 'a token that the handler does not know', word: 'cgroup.memory=frobnicate', effect: 'none' },
  { rule: 'a parameter that the module lacks', word: 'xfs.frobnicate=1', effect: 'none' },
  { rule: 'a module that is not there', word: 'frobnicate.level=1', effect: 'none' },
  { rule: 'what init may read of its environment', word: 'MY_AGENT=1', effect: 'unknown' },
  { rule: 'what is taken apart by its prefix', word: 'sysctl.vm.swappiness=1', effect: 'unknown' },
])('$effect: $rule', async ({ word, effect }) => {
  const { words } = await audit(word);
  expect(words).toEqual([{ word, from: '/boot/grub/grub.cfg:1', effect, suggestion: undefined }]);
});

test.each([
  { rule: 'a letter is missing', word: 'cgroup.memry=nokmem', suggestion: 'cgroup.memory=nokmem' },
  { rule: 'a dot became an underscore', word: 'cgroup_memory=nokmem', suggestion: 'cgroup.memory=nokmem' },
  { rule: 'a token', word: 'cgroup.memory=nokmen', suggestion: 'cgroup.memory=nokmem' },
  {
    rule: 'quotes that the kernel does not take off',
    word: "cgroup.memory='nokmem'",
    suggestion: 'cgroup.memory=nokmem',
  },
  { rule: 'a token behind the wrong part', word: 'cgroup.nokmem', suggestion: 'cgroup.memory=nokmem' },
  { rule: 'two letters are exchanged', word: 'queit', suggestion: 'quiet' },
  { rule: 'capitals', word: 'Console=ttyS0', suggestion: 'console=ttyS0' },
  { rule: 'the value is missing', word: 'init', suggestion: 'init=' },
  { rule: 'a module parameter', word: 'xfs.loglevel=3', suggestion: 'xfs.log_level=3' },
  { rule: 'a built-in one', word: 'driver.optoin7=1', suggestion: 'driver.option7=1' },
  { rule: 'a word of user space', word: 'net.ifname=0', suggestion: 'net.ifnames=0' },
  { rule: 'a short word differs in two letters', word: 'kwiet', suggestion: undefined },
  { rule: 'nothing is close', word: 'frobnicate=1', suggestion: undefined },
])('did you mean: $rule', async ({ word, suggestion }) => {
  const { words } = await audit(word);
  expect(words).toMatchObject([{ effect: 'none' }]);
  expect(words[0]?.suggestion).toBe(suggestion);
});

test.each([
  {
    rule: 'a prefix of systemd’s, a name that it lacks',
    word: 'systemd.unified_cgroup_hierachy=0',
    suggestion: 'systemd.unified_cgroup_hierarchy=0',
  },
  { rule: 'a prefix of dracut’s', word: 'rd.lvm.vl=cl', suggestion: 'rd.lvm.lv=cl' },
  { rule: 'a prefix, and nothing is close', word: 'rd.frobnicate', suggestion: undefined },
  { rule: 'a token by itself', word: 'nokmem', suggestion: 'cgroup.memory=nokmem' },
  { rule: 'three letters are too much like each other', word: 'tsx=off', suggestion: undefined },
])('not judged, but did you mean: $rule', async ({ word, suggestion }) => {
  const { words } = await audit(word);
  expect(words).toMatchObject([{ effect: 'unknown', suggestion }]);
});

test('a value that its handler ignores has no effect, with the reason', async () => {
  const { words } = await audit('elevator=noop');
  expect(words).toEqual([
    {
      word: 'elevator=noop',
      from: '/boot/grub/grub.cfg:1',
      effect: 'none',
      suggestion: undefined,
      because: { code: 'ignored.does-nothing', data: { source: expect.stringContaining('elevator_setup') } },
    },
  ]);
});

describe('behind --', () => {
  test('a word of the kernel has no effect, and needs no other spelling', async () => {
    const { words } = await audit('quiet -- quiet single frobnicate');
    expect(words.map(({ effect }) => effect)).toEqual(['known', 'known', 'none', 'known', 'unknown']);
    expect(words.map(({ suggestion }) => suggestion)).toEqual(Array(5).fill(undefined));
  });

  test('kernels before 3.15 read on', async () => {
    const { words } = await audit('quiet -- quiet', '3.10.0-514.el7.x86_64');
    expect(words.map(({ effect }) => effect)).toEqual(['known', 'none', 'known']);
  });
});

test('words that the loader drops are read by nobody', async () => {
  const { words } = await audit('quiet single root=/dev/sda1', undefined, 2);
  expect(words.map(({ effect }) => effect)).toEqual(['known', 'none', 'none']);
});

test('without the kernel, only user space is known', () => {
  const words = ['rd.break', 'quiet', 'frobnicate=1'].map((text) => ({ text, from: '' }));
  expect(auditLine(words, undefined).words.map(({ effect }) => effect)).toEqual([
    'known',
    'unknown',
    'unknown',
  ]);
});

// Sources: next_arg() in kernel/params.c of v3.10, v4.9 and v4.10; do_early_param(), obsolete_checksetup() in init/main.c.
test.each([
  { release: '3.10.0-514.el7.x86_64', word: '"panic_on"', effect: 'none', suggestion: 'panic_on' },
  { release: '4.9.0-19-amd64', word: '"panic_on"', effect: 'none', suggestion: 'panic_on' },
  { release: '4.9.0-19-amd64', word: 'panic_on', effect: 'known', suggestion: undefined },
  { release: '4.9.0-19-amd64', word: '"root=/dev/sda1"', effect: 'known', suggestion: undefined },
  { release: '4.10.0', word: '"panic_on"', effect: 'known', suggestion: undefined },
  { release: '6.1.0-test-amd64', word: '"panic_on"', effect: 'known', suggestion: undefined },
  // Its handler gets what follows the name, a quote, and decides.
  { release: '4.9.0-19-amd64', word: '"rootwait"', effect: 'unknown', suggestion: undefined },
])('$release: $word is $effect', async ({ release, word, effect, suggestion }) => {
  const { words } = await audit(word, release);
  expect(words).toMatchObject([{ word, effect, suggestion }]);
});

// Sources: commit 51e158c12aca (3.15) for `--`; next_arg() as above for `"--"`.
test.each([
  { release: '3.10.0-514.el7.x86_64', words: ['a', '--', 'b'], count: 3 },
  { release: '3.14.79', words: ['a', '"--"', 'b'], count: 3 },
  { release: '3.15.0', words: ['a', '--', 'b'], count: 1 },
  { release: '4.9.0-19-amd64', words: ['a', '"--"', 'b'], count: 3 },
  { release: '4.9.0-19-amd64', words: ['a', '"--"', 'b', '--', 'c'], count: 3 },
  { release: '4.10.0', words: ['a', '"--"', 'b'], count: 1 },
  { release: 'unknown', words: ['a', '"--"', 'b'], count: 1 },
  { release: '6.1.0', words: ['a', 'b'], count: 2 },
])('$release reads $count of $words itself', ({ release, words, count }) => {
  expect(kernelWordCountFor(words, release)).toBe(count);
});

const variables = (count: number) => Array.from({ length: count }, (_, index) => `unclaimed${index}=1`);

describe('room for init', () => {
  test.each([
    { rule: '30 and BOOT_IMAGE= fit', line: variables(30), findings: [] },
    { rule: 'one more panics', line: variables(31), findings: [{ code: 'too-many-variables', count: 32 }] },
    { rule: 'a repeated name takes no room', line: [...variables(30), 'unclaimed0=1'], findings: [] },
    { rule: 'a dotted word is dropped', line: [...variables(30), 'un.claimed=1'], findings: [] },
    { rule: 'a parameter of the kernel is taken', line: [...variables(30), 'root=/dev/sda1'], findings: [] },
    {
      rule: 'what could not be judged may be too much',
      line: [...variables(30), 'fou=1'],
      findings: [{ code: 'perhaps-too-many-variables', count: 32 }],
    },
    {
      rule: 'arguments have room of their own, and what follows -- is in it',
      line: ['--', ...variables(33)],
      findings: [{ code: 'too-many-arguments', count: 33 }],
    },
  ])('$rule', async ({ line, findings }) => {
    expect((await audit(line.join(' '))).findings).toEqual(findings);
  });
});

test.each([
  {
    rule: 'the last counts',
    line: 'root=a quiet root=b',
    findings: [{ code: 'last-wins', name: 'root', word: 'root=b' }],
  },
  {
    rule: 'the first counts',
    line: 'isolcpus=1 isolcpus=2',
    findings: [{ code: 'first-wins', name: 'isolcpus', word: 'isolcpus=1' }],
  },
  {
    rule: 'a module keeps the last',
    line: 'xfs.log_level=1 xfs.log-level=2',
    findings: [{ code: 'last-wins', name: 'xfs.log_level', word: 'xfs.log-level=2' }],
  },
  {
    rule: 'its handler decides',
    line: 'reboot=a reboot=b',
    findings: [{ code: 'given-again', name: 'reboot', count: 2 }],
  },
  { rule: 'the same again says nothing new', line: 'root=a root=a quiet quiet', findings: [] },
  {
    rule: 'given more than once by nature, one becomes /dev/console',
    line: 'console=tty0 console=ttyS0',
    findings: [{ code: 'console-device', device: 'ttyS0', count: 2 }],
  },
  {
    rule: 'of one device the first options count',
    line: 'console=ttyS0,9600 console=ttyS0,115200n8',
    findings: [{ code: 'first-wins', name: 'console', word: 'console=ttyS0,9600' }],
  },
  { rule: 'a list adds up', line: 'cgroup.memory=nokmem cgroup.memory=nosocket', findings: [] },
  { rule: 'words for nobody do not matter', line: 'frobnicate=1 frobnicate=2', findings: [] },
])('repeats: $rule', async ({ line, findings }) => {
  expect((await audit(line)).findings).toEqual(findings);
});
