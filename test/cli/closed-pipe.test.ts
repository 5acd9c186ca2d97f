import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandLine, copyFixture, treeOf } from './run-cli.ts';

let notes = '';
beforeEach(() => {
  notes = mkdtempSync(join(tmpdir(), 'bootmend-pipe-'));
});
afterEach(() => rmSync(notes, { recursive: true, force: true }));

/** Runs the command when the reader of its output has gone already. */
function runUnread(words: readonly string[]): { exitCode: number; stderr: string } {
  const script = `notes=$1; shift; { sleep 0.2; "$@" 2>"$notes/stderr"; echo $? >"$notes/exit"; } | true`;
  spawnSync('sh', ['-c', script, 'sh', notes, ...commandLine(words)]);
  const read = (name: string) => readFileSync(join(notes, name), 'utf8');
  return { exitCode: Number(read('exit')), stderr: read('stderr') };
}

test('fix whose output nobody reads does its work, says nothing of it and exits as the work did', () => {
  const root = copyFixture('centos-7.3');
  const { exitCode, stderr } = runUnread(['fix', '--yes', '--root', root]);
  expect(exitCode).toBe(0);
  expect(stderr).not.toMatch(/EPIPE|at .*\.c?js/);
  expect(treeOf(root)['/etc/default/grub']).toContain('cgroup_disable=memory');
});

test.each([
  ['a refusal', ['set', 'root=/dev/x', '--yes'], 3],
  ['a pending change', ['fix', '--dry-run', '--check'], 4],
])('the exit code of %s is its own', (_, words, expected) => {
  const root = copyFixture('centos-7.3');
  const { exitCode, stderr } = runUnread([...words, '--root', root]);
  expect(exitCode).toBe(expected);
  expect(stderr).not.toContain('EPIPE');
});
