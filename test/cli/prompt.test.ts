import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { hasProgram } from '../oracle/available.ts';
import { copyFixture, runCli, treeOf } from './run-cli.ts';
import { withUnfinishedChange } from './unfinished-tree.ts';

/** A real terminal: tmux runs the command, types, and shows the screen. */
const SOCKET = `bootmend-test-${process.pid}`;
const launcher = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin/bootmend.js');

function tmux(...args: readonly string[]): string {
  return spawnSync('tmux', ['-L', SOCKET, '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout;
}

afterEach(() => tmux('kill-server'));

interface Window {
  readonly columns?: number;
  readonly rows?: number;
  readonly words?: string;
}

function open(root: string, { columns = 160, rows = 60, words = 'fix' }: Window = {}): void {
  const command = `LC_ALL=C.UTF-8 ${process.execPath} ${launcher} ${words} --root ${root}; echo "exit=$?"; sleep 60`;
  tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, command);
}

async function screenWith(text: string | RegExp): Promise<string> {
  const isThere = (screen: string) => (typeof text === 'string' ? screen.includes(text) : text.test(screen));
  for (let tries = 0; tries < 300; tries += 1) {
    const screen = tmux('capture-pane', '-p', '-S', '-');
    if (isThere(screen)) return screen;
    await sleep(100);
  }
  return tmux('capture-pane', '-p', '-S', '-');
}

function type(...keys: readonly string[]): void {
  for (const key of keys) tmux('send-keys', key);
}

const isThere = hasProgram('tmux', '-V');

test.runIf(isThere).each([
  { rule: 'Enter alone means No', keys: ['Enter'], exit: 3, isWritten: false },
  { rule: 'n means No', keys: ['n', 'Enter'], exit: 3, isWritten: false },
  { rule: 'Ctrl-C means interrupted', keys: ['C-c'], exit: 130, isWritten: false },
  { rule: 'y writes', keys: ['y', 'Enter'], exit: 0, isWritten: true },
  { rule: '是 writes, too', keys: ['是', 'Enter'], exit: 0, isWritten: true },
])('at a terminal: $rule', async ({ keys, exit, isWritten }) => {
  const root = copyFixture('centos-7.3');
  const before = treeOf(root);
  open(root);
  const question = await screenWith('Write it?');
  expect(question).toContain('quiet +cgroup_disable=memory+');
  expect(question).toContain('whole, and without a handler cgroup_memory');
  expect(question).toContain('[y]es  [N]o  [d]iff  [w]hy  [e]ntries  other [r]emedy:');
  expect(question, 'warnings stand before the question').toMatch(/rescue entry.*Write it\?/s);
  expect(question, 'the counts stand right above the question').toMatch(
    /2 files, 4 lines\. It takes effect with the next reboot\.\n *Write it\?/,
  );
  type(...keys);
  const end = await screenWith('exit=');
  expect(end).toContain(`exit=${exit}\n`);
  expect(end.match(/a rescue entry/g), 'said once').toHaveLength(1);
  const after = end.slice(end.indexOf('Write it?'));
  expect(after.includes('Written, and read back as planned: 2 files.')).toBe(isWritten);
  expect(/^Undo +bootmend rollback 2/m.test(after)).toBe(isWritten);
  expect(after.includes('Not yet active')).toBe(isWritten);
  expect(after.includes('Nothing was written.')).toBe(!isWritten);
  expect(after, 'a no is not scolded').not.toMatch(exit === 3 ? /error|warning|Refused/ : /warning/);
  if (isWritten) expect(treeOf(root)).not.toEqual(before);
  else expect(treeOf(root)).toEqual(before);
});

test.runIf(isThere).each([
  { key: 'd', shows: '+GRUB_CMDLINE_LINUX="crashkernel=auto' },
  { key: 'w', shows: 'cgroup.memory=nokmem: absent' },
  { key: 'e', shows: /CentOS Linux \(0-rescue-\w+\) 7 \(Core\) {2}\(rescue/ },
  { key: 'x', shows: 'Answer with one of: y n d w e r' },
])('at a terminal: $key shows more and asks again', async ({ key, shows }) => {
  const root = copyFixture('centos-7.3');
  open(root);
  await screenWith('Write it?');
  type(key, 'Enter');
  const more = await screenWith(shows);
  expect(more).toMatch(shows);
  const again = await screenWith(key === 'x' ? shows : /Write it\?.*Write it\?/s);
  expect(again).toMatch(key === 'x' ? shows : /2 files, 4 lines\..*\n *Write it\?.*Write it\?/s);
  type('C-c');
  expect(await screenWith('exit=')).toContain('exit=130');
});

test.runIf(isThere)(
  'at a terminal: r offers the remedies with their cost, and the one chosen is planned',
  async () => {
    const root = copyFixture('debian-9');
    open(root);
    expect(await screenWith('Write it?')).toContain('+cgroup.memory=nokmem+');
    type('r', 'Enter');
    const choices = await screenWith('Which one? [1]');
    expect(choices).toMatch(/3 +cgroup_disable=memory works\. Cost: no memory limit/);
    type('3', 'Enter');
    const other = await screenWith('+cgroup_disable=memory+');
    expect(other).toMatch(/Which one\?.*Add cgroup_disable=memory\./s);
    await screenWith(/Which one\?.*Write it\?/s);
    type('y', 'Enter');
    expect(await screenWith('exit=')).toContain('exit=0');
    expect(treeOf(root)['/etc/default/grub']).toContain('cgroup_disable=memory');
  },
);

test.runIf(isThere).each([
  { rule: 'Enter changes nothing', keys: ['Enter'], exit: 0, isWritten: false },
  { rule: '1 changes nothing', keys: ['1', 'Enter'], exit: 0, isWritten: false },
  { rule: 'Ctrl-C changes nothing', keys: ['C-c'], exit: 130, isWritten: false },
  { rule: '2, then y, writes the milder word', keys: ['2', 'Enter', 'y', 'Enter'], exit: 0, isWritten: true },
])('where it is not known whether the kernels leak: $rule', async ({ keys, exit, isWritten }) => {
  const root = copyFixture('rocky-8');
  const before = treeOf(root);
  open(root, { columns: 80, rows: 24 });
  const question = await screenWith('Which one? [1]');
  expect(question).toMatch(/It is not known whether these kernels leak: .*1 +Change nothing\./s);
  expect(question).toMatch(/2 +cgroup\.memory=nokmem works\. Cost: memory limits/);
  for (const key of keys) {
    if (key === 'y') await screenWith('Write it?');
    type(key);
  }
  expect(await screenWith('exit=')).toContain(`exit=${exit}\n`);
  expect(treeOf(root)['/boot/grub2/grubenv'] !== before['/boot/grub2/grubenv']).toBe(isWritten);
});

test.runIf(isThere).each([60, 80, 120])('the screen of fix fits into %i columns', async (columns) => {
  const root = copyFixture('centos-7.3-dead-word');
  open(root, { columns, rows: 50 });
  const screen = await screenWith('Write it?');
  const plain = tmux('capture-pane', '-p', '-J', '-S', '-').trimEnd();
  const lines = plain.split('\n').slice(
    0,
    plain.split('\n').findIndex((line) => line.includes('Undo')),
  );
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  expect(screen).toMatch(/-cgroup\.memory=nokmem-\s+\+cgroup_disable=memory\+/);
  if (columns === 80) expect(plain.split('\n').length, 'on a terminal of 24 lines').toBeLessThanOrEqual(24);
});

test.runIf(isThere)('rollback asks with what comes back', async () => {
  const root = copyFixture('centos-7.3-dead-word');
  const before = treeOf(root);
  runCli(['fix', '--yes', '--root', root]);
  open(root, { columns: 80, rows: 24, words: 'rollback' });
  const question = await screenWith('Undo it?');
  expect(question).toMatch(/^Undo the change of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  expect(question).toContain('-cgroup_disable=memory- +cgroup.memory=nokmem+');
  expect(question.replaceAll(/\s+/g, ' ')).toContain('with the next reboot the leak is back');
  expect(question).toContain('[y]es  [N]o  [d]iff:');
  type('y', 'Enter');
  expect(await screenWith('exit=')).toContain('exit=0');
  expect(treeOf(root)).toEqual(before);
});

test.runIf(isThere && hasProgram('less', '--version'))(
  'what is longer than the window is paged, and the summary stands after it',
  async () => {
    const root = copyFixture('centos-7.3-dead-word');
    open(root, { columns: 80, rows: 15 });
    const first = await screenWith('Replace');
    expect(first).not.toContain('Write it?');
    type('q');
    expect(await screenWith('Write it?')).toMatch(/2 files, 4 lines/);
    type('C-c');
    expect(await screenWith('exit=')).toContain('exit=130');
  },
);

test.runIf(isThere)(
  'at a terminal a change that was cut short is settled only when that is agreed to',
  async () => {
    const root = withUnfinishedChange();
    const before = treeOf(root);
    open(root);
    const question = await screenWith('Settle it now?');
    expect(question.replaceAll(/\s+/g, ' ')).toMatch(
      /A change of \/etc\/default\/grub .* was cut short \(backup 2/,
    );
    type('Enter');
    expect(await screenWith('exit=')).toContain('exit=3');
    expect(treeOf(root)).toEqual(before);
  },
);
