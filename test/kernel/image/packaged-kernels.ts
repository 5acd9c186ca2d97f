import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A kernel that fetch-kernels.sh brought. */
export interface PackagedKernel {
  /** RELEASE_ARCHITECTURE, the architecture as Debian names it. */
  readonly name: string;
  readonly release: string;
  readonly debianArchitecture: string;
  readonly path: string;
  readonly file: () => Buffer;
  /** latin1; undefined where the package has none. */
  readonly config: string | undefined;
  readonly builtinModinfo: string | undefined;
}

/** All of them, by name; none where they were not fetched, which is said aloud and fails in CI. */
export function packagedKernels(): readonly PackagedKernel[] {
  const directory = process.env['BOOTMEND_KERNELS'];
  if (directory === undefined || !existsSync(directory)) {
    const message =
      'no packaged kernels: set BOOTMEND_KERNELS and run test/kernel/image/fetch-kernels.sh small';
    if (process.env['CI'] === 'true') throw new Error(message);
    console.warn(`SKIPPED: ${message}`);
    return [];
  }
  const names = readdirSync(directory).filter((name) => existsSync(join(directory, name, 'vmlinuz')));
  return names.sort().map((name) => readKernel(directory, name));
}

function readKernel(directory: string, name: string): PackagedKernel {
  const separator = name.lastIndexOf('_');
  const path = join(directory, name, 'vmlinuz');
  const text = (file: string): string | undefined => {
    const place = join(directory, name, file);
    return existsSync(place) ? readFileSync(place, 'latin1') : undefined;
  };
  return {
    name,
    release: name.slice(0, separator),
    debianArchitecture: name.slice(separator + 1),
    path,
    file: () => readFileSync(path),
    config: text('config'),
    builtinModinfo: text('modules.builtin.modinfo'),
  };
}
