// The Node that builds, with its shared libraries and the C library's own loader: a runtime that asks the host for
// nothing but a kernel.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/** CentOS 7's. */
const OLDEST_KERNEL = [3, 10];

/**
 * @returns {{ node: string, libraries: string[], loader: string }} paths; `loader` is one of the libraries
 * @throws where a library is missing on this machine
 */
export function findRuntime() {
  const node = realpathSync(process.execPath);
  const lines = output('ldd', [node]).split('\n');
  const libraries = [];
  for (const line of lines) {
    if (line.includes('not found')) throw new Error(`ldd: ${line.trim()}`);
    const path = /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1];
    if (path !== undefined) libraries.push(path);
  }
  const loader = libraries.find((path) => basename(path).startsWith('ld-'));
  if (loader === undefined)
    throw new Error(`${node} has no loader of its own (a static build, or another C library)`);
  return { node, libraries, loader };
}

/** Why this machine's libraries would not run on the oldest host, in a sentence; undefined where they do. */
export function whyTooNew(files) {
  for (const file of files) {
    const notes = output('readelf', ['--notes', '--wide', file]);
    const [, major, minor] = /OS: Linux, ABI: (\d+)\.(\d+)/.exec(notes) ?? [];
    const isNewer =
      Number(major) > OLDEST_KERNEL[0] ||
      (Number(major) === OLDEST_KERNEL[0] && Number(minor) > OLDEST_KERNEL[1]);
    if (isNewer)
      return `${file} asks for Linux ${major}.${minor}, and CentOS 7 has ${OLDEST_KERNEL.join('.')}`;
    const level = /x86 ISA needed:.*x86-64-v([2-4])/.exec(notes)?.[1];
    if (level !== undefined) return `${file} asks for a processor of x86-64-v${level}`;
  }
  return undefined;
}

/** The licence texts that have to go with the runtime, as [name, path]. @throws where one is not on this machine */
export function findLicences() {
  const prefix = realpathSync(process.execPath).replace(/\/bin\/node$/, '');
  const candidates = {
    node: [`${prefix}/LICENSE`, `${prefix}/share/doc/nodejs/LICENSE`, `${prefix}/share/doc/node/LICENSE`],
    glibc: ['/usr/share/doc/libc6/copyright', '/usr/share/licenses/glibc/COPYING.LIB'],
    'gcc-runtime': [
      '/usr/share/doc/libstdc++6/copyright',
      '/usr/share/doc/gcc-12-base/copyright',
      '/usr/share/licenses/libstdc++/COPYING.RUNTIME',
    ],
  };
  return Object.entries(candidates).map(([name, paths]) => {
    const path = paths.find((candidate) => existsSync(candidate));
    if (path === undefined) throw new Error(`the licence of ${name} is at none of ${paths.join(', ')}`);
    return [name, readFileSync(path)];
  });
}

function output(program, words) {
  return execFileSync(program, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
}
