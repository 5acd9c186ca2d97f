import type { Host } from '../host/host.ts';
import { readImageRelease } from '../kernel/image/image-reading.ts';
import { type BootEntriesReading, readBootEntries } from './boot-entries.ts';
import { pathInRoot } from './boot-menu.ts';
import type { BootSources, KernelImage } from './boot-sources.ts';
import { releaseInName } from './entry-kind.ts';
import type { FamilyRules } from './family.ts';

/** The menu may name files that name files: more rounds than this mean that they name each other. */
const MAXIMUM_ROUNDS = 10;
const MAXIMUM_SCRIPT_BYTES = 64 << 20;
const MAXIMUM_IMAGE_BYTES = 512 << 20;

export interface BootSourcesReading {
  readonly sources: BootSources;
  readonly reading: BootEntriesReading;
}

/**
 * Read a grub.cfg with every file that it draws in and every kernel that it names.
 *
 * @param configPath links resolved
 * @param configText latin1
 */
export async function readBootSources(
  host: Host,
  rules: FamilyRules,
  configPath: string,
  configText: string,
): Promise<BootSourcesReading> {
  const prefix = configPath.slice(0, configPath.lastIndexOf('/'));
  const texts = new Map([[configPath, configText]]);
  const resolved = new Map<string, string | undefined>();
  const kernels = new Map<string, KernelImage | undefined>();
  const sources: BootSources = { rules, prefix, configPath, texts, resolved, kernels };
  let reading = readBootEntries(sources);
  for (let round = 0; round < MAXIMUM_ROUNDS && reading.ok; round += 1) {
    if (reading.wanted.length === 0 && reading.wantedKernels.length === 0) break;
    for (const path of reading.wanted) resolved.set(path, await readInto(host, texts, path));
    for (const image of reading.wantedKernels) kernels.set(image, await findKernel(host, image));
    reading = readBootEntries(sources);
  }
  return { sources, reading };
}

/** Where a path of GRUB's can lie on the host: /boot may be a partition of its own, or a btrfs subvolume come first. */
function candidates(path: string): readonly string[] {
  const withinBoot = path.indexOf('/boot/');
  if (withinBoot === 0) return [path];
  return withinBoot > 0 ? [path.slice(withinBoot), path] : [`/boot${path}`, path];
}

async function readInto(host: Host, texts: Map<string, string>, path: string): Promise<string | undefined> {
  for (const candidate of candidates(path)) {
    const file = await host.read(candidate, MAXIMUM_SCRIPT_BYTES);
    if (!file.ok) continue;
    texts.set(file.realPath, file.bytes.toString('latin1'));
    return file.realPath;
  }
  return undefined;
}

async function findKernel(host: Host, image: string): Promise<KernelImage | undefined> {
  const path = await findOnHost(host, image);
  if (path === undefined) return undefined;
  const file = await host.read(path, MAXIMUM_IMAGE_BYTES);
  const release = file.ok ? readImageRelease(file.bytes) : undefined;
  return { path, release: release ?? releaseInName(path) };
}

/** Where a file that the menu names lies on the host; undefined where it is not there. */
export async function findOnHost(host: Host, path: string): Promise<string | undefined> {
  const named = pathInRoot(path);
  for (const candidate of named === undefined ? [] : candidates(named)) {
    const found = await host.status(candidate);
    if (found.ok && found.status.kind === 'file') return candidate;
  }
  return undefined;
}
