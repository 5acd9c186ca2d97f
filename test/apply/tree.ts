import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ApplyOptions } from '../../src/apply/transaction.ts';
import { buildPlan, type FileChange } from '../../src/plan/build-plan.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** A temporary root with these files. */
export function makeTree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'bootmend-apply-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, 'latin1');
  }
  return root;
}

export function removeTree(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

/** Every file below a directory, but our state, links unfollowed, as `path mode uid gid` and text. */
export function readTree(root: string, below = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(join(root, below))) {
    const path = `${below}/${name}`;
    const status = lstatSync(join(root, path));
    if (status.isDirectory()) {
      if (path === '/var/lib/bootmend') continue;
      for (const [inner, text] of readTree(root, path)) found.set(inner, text);
    } else {
      const isLink = status.isSymbolicLink();
      const owner = `${(status.mode & 0o7777).toString(8)} ${status.uid} ${status.gid}`;
      found.set(
        path,
        `${owner}\n${isLink ? readlinkSync(join(root, path)) : readFileSync(join(root, path), 'latin1')}`,
      );
    }
  }
  return found;
}

export function planOf(changes: readonly (Omit<FileChange, 'decides'> & Partial<FileChange>)[]): Plan {
  return buildPlan(changes.map((change) => ({ decides: 'next-boot', ...change })));
}

/** Options of an apply that judges nothing, at a fixed time. */
export const plainOptions: ApplyOptions = {
  kind: 'apply',
  verify: async () => undefined,
  clock: () => new Date('2026-11-24T14:30:00.500Z'),
};
