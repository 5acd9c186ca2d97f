import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collection, withHome } from './controller.ts';

/** A copy of the collection where Ansible's own tools ask one to lie. */
export interface LaidCollection {
  /** The folder of collections. */
  readonly place: string;
  /** The collection in it. */
  readonly there: string;
  readonly run: (
    program: string,
    words: readonly string[],
    cwd?: string,
  ) => { readonly status: number | null; readonly output: string; readonly stdout: string };
  readonly remove: () => void;
}

export function layCollection(): LaidCollection {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-collection-'));
  const there = join(place, 'ansible_collections/bootmend/bootmend');
  mkdirSync(there, { recursive: true });
  cpSync(collection, there, { recursive: true });
  const env = { ...withHome(place), ANSIBLE_COLLECTIONS_PATH: place, PYTHONPATH: place, NO_COLOR: '1' };
  return {
    place,
    there,
    run: (program, words, cwd = there) => {
      const { status, stdout, stderr } = spawnSync(program, words, { cwd, encoding: 'utf8', env });
      return { status, output: stdout + stderr, stdout };
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
