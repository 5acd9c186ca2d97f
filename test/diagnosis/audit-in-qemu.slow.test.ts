import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { auditLine } from '../../src/diagnosis/audit.ts';
import { findOverflow } from '../../src/diagnosis/audit-line.ts';
import { namedFile } from '../../src/facts/image-file.ts';
import { kernelOfFiles } from '../../src/facts/kernels.ts';
import { openHost } from '../../src/host/root-host.ts';
import { EMULATED_MACHINE } from '../boot/emulated-machine.ts';
import { packagedKernels } from '../kernel/image/packaged-kernels.ts';
import { hasProgram } from '../oracle/available.ts';

/** From 5.14 on the kernel names the words that no handler took. */
const kernel = hasProgram('qemu-system-x86_64')
  ? packagedKernels().find(({ name, release }) => name.endsWith('cloud-amd64_amd64') && !/^5\./.test(release))
  : undefined;

/** What a real kernel says when it starts with these words; without an init it stops by itself. */
function consoleOf(words: readonly string[]): string {
  const cmdline = ['console=ttyS0', 'panic=-1', ...words].join(' ');
  const boot = ['-kernel', kernel?.path ?? '', '-append', cmdline];
  const { stdout } = spawnSync('qemu-system-x86_64', [...EMULATED_MACHINE, '-m', '256', ...boot], {
    encoding: 'latin1',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
  });
  expect(stdout).toContain('Kernel panic - not syncing: ');
  return stdout;
}

const variables = (count: number) => Array.from({ length: count }, (_, index) => `unclaimed${index}=1`);
const flags = (count: number) => Array.from({ length: count }, (_, index) => `unclaimed${index}`);

test.runIf(kernel !== undefined).each([
  { rule: '31 variables fit', words: variables(31) },
  { rule: '32 do not', words: variables(32) },
  { rule: 'TERM has its room already', words: ['TERM=x', ...variables(31)] },
  { rule: 'a repeated name takes no room', words: ['unclaimed0=2', ...variables(31)] },
  { rule: '32 arguments fit', words: flags(32) },
  { rule: '33 do not', words: flags(33) },
])('the kernel has as much room for init: $rule', { timeout: 150_000 }, ({ words }) => {
  const findings = findOverflow(words.map((word) => ({ word, isCertain: true })));
  expect(consoleOf(words).includes('Too many boot ')).toBe(findings.length > 0);
});

test.runIf(kernel !== undefined)(
  'the kernel names every word that the audit proves to be read by nobody, and none that it knows',
  { timeout: 150_000 },
  async () => {
    const line =
      'quiets consol=ttyS0 frobnicate frobnicate=1 panik=5 cgroup_memory=nokmem cgroup_disable=pids init ' +
      'cgroup-disable=rdma loglevel=7 audit=0 swapaccount=1 norandmaps mitigations=off Quiet nosmt=force elevator ' +
      'transparent_hugepage=never selinux=0 apparmor=1 random.trust_cpu=on ignore_loglevel hugepages=1 ' +
      'cgroup_enable=memory';
    const words = line.split(' ');
    const host = await openHost('/');
    const given = { map: undefined, release: undefined, osRelease: undefined };
    const image = namedFile(kernel?.path ?? '');
    const facts = await kernelOfFiles(host, { ...given, image: { ...image, identity: undefined } }, words);
    host.close();
    const audited = auditLine(
      words.map((text) => ({ text, from: '' })),
      facts,
    );
    const [, said = ''] = /Unknown kernel command line parameters "(.*)"/.exec(consoleOf(words)) ?? [];
    const named = said.trim().split(' ');
    const effects = audited.words.map(({ word, effect, because }) => ({
      word,
      effect,
      isTaken: because !== undefined,
    }));
    const dead = effects.flatMap(({ word, effect, isTaken }) =>
      effect === 'none' && !isTaken ? [word] : [],
    );
    expect(
      dead.filter((word) => !named.includes(word)),
      'proven to be read by nobody, and read',
    ).toEqual([]);
    const ofNamed = effects.filter(({ word }) => named.includes(word));
    expect(ofNamed.filter(({ effect }) => effect === 'known')).toEqual([]);
    // Their names stand in the image for other purposes, so that nothing is proven.
    const open = ofNamed.filter(({ effect }) => effect === 'unknown').map(({ word }) => word);
    expect(open).toEqual(['init', 'elevator', 'selinux=0']);
    // The kernel takes it and does nothing with it.
    expect(effects).toContainEqual({ word: 'swapaccount=1', effect: 'none', isTaken: true });
    expect(dead).toContain('cgroup_memory=nokmem');
  },
);
