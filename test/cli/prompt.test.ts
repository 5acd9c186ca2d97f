import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { hasProgram } from '../oracle/available.ts';
import { copyFixture, treeOf } from './run-cli.ts';
import { withUnfinishedChange } from './unfinished-tree.ts';

/** A real terminal: tmux runs the command, types, and shows the screen. */
const SOCKET = `bootmend-test-${process.pid}`;
const launcher = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin/bootmend.js');

function tmux(...args: readonly string[]): string {
  return spawnSync('tmux', ['-L', SOCKET, '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout;
}

afterEach(() => tmux('kill-server'));

function open(root: string): void {
  const command = `LC_ALL=C ${process.execPath} ${launcher} fix --root ${root}; echo "exit=$?"; sleep 60`;
  tmux('new-session', '-d', '-x', '160', '-y', '200', command);
}

async function screenWith(text: string): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const screen = tmux('capture-pane', '-p');
    if (screen.includes(text)) return screen;
    await sleep(100);
  }
  return tmux('capture-pane', '-p');
}

const isThere = hasProgram('tmux', '-V');

test.runIf(isThere).each([
  { rule: 'Enter alone means No', keys: ['Enter'], says: 'exit=3', isWritten: false },
  { rule: 'n means No', keys: ['n', 'Enter'], says: 'exit=3', isWritten: false },
  { rule: 'Ctrl-C means interrupted', keys: ['C-c'], says: 'exit=130', isWritten: false },
  { rule: 'y writes', keys: ['y', 'Enter'], says: 'exit=0', isWritten: true },
])('at a terminal: $rule', async ({ keys, says, isWritten }) => {
  const root = copyFixture('centos-7.3');
  const before = treeOf(root);
  open(root);
  const question = await screenWith('Write these changes?');
  expect(question).toContain('+GRUB_CMDLINE_LINUX=');
  expect(question).toContain('cgroup.memory=nokmem would do nothing here');
  expect(question).toContain('(y/N)');
  expect(question, 'warnings stand before the question').toMatch(/rescue entry.*Write these changes\?/s);
  for (const key of keys) tmux('send-keys', key);
  const end = await screenWith('exit=');
  expect(end).toContain(says);
  expect(end.match(/a rescue entry/g), 'said once').toHaveLength(1);
  expect(end.includes('takes effect with the next reboot')).toBe(isWritten);
  if (isWritten) expect(treeOf(root)).not.toEqual(before);
  else expect(treeOf(root)).toEqual(before);
});

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
    tmux('send-keys', 'Enter');
    expect(await screenWith('exit=')).toContain('exit=3');
    expect(treeOf(root)).toEqual(before);
  },
);
