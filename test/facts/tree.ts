import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/root-host.ts';

/** What stands at a path: a file's text or bytes, a link, or a directory. */
export type TreeItem = string | Buffer | { readonly link: string } | { readonly directory: true };

export type Tree = Readonly<Record<string, TreeItem>>;

/** A host on a new directory that holds these paths; it is removed when the test has ended. */
export async function hostOf(tree: Tree): Promise<Host> {
  const root = mkdtempSync(join(tmpdir(), 'bootmend-facts-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, item] of Object.entries(tree)) {
    const place = join(root, path);
    mkdirSync(dirname(place), { recursive: true });
    if (typeof item === 'string') writeFileSync(place, item, 'latin1');
    else if (Buffer.isBuffer(item)) writeFileSync(place, item);
    else if ('link' in item) symlinkSync(item.link, place);
    else mkdirSync(place, { recursive: true });
  }
  return await openHost(root);
}

/** The same with the tree's own /proc and /sys taken for those of the running system. */
export async function runningHostOf(tree: Tree): Promise<Host> {
  return { ...(await hostOf(tree)), isRunningSystem: true };
}
