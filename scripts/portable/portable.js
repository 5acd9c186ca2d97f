// `npm run portable`: bootmend with a runtime of its own, for hosts without Node, down to CentOS 7 (docs/portable.md).
//
//   npm run portable                        portable/bootmend-VERSION-linux-ARCH.run and .tar.xz
//   npm run portable -- --gzip              the same for hosts without xz
//   npm run portable -- --rpm --deb         packages as well
//   npm run portable -- --directory DIR     into DIR
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compress, suffixOf, writeSelfUnpacking, writeTar } from './archive.js';
import { writeDeb, writeRpm } from './packages.js';
import { findRuntime, whyTooNew } from './runtime.js';
import { stage } from './stage.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
const UNAMES = { x64: 'Linux-x86_64', arm64: 'Linux-aarch64' };

function main() {
  const { values } = parseArgs({
    options: {
      gzip: { type: 'boolean', default: false },
      rpm: { type: 'boolean', default: false },
      deb: { type: 'boolean', default: false },
      directory: { type: 'string', default: join(project, 'portable') },
    },
  });
  const uname = UNAMES[process.arch];
  if (process.platform !== 'linux' || uname === undefined) refuse('it is made on Linux, on x86-64 or arm64');
  if (!existsSync(join(project, 'dist/cli/main.cjs')))
    refuse('dist/ is not built: run "npm run build" first');
  const runtime = findRuntime();
  const tooNew = whyTooNew([runtime.node, ...runtime.libraries]);
  if (tooNew !== undefined) refuse(tooNew);
  mkdirSync(values.directory, { recursive: true });
  for (const path of build(values, runtime, uname)) console.log(`${path}  ${statSync(path).size} bytes`);
}

function build({ gzip, rpm, deb, directory }, runtime, uname) {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const platform = `linux-${process.arch}`;
  const name = `bootmend-${version}-${platform}`;
  const compression = gzip ? 'gzip' : 'xz';
  const work = mkdtempSync(join(tmpdir(), 'bootmend-portable-'));
  try {
    const folder = join(work, name);
    stage(project, folder, runtime);
    const tar = join(work, 'tar');
    writeTar(work, name, tar);
    const archive = join(directory, `${name}.tar.${suffixOf(compression)}`);
    compress(tar, archive, compression);
    const run = join(directory, `${name}.run`);
    writeSelfUnpacking(archive, run, {
      compression,
      name,
      version,
      platform,
      uname,
      bytes: statSync(tar).size,
    });
    const packaged = { version, architecture: process.arch, compression };
    return [
      run,
      archive,
      ...(rpm ? [writeRpm(folder, directory, packaged)] : []),
      ...(deb ? [writeDeb(folder, directory, packaged)] : []),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function refuse(why) {
  console.error(`The portable bootmend can't be made here: ${why}.`);
  process.exit(1);
}

main();
