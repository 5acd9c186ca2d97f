import { isEnvironmentBlock } from '../grub/environment-block.ts';
import type { Host } from '../host/host.ts';
import type { BootEntriesReading, WantedSources } from './boot-entry.ts';
import { endOfReading, pathOnAnyDevice, readBootMenu } from './boot-menu.ts';
import type {
  BootSources,
  EntryFile,
  GrubPlatform,
  GrubSources,
  KernelImage,
  SystemdBootDirectory,
  SystemdBootSources,
} from './boot-sources.ts';
import type { FamilyRules } from './family.ts';
import { grubEntries } from './grub-entries.ts';
import type { Firmware } from './layout/firmware.ts';
import type { DecidingConfig, SystemdBootFinding, UnreadPath } from './layout/loader-finding.ts';
import { exists, namesIn, readText } from './layout/read-text.ts';
import { locateKernel } from './locate-kernel.ts';
import { readSystemdBootEntries } from './systemd-boot-entries.ts';

/** The menu may name files that name files: more rounds than this mean that they name each other. */
const MAXIMUM_ROUNDS = 10;
/** Of a script, or an environment block with it: see docs/limits.md for all of them. */
const MAXIMUM_SCRIPT_BYTES = 16 << 20;
const MAXIMUM_ENVIRONMENT_BYTES = 64 << 10;
const MAXIMUM_ENTRY_BYTES = 64 << 10;
const MAXIMUM_ENTRIES = 10_000;
const ENTRIES = '/loader/entries';
/** A file that a script tests for or takes in, by its path from the root of its device or from GRUB's own directory. */
const NAMED_FILE = /(?:-[defs]|source) +"?(\$\{?(?:prefix|config_directory)\}?)?(\/[\w./-]+)/g;

/** The files of a loader, and the menu that they make. */
export interface BootSourcesReading {
  readonly sources: BootSources;
  readonly reading: BootEntriesReading;
  /** Entry files that are there and could not be read. */
  readonly unread: readonly UnreadPath[];
}

interface Collected {
  readonly texts: Map<string, string>;
  readonly resolved: Map<string, string | undefined>;
  readonly directories: Set<string>;
  readonly entryDirectories: Map<string, readonly EntryFile[] | undefined>;
  readonly kernels: Map<string, KernelImage | undefined>;
  readonly unread: UnreadPath[];
}

/**
 * Read a grub.cfg with every file that it draws in and every kernel that it names.
 *
 * @param rootSource what /etc/fstab names for `/`
 */
export async function readGrubSources(
  host: Host,
  rules: FamilyRules,
  platform: GrubPlatform,
  { path: configPath, text: configText }: Pick<DecidingConfig, 'path' | 'text'>,
  rootSource: string | undefined,
): Promise<BootSourcesReading> {
  const prefix = configPath.slice(0, configPath.lastIndexOf('/'));
  const collected = collect();
  collected.texts.set(configPath, configText);
  const machineId = await readMachineId(host);
  const common = { rules, configPath, rootSource, machineId };
  const sources: GrubSources = { kind: 'grub2', prefix, platform, ...common, ...collected };
  for (const path of filesNamedIn(configText, prefix)) await resolve(host, path, collected);
  let menu = readBootMenu(sources);
  for (let round = 0; round < MAXIMUM_ROUNDS && menu.ok && menu.wanted.length > 0; round += 1) {
    for (const path of menu.wanted) await resolve(host, path, collected);
    menu = readBootMenu(sources);
  }
  return complete(host, sources, collected, () => grubEntries(sources, menu));
}

/** What a script will ask for, as far as a glance tells: with it at hand, evaluating the script once is enough. */
function filesNamedIn(text: string, prefix: string): ReadonlySet<string> {
  const names = [...text.matchAll(NAMED_FILE)];
  return new Set(names.map(([, directory, path = '']) => (directory === undefined ? path : prefix + path)));
}

/** Read the entry files of systemd-boot, its settings, and every kernel that the entries name. */
export async function readSystemdBootSources(
  host: Host,
  rules: FamilyRules,
  { loaderConf, entryDirectories }: SystemdBootFinding,
  { entries: { oneShot, variable, lastBooted } }: Firmware,
  rootSource: string | undefined,
): Promise<BootSourcesReading> {
  const collected = collect();
  const directories: SystemdBootDirectory[] = [];
  for (const directory of entryDirectories) {
    const mountPoint = directory.slice(0, -ENTRIES.length) || '/';
    const files = (await entryFilesIn(host, directory, collected)) ?? [];
    const images = await namesIn(host, `${directory.slice(0, -ENTRIES.length)}/EFI/Linux`);
    const unifiedImages = images.filter((name) => name.toLowerCase().endsWith('.efi'));
    directories.push({ mountPoint, files, unifiedImages });
  }
  const settings = loaderConf === undefined ? undefined : await readText(host, loaderConf);
  if (settings?.ok === true) collected.texts.set(settings.realPath, settings.text);
  const configPath = settings?.ok === true ? settings.realPath : (entryDirectories[0] ?? '');
  const sources: SystemdBootSources = {
    kind: 'systemd-boot',
    rules,
    configPath,
    rootSource,
    machineId: await readMachineId(host),
    choice: { oneShot, variable, lastBooted },
    texts: collected.texts,
    kernels: collected.kernels,
    entryDirectories: directories,
  };
  return complete(host, sources, collected, () => readSystemdBootEntries(sources));
}

function collect(): Collected {
  return {
    texts: new Map(),
    resolved: new Map(),
    directories: new Set(),
    entryDirectories: new Map(),
    kernels: new Map(),
    unread: [],
  };
}

/** Read the entry files and the kernels that the menu asks for until it asks for nothing more. */
async function complete(
  host: Host,
  sources: BootSources,
  collected: Collected,
  read: () => BootEntriesReading,
): Promise<BootSourcesReading> {
  let reading = read();
  for (let round = 0; round < MAXIMUM_ROUNDS && reading.ok && isAsking(reading.wanted); round += 1) {
    const { entryDirectories, kernels } = reading.wanted;
    for (const path of entryDirectories) {
      collected.entryDirectories.set(path, await findEntryFiles(host, path, collected));
    }
    for (const image of kernels) collected.kernels.set(image, await findKernel(host, image));
    reading = read();
  }
  return { sources, reading, unread: collected.unread };
}

function isAsking({ entryDirectories, kernels }: WantedSources): boolean {
  return entryDirectories.length + kernels.length > 0;
}

async function readMachineId(host: Host): Promise<string | undefined> {
  const file = await readText(host, '/etc/machine-id', 4096);
  return file.ok ? /^[0-9a-f]{32}/.exec(file.text)?.[0] : undefined;
}

/** Where a path of GRUB's can lie on the host: /boot may be a partition of its own, or a btrfs subvolume come first. */
function candidates(path: string): readonly string[] {
  const withinBoot = path.indexOf('/boot/');
  if (withinBoot === 0) return [path];
  return withinBoot > 0 ? [path.slice(withinBoot), path] : [`/boot${path}`, path];
}

/** A file that a script names, with its text; one that is larger than any such file is not taken for missing. */
async function resolve(
  host: Host,
  path: string,
  { texts, resolved, directories, unread }: Collected,
): Promise<void> {
  for (const candidate of candidates(path)) {
    const file = await readText(host, candidate, MAXIMUM_SCRIPT_BYTES);
    if (!file.ok && file.reason === 'not-a-file' && (await isDirectory(host, candidate))) {
      directories.add(path);
      break;
    }
    const isLarge = file.ok ? isTooMuch(file.text) : file.reason === 'too-large';
    if (isLarge) unread.push({ path: candidate, reason: 'too-large' });
    if (!file.ok || isLarge) continue;
    texts.set(file.realPath, file.text);
    resolved.set(path, file.realPath);
    return;
  }
  resolved.set(path, undefined);
}

async function isDirectory(host: Host, path: string): Promise<boolean> {
  const found = await host.status(path);
  return found.ok && found.status.kind === 'directory';
}

function isTooMuch(text: string): boolean {
  return isEnvironmentBlock(text)
    ? text.length > MAXIMUM_ENVIRONMENT_BYTES
    : endOfReading(text) !== undefined;
}

async function findEntryFiles(
  host: Host,
  directory: string,
  collected: Collected,
): Promise<readonly EntryFile[] | undefined> {
  for (const candidate of candidates(directory)) {
    const files = await entryFilesIn(host, candidate, collected);
    if (files !== undefined) return files;
  }
  return undefined;
}

/**
 * The entry files of a directory, their texts collected; undefined where there is no such directory. Names that begin
 * with a dot are not read (find_entry() of Red Hat's blscfg.c, config_load_type1_entries() of systemd's boot.c).
 */
async function entryFilesIn(
  host: Host,
  directory: string,
  { texts, unread }: Collected,
): Promise<readonly EntryFile[] | undefined> {
  const listed = await host.list(directory);
  if (!listed.ok) {
    if (listed.reason !== 'missing') unread.push({ path: directory, reason: listed.reason });
    return undefined;
  }
  const files: EntryFile[] = [];
  const names = listed.names.filter((name) => !name.startsWith('.') && name.endsWith('.conf'));
  if (names.length > MAXIMUM_ENTRIES) unread.push({ path: directory, reason: 'too-many' });
  for (const name of names.slice(0, MAXIMUM_ENTRIES)) {
    const file = await readText(host, `${directory}/${name}`, MAXIMUM_ENTRY_BYTES);
    if (file.ok) {
      texts.set(file.realPath, file.text);
      files.push({ name, path: file.realPath });
    } else if (['permission', 'input-output', 'too-large'].includes(file.reason)) unread.push(file);
  }
  return files;
}

async function findKernel(host: Host, image: string): Promise<KernelImage | undefined> {
  const path = await findOnHost(host, image);
  if (path === undefined) return undefined;
  const kernel = await locateKernel(host, path);
  if (kernel === undefined) return undefined;
  const { release } = kernel;
  return { ...kernel, hasModules: release !== undefined && (await exists(host, `/lib/modules/${release}`)) };
}

/** Where a file that the menu names lies on the host; undefined where it is not there. */
export async function findOnHost(host: Host, path: string): Promise<string | undefined> {
  const named = pathOnAnyDevice(path);
  for (const candidate of named === undefined ? [] : candidates(named)) {
    const found = await host.status(candidate);
    if (found.ok && found.status.kind === 'file') return candidate;
  }
  return undefined;
}
