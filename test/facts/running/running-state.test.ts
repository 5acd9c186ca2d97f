import { expect, test } from 'vitest';
import { readRunningState } from '../../../src/facts/running/running-state.ts';
import type { Host } from '../../../src/host/host.ts';
import { hostOf, type Tree } from '../tree.ts';

test.each<{ rule: string; tree: Tree; release: string | undefined }>([
  { rule: 'its own file', tree: { 'proc/sys/kernel/osrelease': '6.1.0\n' }, release: '6.1.0' },
  { rule: 'the version', tree: { 'proc/version': 'Linux version 6.1.0 (a@b)\n' }, release: '6.1.0' },
  {
    rule: 'a sosreport',
    tree: { 'sos_commands/kernel/uname_-a': 'Linux host 6.1.0 #1 SMP\n' },
    release: '6.1.0',
  },
  {
    rule: 'the image’s name',
    tree: { 'proc/cmdline': 'BOOT_IMAGE=(hd0,1)/vmlinuz-6.1.0 quiet\n' },
    release: '6.1.0',
  },
  { rule: 'nothing', tree: {}, release: undefined },
])('the release of a recorded kernel, by $rule', async ({ tree, release }) => {
  const host = await hostOf({ 'proc/cmdline': 'quiet\n', ...tree });
  const state = await readRunningState(host);
  expect(state?.release).toBe(release);
  expect(state?.words.at(-1)).toBe('quiet');
});

test('without a command line nothing is known to run', async () => {
  expect(
    await readRunningState(await hostOf({ 'proc/version': 'Linux version 6.1.0 (a@b)\n' })),
  ).toBeUndefined();
});

const MOUNTINFO = (device: string) => `21 1 ${device} / / rw - ext4 /dev/sda1 rw\n`;

/** A tree with another file system for its /proc, as a mounted procfs is. */
async function withProcMounted(own: boolean): Promise<Host> {
  const host = await hostOf({
    'proc/cmdline': 'quiet\n',
    'proc/1/mountinfo': MOUNTINFO(own ? '8:1' : '0:40'),
  });
  return {
    ...host,
    status: async (path) => {
      const found = await host.status(path);
      if (!found.ok) return found;
      const device = path === '/' ? 0x801n : 0x15n;
      return { ...found, status: { ...found.status, device } };
    },
  };
}

test('a procfs in a tree is of its host where the first process has that tree for its root', async () => {
  expect((await readRunningState(await withProcMounted(true)))?.cmdline).toBe('quiet');
});

test('a procfs in a tree that is mended from another system is of that one', async () => {
  expect(await readRunningState(await withProcMounted(false))).toBeUndefined();
});
