import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectWholeCommand } from './installed-command.ts';
import { npm, project, temporaryFolder } from './packed.ts';

const folder = temporaryFolder();

/** The files of the project as they are now, committed where nothing else is. */
function freshClone(name: string): string {
  const clone = join(folder, name);
  mkdirSync(clone);
  const archive = 'tar -c --exclude=./node_modules --exclude=./dist --exclude=./.git . | tar -x -C "$1"';
  execFileSync('sh', ['-c', archive, 'sh', clone], { cwd: project });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: clone,
      stdio: 'pipe',
    });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'All');
  return clone;
}

test('npm install --global . in a clone where nothing was installed or built', () => {
  const clone = freshClone('clone');
  const prefix = join(folder, 'from-folder');
  npm(['install', '--global', '--prefer-offline', '--prefix', prefix, '.'], clone);
  expectWholeCommand(prefix);
});

test('npm install git+file://…', () => {
  const clone = freshClone('remote');
  const prefix = join(folder, 'from-git');
  npm(['install', '--global', '--prefer-offline', '--prefix', prefix, `git+file://${clone}`], folder);
  expectWholeCommand(prefix);
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' })).toBe('');
});
