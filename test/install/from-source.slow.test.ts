import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { expectCommand, expectGlobalCommand } from './installed-command.ts';
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
  expectGlobalCommand(prefix);
});

describe('from git', () => {
  const source = `git+file://${freshClone('remote')}`;

  test('npm install git+file://…', () => {
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{}');
    npm(['install', '--prefer-offline', source], project);
    expectCommand(join(project, 'node_modules/.bin'));
  });

  // Without --install-links, npm links what it has cloned and deletes the clone (npm/cli issue 6984).
  test('npm install --global --install-links git+file://…', () => {
    const prefix = join(folder, 'from-git');
    npm(['install', '--global', '--install-links', '--prefer-offline', '--prefix', prefix, source], folder);
    expectGlobalCommand(prefix);
  });
});
