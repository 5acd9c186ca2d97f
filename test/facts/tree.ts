import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { familyRules, recognizeFamily } from '../../src/facts/family.ts';
import { readFirmware } from '../../src/facts/layout/firmware.ts';
import type { LoaderFinding } from '../../src/facts/layout/loader-finding.ts';
import { recognizeLoader } from '../../src/facts/loader.ts';
import { readFstab } from '../../src/facts/mounts.ts';
import { readOsRelease } from '../../src/facts/os-release.ts';
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

/** What boots a host, asked as `gather` does. */
export async function findLoader(host: Host): Promise<LoaderFinding> {
  const release = await readOsRelease(host);
  const rules = familyRules[release === undefined ? 'other' : recognizeFamily(release)];
  return recognizeLoader(host, rules, await readFirmware(host), await readFstab(host));
}
