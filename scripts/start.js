// `npm start`: installs and builds what is missing, then runs the main job on a copy of the bundled CentOS 7.3 tree.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const launcher = join(project, 'bin/bootmend.js');

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: project, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function show(words, root) {
  console.log(`\n$ bootmend ${words.join(' ')} --root ${root}`);
  run(process.execPath, [launcher, ...words, '--root', root]);
}

run(process.execPath, [join(project, 'scripts/prepare.js')]);

const copy = mkdtempSync(join(tmpdir(), 'bootmend-'));
try {
  cpSync(join(project, 'grub-fixtures/centos-7.3'), copy, { recursive: true, verbatimSymlinks: true });
  console.log(
    `A CentOS 7.3 host whose kernel ignores cgroup.memory=nokmem without a word, copied to ${copy}`,
  );
  show(['status'], copy);
  show(['fix', '--dry-run'], copy);
  show(['fix', '--yes'], copy);
  show(['fix', '--yes'], copy);
  show(['rollback', '--yes'], copy);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

console.log(`
On a machine of your own:

  node ${launcher} status
  sudo node ${launcher} fix --dry-run
  sudo node ${launcher} fix

or install the command with "npm install --global ." and call it bootmend.`);
