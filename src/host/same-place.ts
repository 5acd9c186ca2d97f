import { closeSync, constants, openSync } from 'node:fs';
import { statusOf } from './read-descriptor.ts';
import { systemCode } from './system-error.ts';
import { O_PATH, type OpenPlace, pathInside } from './walk-path.ts';

/**
 * Whether a directory is still the one that its path leads to, by what it is and not by the text of the path: the kernel
 * tells the name by which it was looked up first, and that may be in another case (vfat) or the short name of a long one.
 *
 * Going up from it must lead to the root in as many steps as the path has names, and going down to it.
 */
export function isStillThere(
  root: number,
  { descriptor, realPath }: Pick<OpenPlace, 'descriptor' | 'realPath'>,
): boolean {
  const names = realPath.split('/').filter((name) => name !== '');
  const up = follow(
    descriptor,
    names.map(() => '..'),
  );
  const down = follow(root, names);
  return up === identityOf(root) && down === identityOf(descriptor);
}

/** What is found by following names, none of them a link; undefined where that can't be done. */
function follow(from: number, names: readonly string[]): string | undefined {
  let here = from;
  try {
    for (const name of names) {
      const next = openSync(pathInside(here, name), O_PATH | constants.O_NOFOLLOW | constants.O_DIRECTORY);
      if (here !== from) closeSync(here);
      here = next;
    }
    return identityOf(here);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  } finally {
    if (here !== from) closeSync(here);
  }
}

function identityOf(descriptor: number): string {
  const { device, inode } = statusOf(descriptor);
  return `${device} ${inode}`;
}
