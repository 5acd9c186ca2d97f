// Lays out the folder that every form of the portable bootmend carries: the package's own files, and a runtime.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findLicences } from './runtime.js';

/** @param runtime as `findRuntime` returns it */
export function stage(project, folder, runtime) {
  for (const path of packagedFiles(project)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(project, path), join(folder, path));
  }
  const libraries = join(folder, 'runtime/lib');
  mkdirSync(libraries, { recursive: true });
  for (const path of runtime.libraries) copyFileSync(path, join(libraries, basename(path)));
  execFileSync('strip', ['-o', join(folder, 'runtime/node'), runtime.node]);
  mkdirSync(join(folder, 'licences'));
  for (const [name, text] of findLicences()) writeFileSync(join(folder, `licences/${name}`), text);
  writeCompletions(project, join(folder, 'completion'));
  const launcher = readFileSync(new URL('launcher.sh', import.meta.url), 'utf8');
  writeFileSync(join(folder, 'bootmend'), launcher.replace('@LOADER@', basename(runtime.loader)));
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', folder]);
  chmodSync(join(folder, 'bootmend'), 0o755);
}

/** What `npm install` would bring, but for what only importing programs use. */
function packagedFiles(project) {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  return files.map(({ path }) => path).filter((path) => !/\.d\.ts$|\.map$/.test(path));
}

function writeCompletions(project, folder) {
  mkdirSync(folder);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = execFileSync(process.execPath, [join(project, 'bin/bootmend.js'), 'completion', shell]);
    writeFileSync(join(folder, `bootmend.${shell}`), script);
  }
}
