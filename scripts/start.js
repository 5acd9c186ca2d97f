// `npm start`: installs and builds what is missing, then tells the story on a copy of a bundled CentOS 7.3 tree whose administrator
// had already added a word that its kernels ignore.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const launcher = join(project, 'bin/bootmend.js');

function run(program, args, options) {
  const { status } = spawnSync(program, args, { stdio: 'inherit', ...options });
  if (status !== 0) process.exit(status ?? 1);
}

const folder = mkdtempSync(join(tmpdir(), 'bootmend-'));

function show(why, words) {
  console.log(`\n# ${why}\n$ bootmend ${words} --root host`);
  run(process.execPath, [launcher, ...words.split(' '), '--root', 'host'], { cwd: folder });
}

run(process.execPath, [join(project, 'scripts/prepare.js')], { cwd: project });

try {
  cpSync(join(project, 'grub-fixtures/centos-7.3-dead-word'), join(folder, 'host'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  console.log(
    '\nA CentOS 7.3 host leaks kernel memory. Its administrator added cgroup.memory=nokmem, and it leaks on.',
  );
  show('What boots next, and does it leak?', 'status');
  show(
    'The kernel has no handler for that word. What would help, and what would be written?',
    'fix --dry-run',
  );
  show('Write it. On a terminal bootmend asks; --yes is for scripts.', 'fix --yes -q');
  show('The word stands there now, and works:', 'status');
  show('Back to every byte:', 'rollback --yes -q');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`
On a machine of your own: node ${launcher} status, then sudo node ${launcher} fix.
"npm install --global ." gives the command its name: bootmend.`);
