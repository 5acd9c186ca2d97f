// `npm start`: installs and builds what is missing, then tells the story on a copy of a bundled CentOS 7.3 tree whose administrator
// had already added a word that its kernels ignore.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const launcher = join(project, 'bin/bootmend.js');

/** The files' lines, which a pipe gets; a person at a terminal is shown what changes in them. */
const DIFF = /^--- a\/[\s\S]*?\n(?=\n)/m;

function show(folder, why, words) {
  console.log(`\n# ${why}\n$ bootmend ${words} --root host`);
  const { status, stdout } = spawnSync(process.execPath, [launcher, ...words.split(' '), '--root', 'host'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const shown = stdout.replace(DIFF, (diff) => `  (${diff.split('\n').length - 1} lines of diff follow)\n`);
  if (shown !== '') console.log(shown.trimEnd());
  if (status !== 0) process.exitCode = status ?? 1;
}

function tell(folder) {
  console.log('A CentOS 7.3 host leaks kernel memory. cgroup.memory=nokmem was added, and it leaks on.');
  show(folder, 'What boots next, and does it leak?', 'status');
  show(folder, 'What would help, and where would it be written?', 'fix --dry-run');
  show(folder, 'Write it; at a terminal bootmend would ask, and --yes is for scripts.', 'fix --yes -q');
  show(folder, 'Does it stand there now?', 'status');
  show(folder, 'And back to every byte.', 'rollback --yes -q');
  console.log(`
On a machine of your own: node ${launcher} status, then sudo node ${launcher} fix.
"npm install --global ." gives the command its name: bootmend.`);
}

// Tests tell it of a build that is there.
const isBuilt = process.argv.includes('--built');
const prepare = join(project, 'scripts/prepare.js');
const built = isBuilt ? 0 : spawnSync(process.execPath, [prepare], { cwd: project, stdio: 'inherit' }).status;
if (built !== 0) process.exit(built ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'bootmend-'));
try {
  const tree = join(project, 'grub-fixtures/centos-7.3-dead-word');
  cpSync(tree, join(folder, 'host'), { recursive: true, verbatimSymlinks: true });
  tell(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
