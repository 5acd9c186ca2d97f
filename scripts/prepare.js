// What npm runs before it packs or links a clone (`npm install --global .`, `npm install git+file://…`): brings what the build
// needs where it is missing, then builds.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

// What the npm that runs this was asked for, such as --global, is not meant for this one.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(global|location|prefix|omit|include|dry_run)/i.test(name),
  ),
);

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: project, stdio: 'inherit', env: environment });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(project, 'node_modules/esbuild')))
  run('npm', ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']);
run(process.execPath, [join(project, 'scripts/build.js')]);
