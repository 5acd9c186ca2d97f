import type { Host } from '../../host/host.ts';
import type { Firmware } from './firmware.ts';
import { type GrubConfigOutline, outlineGrubConfig } from './grub-config.ts';
import type { DecidingConfig, LayoutEvidence, UnreadPath } from './loader-finding.ts';
import { exists, readText, type TextRead } from './read-text.ts';

/** Every grub.cfg that was looked for, by what it is to this machine. */
export interface GrubConfigs {
  readonly deciding: readonly DecidingConfig[];
  readonly inactive: readonly string[];
  /** What stubs lead to and is not there. */
  readonly missing: readonly string[];
  readonly unread: readonly UnreadPath[];
  readonly signed: LayoutEvidence | undefined;
  readonly managedBySnapd: LayoutEvidence | undefined;
}

/** `path` is as it was looked for. */
type ConfigFile = GrubConfigOutline & Extract<TextRead, { readonly ok: true }>;

const LONGEST_PATH = 4096;

/**
 * Which grub.cfg decide the next boot. GRUB for EFI reads the one beside itself on the ESP; where that is a stub, it goes
 * on in the file that the stub names. GRUB for BIOS reads the one in its own directory under /boot.
 *
 * Where the firmware is not known (a directory in place of the running system) and both have entries, the links of Red
 * Hat's packages decide (/etc/grub2.cfg for BIOS, /etc/grub2-efi.cfg for EFI), else both files do.
 */
export async function findGrubConfigs(
  host: Host,
  grubDirectories: readonly string[],
  espDirectories: readonly string[],
  firmware: Firmware,
): Promise<GrubConfigs> {
  const unread: UnreadPath[] = [];
  const missing: string[] = [];
  const mainPaths = grubDirectories.map((directory) => `${directory}/grub.cfg`);
  const mains = await readConfigs(host, mainPaths, unread);
  const espPaths = await espConfigPaths(host, espDirectories, unread);
  const onEsp = likeliest(await readConfigs(host, espPaths, unread), firmware);
  const main = mains.find((config) => config.isFull) ?? mains[0];
  const efi: DecidingConfig[] = [];
  for (const config of onEsp) {
    const target = await followStub(host, config, [...mains, ...onEsp], missing);
    if (target !== undefined && !efi.some(({ path }) => path === target.path)) efi.push(target);
  }
  const bios: DecidingConfig[] = [];
  const target = main === undefined ? undefined : await followStub(host, main, [...mains, ...onEsp], missing);
  if (target !== undefined) bios.push({ ...target, firmware: 'bios' });
  const deciding = await choose(host, bios, efi, firmware);
  const full = [...mains, ...onEsp].filter((config) => config.isFull).map((config) => config.realPath);
  const inactive = [...new Set(full)].filter((path) => !deciding.some((config) => config.path === path));
  return { deciding, inactive, missing, unread, ...(await marks(host, [...mains, ...onEsp], deciding)) };
}

async function choose(
  host: Host,
  bios: readonly DecidingConfig[],
  efi: readonly DecidingConfig[],
  firmware: Firmware,
): Promise<readonly DecidingConfig[]> {
  const forAny = (configs: readonly DecidingConfig[]) =>
    configs.map((config): DecidingConfig => ({ ...config, firmware: 'any' }));
  if (firmware.kind === 'bios' || efi.length === 0) return forAny(bios);
  const isSame = efi.every((config) => bios.some(({ path }) => path === config.path));
  if (firmware.kind === 'efi' || bios.length === 0 || isSame) return forAny(efi);
  const hasBiosLink = await exists(host, '/etc/grub2.cfg');
  const hasEfiLink = await exists(host, '/etc/grub2-efi.cfg');
  if (hasBiosLink !== hasEfiLink) return forAny(hasEfiLink ? efi : bios);
  return [...bios, ...efi.filter((config) => !bios.some(({ path }) => path === config.path))];
}

async function readConfigs(
  host: Host,
  paths: readonly string[],
  unread: UnreadPath[],
): Promise<readonly ConfigFile[]> {
  const configs: ConfigFile[] = [];
  for (const path of paths) {
    const file = await readText(host, path);
    if (file.ok) configs.push({ ...file, ...outlineGrubConfig(file.text) });
    else if (file.reason !== 'missing') unread.push({ path, reason: file.reason });
  }
  return configs;
}

async function espConfigPaths(
  host: Host,
  espDirectories: readonly string[],
  unread: UnreadPath[],
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const esp of espDirectories) {
    const vendors = await host.list(`${esp}/EFI`);
    if (vendors.ok) paths.push(...vendors.names.map((vendor) => `${esp}/EFI/${vendor}/grub.cfg`));
    else if (vendors.reason !== 'missing') unread.push({ path: `${esp}/EFI`, reason: vendors.reason });
  }
  return paths;
}

/**
 * Only the directory of the image that the firmware started, where that is known and has a grub.cfg; and none that is
 * empty, where another is not.
 */
function likeliest(configs: readonly ConfigFile[], firmware: Firmware): readonly ConfigFile[] {
  const useful = configs.filter((config) => config.isFull || config.continuesIn !== undefined);
  const candidates = useful.length === 0 ? configs : useful;
  const image = firmware.startedImage?.toLowerCase();
  if (image === undefined) return candidates;
  const directory = image.slice(0, image.lastIndexOf('/'));
  const started = candidates.filter(({ path }) => path.toLowerCase().endsWith(`${directory}/grub.cfg`));
  return started.length === 0 ? candidates : started;
}

/**
 * The file with the entries. A stub's path counts from its file system's root, which here may hang at /boot or be a
 * btrfs subvolume, so that the path is tried with its first parts left out, and below /boot.
 */
async function followStub(
  host: Host,
  config: ConfigFile,
  known: readonly ConfigFile[],
  missing: string[],
): Promise<DecidingConfig | undefined> {
  if (config.continuesIn === undefined) {
    return { path: config.realPath, text: config.text, through: undefined, firmware: 'efi' };
  }
  for (const path of placesOf(config.continuesIn)) {
    const file = known.find((config) => config.path === path) ?? (await readText(host, path));
    const isItself = file.ok && file.realPath === config.realPath;
    const isStub = file.ok && known.some((other) => other.realPath === file.realPath && !other.isFull);
    if (file.ok && !isItself && !isStub)
      return { path: file.realPath, text: file.text, through: config.realPath, firmware: 'efi' };
  }
  missing.push(config.continuesIn);
  return undefined;
}

function placesOf(path: string): readonly string[] {
  const places: string[] = [];
  if (path.length > LONGEST_PATH) return places;
  for (let start = path.indexOf('/'); start !== -1; start = path.indexOf('/', start + 1)) {
    places.push(path.slice(start), `/boot${path.slice(start)}`);
  }
  return places;
}

async function marks(host: Host, configs: readonly ConfigFile[], deciding: readonly DecidingConfig[]) {
  let signed: LayoutEvidence | undefined;
  let managedBySnapd: LayoutEvidence | undefined;
  for (const { path, realPath, signatureLine, snapdLine } of configs) {
    if (!deciding.some((config) => config.path === realPath || config.through === realPath)) continue;
    if (snapdLine !== undefined) managedBySnapd ??= { path, found: snapdLine };
    if (signatureLine !== undefined) signed ??= { path, found: signatureLine };
    else if (await exists(host, `${realPath}.sig`)) signed ??= { path: `${realPath}.sig`, found: '' };
  }
  return { signed, managedBySnapd };
}
