import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildElf } from '../kernel/image/build-kernel.ts';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const GRUB_CFG = 'boot/grub/grub.cfg';
const cacheHome = mkdtempSync(join(tmpdir(), 'bootmend-audit-'));
afterAll(() => rmSync(cacheHome, { recursive: true, force: true }));

/** The Debian 12 tree with a kernel that can be read, and more words on every line. */
function treeWith(words: string): string {
  const root = copyFixture('debian-12');
  for (const release of ['6.1.0-39-amd64', '6.1.0-40-amd64']) {
    writeFileSync(join(root, `boot/vmlinuz-${release}`), buildElf({ release }).bytes);
  }
  const path = join(root, GRUB_CFG);
  const text = readFileSync(path, 'latin1');
  writeFileSync(
    path,
    text.replaceAll(/^\s*linux\s.*$/gm, (line) => `${line} ${words}`),
    'latin1',
  );
  return root;
}

function audit(root: string, ...options: readonly string[]) {
  return runCli(['audit', '--root', root, ...options], { XDG_CACHE_HOME: cacheHome });
}

test('every word of every entry has its effect and, where nobody reads it, what was probably meant', () => {
  const root = treeWith('cgroup.memry=nokmem sysctl.vm.swappiness=1');
  const { stdout, exitCode } = audit(root, '--json');
  const report = JSON.parse(stdout);
  expect(exitCode).toBe(4);
  expect(report).toMatchObject({ command: 'audit', exitCode: 4 });
  expect(report.entries).toHaveLength(5);
  const from = expect.stringMatching(/^\/boot\/grub\/grub\.cfg:\d+$/);
  for (const { words } of report.entries) {
    expect(words.slice(-2)).toEqual([
      { word: 'cgroup.memry=nokmem', effect: 'none', from, suggestion: 'cgroup.memory=nokmem' },
      { word: 'sysctl.vm.swappiness=1', effect: 'unknown', from },
    ]);
    for (const { effect } of words.slice(0, -2)) expect(effect).toBe('known');
  }
});

test('people read the word, its place and the closest spelling', () => {
  const { stdout } = audit(treeWith('cgroup.memry=nokmem'));
  expect(stdout).toMatch(
    /cgroup\.memry=nokmem has no effect.*\s\(\/boot\/grub\/grub\.cfg:\d+(?: \d+){4}\) Did you mean cgroup\.memory=nokmem/,
  );
});

test('lines that are alike stand once, with what nobody reads marked; -v shows every entry', () => {
  const root = treeWith('cgroup.memry=nokmem');
  expect(audit(root).stdout.match(/\^{19} ignored by all 3/g)).toHaveLength(1);
  expect(audit(root, '-v').stdout.match(/cgroup\.memry=nokmem has no effect/g)).toHaveLength(5);
});

test('where every word is read, the exit code is 0', () => {
  const { exitCode, stderr } = audit(treeWith('systemd.show_status=1'));
  expect(exitCode).toBe(0);
  expect(stderr).toContain('Every word is read');
});

test('findings about a line are messages', () => {
  const many = Array.from({ length: 32 }, (_, index) => `unclaimed${index}=1`).join(' ');
  const { stdout } = audit(treeWith(`${many} loglevel=3 loglevel=4`), '--json');
  const { messages } = JSON.parse(stdout);
  expect(messages).toContainEqual({
    level: 'warning',
    code: 'audit.too-many-variables',
    data: { title: 'Debian GNU/Linux', count: 33 },
    text: expect.stringMatching(/^Debian GNU\/Linux: 33 words/),
  });
  expect(messages).toContainEqual({
    level: 'warning',
    code: 'audit.last-wins',
    data: { title: 'Debian GNU/Linux', name: 'loglevel', word: 'loglevel=4' },
    text: expect.stringContaining('loglevel=4'),
  });
});

test('what does not fit on the line is read by nobody', () => {
  const { stdout, exitCode } = audit(treeWith(`filler0=${'x'.repeat(2000)} quiet`), '--json');
  const { entries, messages } = JSON.parse(stdout);
  expect(exitCode).toBe(4);
  expect(entries[0].words.at(-1)).toMatchObject({ word: 'quiet', effect: 'none' });
  expect(messages).toContainEqual(expect.objectContaining({ code: 'audit.line-too-long' }));
});

test('the word of the story is found on CentOS 7.3, whose kernel ignores it', () => {
  const root = copyFixture('centos-7.3-dead-word');
  const before = treeOf(root);
  const { stdout, exitCode } = audit(root, '--json');
  expect(exitCode).toBe(4);
  const { entries } = JSON.parse(stdout);
  expect(entries[0].words).toContainEqual(
    expect.objectContaining({ word: 'cgroup.memory=nokmem', effect: 'none' }),
  );
  expect(treeOf(root)).toEqual(before);
});

test('a layout that is not understood is refused', () => {
  expect(audit(copyFixture('legacy-grub')).exitCode).toBe(3);
});
