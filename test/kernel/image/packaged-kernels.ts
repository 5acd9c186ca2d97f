import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPayload } from '../../../src/kernel/image/payload.ts';
import { isStrict, noteMissing } from '../../oracle/missing.ts';

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
    const message = 'packaged kernels: set BOOTMEND_KERNELS and run test/kernel/image/fetch-kernels.sh small';
    if (isStrict) throw new Error(message);
    noteMissing(message);
    return [];
  }
  const names = readdirSync(directory).filter((name) => existsSync(join(directory, name, 'vmlinuz')));
  return names.sort().map((name) => readKernel(directory, name));
}

/**
 * A bzImage packed with LZ4, whose literals stand in the file as they are; undefined where none was fetched. Of several
 * the last by name: caches for accounted objects are told apart since 5.14.
 */
export function lz4Kernel(): PackagedKernel | undefined {
  return packagedKernels().findLast((kernel) => {
    const payload = findPayload(kernel.file());
    return payload.ok && payload.container === 'bzimage' && payload.candidates[0]?.compression === 'lz4';
  });
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
