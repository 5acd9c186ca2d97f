import type { Host } from '../host/host.ts';
import { isWithin } from '../host/root-path.ts';
import { isBootConfiguration, isBootConfigurationDirectory } from '../plan/boot-configuration.ts';
import type { StateFault } from './state-record.ts';

/** Directories of boot configuration that may be links to another place. */
const DIRECTORIES = [
  '/boot',
  '/efi',
  '/boot/efi',
  '/boot/grub',
  '/boot/grub2',
  '/boot/loader',
  '/boot/loader/entries',
  '/etc',
  '/etc/default',
  '/etc/default/grub.d',
  '/etc/kernel',
];

/** Files of boot configuration that may be links to another place. */
const FILES = [
  '/etc/default/grub',
  '/etc/kernel/cmdline',
  '/etc/grub2.cfg',
  '/etc/grub2-efi.cfg',
  '/boot/grub/grub.cfg',
  '/boot/grub/grubenv',
  '/boot/grub/custom.cfg',
  '/boot/grub2/grub.cfg',
  '/boot/grub2/grubenv',
  '/boot/grub2/custom.cfg',
];

/** Directories each file of which may be a link to another place. */
const OF_LINKS = [
  '/etc/default/grub.d',
  '/boot/loader/entries',
  '/efi/loader/entries',
  '/boot/efi/loader/entries',
];

/** Whether a path, links resolved, is that of boot configuration: by its name, or by a name of boot configuration that leads there. */
export async function isKnownFile(host: Host, path: string): Promise<boolean> {
  if (isBootConfiguration(path)) return true;
  for (const name of await namesOfDirectory(host, path)) if (isBootConfiguration(name)) return true;
  for (const name of FILES) if (await leadsTo(host, name, path)) return true;
  for (const directory of OF_LINKS) {
    const listed = await host.list(directory);
    for (const name of listed.ok ? listed.names : []) {
      const entry = `${directory}/${name}`;
      if (isBootConfiguration(entry) && (await leadsTo(host, entry, path))) return true;
    }
  }
  return false;
}

/** The same of a directory. */
export async function isKnownDirectory(host: Host, path: string): Promise<boolean> {
  if (isBootConfigurationDirectory(path)) return true;
  return (await namesOfDirectory(host, path)).some(isBootConfigurationDirectory);
}

/** Other names of a path, by the directories that lead to one above it. */
async function namesOfDirectory(host: Host, path: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const directory of DIRECTORIES) {
    const found = await host.status(directory);
    if (!found.ok || found.status.kind !== 'directory') continue;
    if (found.realPath === directory || found.realPath === '/') continue;
    if (isWithin(path, found.realPath)) names.push(directory + path.slice(found.realPath.length));
  }
  return names;
}

async function leadsTo(host: Host, name: string, path: string): Promise<boolean> {
  const found = await host.status(name);
  return found.ok && found.realPath === path;
}

/** The first path of a record of ours that no plan can have been for, as its fault. */
export async function findUnknownPath(
  host: Host,
  record: { readonly files: readonly { readonly path: string }[]; readonly directories: readonly string[] },
): Promise<StateFault | undefined> {
  for (const { path } of record.files) {
    if (!(await isKnownFile(host, path))) return { code: 'damaged', part: path };
  }
  for (const path of record.directories) {
    if (!(await isKnownDirectory(host, path))) return { code: 'damaged', part: path };
  }
  return undefined;
}
