import { printDefaults } from '../grub/defaults/syntax.ts';
import type { GrubProblem } from '../grub/grub-problem.ts';
import type { Host } from '../host/host.ts';
import { type Reading, recordReadings } from '../host/readings.ts';
import type { BootMenuFacts } from './boot-menu-facts.ts';
import { type DefaultsReading, readDefaultsFiles } from './defaults-files.ts';
import { type BootFamily, type FamilyRules, familyRules, recognizeFamily } from './family.ts';
import { type GeneratorScripts, readGeneratorScripts } from './generator-scripts.ts';
import { findGrubPlatform } from './grub-platform.ts';
import { type KernelCmdlineReading, readKernelCmdline } from './kernel-cmdline.ts';
import { gatherKernels, type KernelFacts, type KernelLocation } from './kernels.ts';
import { type Firmware, readFirmware } from './layout/firmware.ts';
import { findKeeper, type Keeper } from './layout/keeper.ts';
import type {
  GrubFinding,
  LayoutEvidence,
  LoaderFinding,
  RefusedLayout,
  SystemdBootFinding,
  UnreadReason,
} from './layout/loader-finding.ts';
import { recognizeLoader } from './loader.ts';
import { type Mounts, readFstab, unmountedBoot } from './mounts.ts';
import { type OsRelease, readOsRelease } from './os-release.ts';
import { type BootSourcesReading, readGrubSources, readSystemdBootSources } from './read-boot-sources.ts';
import { readingOnce } from './reading-once.ts';
import { type RunningState, readRunningState } from './running/running-state.ts';
import { completeSurroundings, type Surroundings } from './surroundings.ts';
import { readWorkload, type Workload } from './workload.ts';

/** Everything that was read from a host, in one pass. */
export interface HostFacts extends Surroundings {
  readonly family: BootFamily;
  readonly osRelease: OsRelease | undefined;
  readonly loader: GrubFinding | SystemdBootFinding;
  readonly keeper: Keeper | undefined;
  /** One for each grub.cfg that decides: two where it can't be told which the firmware reads. */
  readonly menus: readonly BootMenuFacts[];
  readonly defaults: DefaultsReading;
  readonly kernelCmdline: KernelCmdlineReading;
  readonly generatorScripts: GeneratorScripts;
  readonly kernels: readonly KernelFacts[];
  readonly workload: Workload;
  /** undefined where it can't be told what runs. */
  readonly running: RunningState | undefined;
  /** What was found at each path that decides what boots, so that a change meanwhile is noticed before it is built upon. */
  readonly madeFrom: readonly Reading[];
}

/** Why a host's boot configuration can't be worked on. */
export type FactsRefusal =
  | {
      readonly code: 'layout';
      readonly layout: RefusedLayout;
      readonly tool: string;
      readonly evidence: readonly LayoutEvidence[];
    }
  | { readonly code: 'boot-not-mounted'; readonly path: string; readonly source: string }
  | { readonly code: 'config-missing'; readonly path: string }
  | { readonly code: 'config-unreadable'; readonly path: string; readonly reason: UnreadReason }
  | { readonly code: 'config-empty'; readonly path: string }
  | { readonly code: 'config-not-parsed'; readonly path: string; readonly problem: GrubProblem }
  | { readonly code: 'no-entries'; readonly path: string }
  | { readonly code: 'defaults-missing'; readonly path: string }
  | { readonly code: 'defaults-empty'; readonly path: string }
  | { readonly code: 'defaults-not-parsed'; readonly path: string; readonly problem: GrubProblem }
  | { readonly code: 'kernel-cmdline-not-parsed'; readonly path: string; readonly problem: GrubProblem };

interface Refused {
  readonly ok: false;
  readonly refusal: FactsRefusal;
}

/** What decides what boots on a host, or why it can't be told. */
export type Gathering = { readonly ok: true; readonly facts: HostFacts } | Refused;

/** Read all that decides what boots on a host, and what its kernels are. */
export async function gather(given: Host): Promise<Gathering> {
  const machine = readingOnce(given);
  const { host, readings } = recordReadings(machine);
  const read = await readMenus(machine, host);
  if (!read.ok) return read;
  const { family, osRelease, surroundings, loader, menus, generatorScripts } = read;
  const rules = ownRules(familyRules[family], generatorScripts);
  const defaults: DefaultsReading =
    loader.kind === 'grub2' ? await readDefaultsFiles(host, rules) : { kind: 'not-read' };
  const kernelCmdline = await readKernelCmdline(host, menus);
  const kernels = await gatherKernels(host, osRelease, bootedKernels(menus), wordsOf(menus));
  const workload = await readWorkload(machine);
  const keeper = await findKeeper(host, osRelease);
  const running = await readRunningState(machine);
  const decided = { family, osRelease, loader, keeper, menus, defaults, kernelCmdline, generatorScripts };
  const facts = { ...surroundings, ...decided, kernels, workload, running, madeFrom: readings() };
  return { ok: true, facts };
}

type MenusGathering =
  | ({ readonly ok: true; readonly surroundings: Surroundings } & Pick<
      HostFacts,
      'family' | 'osRelease' | 'loader' | 'menus' | 'generatorScripts'
    >)
  | Refused;

/** Read what boots next, and nothing of what later kernels get. */
export function gatherMenus(host: Host): Promise<MenusGathering> {
  return readMenus(host, host);
}

/** @param host the machine by way of a record of what is read */
async function readMenus(machine: Host, host: Host): Promise<MenusGathering> {
  const osRelease = await readOsRelease(host);
  const family = osRelease === undefined ? 'other' : recognizeFamily(osRelease);
  const generatorScripts = await readGeneratorScripts(host, familyRules[family].mkconfigPrograms);
  const rules = ownRules(familyRules[family], generatorScripts);
  const firmware = await readFirmware(host);
  const fstab = await readFstab(host);
  const found = await recognizeLoader(host, rules, firmware, fstab);
  const surroundings = await completeSurroundings(machine, firmware, fstab);
  const usable = usableLoader(found, surroundings.mounts);
  if (!usable.ok) return usable;
  const { loader } = usable;
  const rootSource = fstab.find(({ point }) => point === '/')?.source;
  const read =
    loader.kind === 'grub2'
      ? await readGrub(host, rules, loader, firmware, rootSource)
      : await readSystemdBoot(host, rules, loader, firmware, rootSource);
  const decided = { surroundings, family, osRelease, loader, generatorScripts };
  return read.ok ? { ok: true, ...decided, menus: read.menus } : read;
}

/** The family's rules, but for what this system's own grub-mkconfig does otherwise. */
function ownRules(rules: FamilyRules, { mkconfig }: GeneratorScripts): FamilyRules {
  if (mkconfig === undefined) return rules;
  return { ...rules, readsDropIns: mkconfig.text.includes('default/grub.d') };
}

type UsableLoader = { readonly ok: true; readonly loader: HostFacts['loader'] } | Refused;

/** A loader whose files are read and edited here, on file systems that are mounted. */
function usableLoader(loader: LoaderFinding, { mounted, fstab }: Mounts): UsableLoader {
  const [unmounted] = mounted === undefined ? [] : unmountedBoot(mounted, fstab);
  const isRuledOut = loader.kind === 'refused' && loader.layout !== 'no-kernel';
  if (isRuledOut) return refuse({ code: 'layout', ...loader });
  if (unmounted !== undefined) {
    return refuse({ code: 'boot-not-mounted', path: unmounted.point, source: unmounted.source });
  }
  if (loader.kind === 'refused') return refuse({ code: 'layout', ...loader });
  if (loader.kind !== 'missing') return { ok: true, loader };
  const unread = loader.unread[0];
  if (unread !== undefined) return refuse({ code: 'config-unreadable', ...unread });
  return refuse({ code: 'config-missing', path: loader.expected[0] ?? '' });
}

type MenusReading = { readonly ok: true; readonly menus: readonly BootMenuFacts[] } | Refused;

async function readGrub(
  host: Host,
  rules: FamilyRules,
  { configs }: GrubFinding,
  firmware: Firmware,
  rootSource: string | undefined,
): Promise<MenusReading> {
  const menus: BootMenuFacts[] = [];
  for (const config of configs) {
    const { path, text } = config;
    if (text.trim() === '') return refuse({ code: 'config-empty', path });
    const platform = await findGrubPlatform(host, config, firmware);
    const menu = menuFacts(await readGrubSources(host, rules, platform, config, rootSource), path);
    if (!menu.ok) return menu;
    menus.push(menu.menu);
  }
  return { ok: true, menus };
}

async function readSystemdBoot(
  host: Host,
  rules: FamilyRules,
  loader: SystemdBootFinding,
  firmware: Firmware,
  rootSource: string | undefined,
): Promise<MenusReading> {
  const read = await readSystemdBootSources(host, rules, loader, firmware, rootSource);
  const menu = menuFacts(read, loader.entryDirectories[0] ?? '');
  if (!menu.ok) return menu;
  const image = unifiedImageAhead(menu.menu);
  if (image === undefined) return { ok: true, menus: [menu.menu] };
  const evidence = [{ path: image, found: '' }];
  return refuse({ code: 'layout', layout: 'unified-kernel-image', tool: 'ukify', evidence });
}

/** A unified image that may be what boots: they are sorted among the entries by what stands inside them. */
function unifiedImageAhead({ sources, choice }: BootMenuFacts): string | undefined {
  if (sources.kind !== 'systemd-boot' || choice.matched === 'pattern') return undefined;
  for (const { mountPoint, unifiedImages } of sources.entryDirectories) {
    const [name] = unifiedImages;
    if (name !== undefined) return `${mountPoint === '/' ? '' : mountPoint}/EFI/Linux/${name}`;
  }
  return undefined;
}

type MenuReading = { readonly ok: true; readonly menu: BootMenuFacts } | Refused;

function menuFacts({ sources, reading, unread }: BootSourcesReading, path: string): MenuReading {
  if (!reading.ok) {
    return refuse({ code: 'config-not-parsed', path: reading.path, problem: reading.problem });
  }
  const [unreadable] = unread;
  if (unreadable !== undefined) return refuse({ code: 'config-unreadable', ...unreadable });
  const { entries, choice, environmentPaths, sharedOptions, unseen } = reading;
  if (entries.length === 0) return refuse({ code: 'no-entries', path });
  return { ok: true, menu: { sources, entries, choice, environmentPaths, sharedOptions, unseen } };
}

/**
 * Why what later kernels get can't be edited: it must be as readable as what boots next. Reading needs neither, and a
 * system with a keeper of its own has neither.
 */
export function laterKernelsRefusal(facts: HostFacts): FactsRefusal | undefined {
  const { defaults, kernelCmdline, keeper } = facts;
  if (keeper !== undefined) return undefined;
  return defaultsRefusal(defaults) ?? kernelCmdlineRefusal(kernelCmdline);
}

function defaultsRefusal(defaults: DefaultsReading): FactsRefusal | undefined {
  if (defaults.kind === 'missing') return { code: 'defaults-missing', path: defaults.path };
  if (defaults.kind === 'unreadable')
    return { code: 'config-unreadable', path: defaults.path, reason: defaults.reason };
  if (defaults.kind === 'not-parsed') {
    return { code: 'defaults-not-parsed', path: defaults.path, problem: defaults.problem };
  }
  const main = defaults.kind === 'read' ? defaults.files[0] : undefined;
  const isEmpty = main !== undefined && printDefaults(main.file).trim() === '';
  return isEmpty ? { code: 'defaults-empty', path: main.path } : undefined;
}

function kernelCmdlineRefusal(cmdline: KernelCmdlineReading): FactsRefusal | undefined {
  if (cmdline.kind === 'unreadable')
    return { code: 'config-unreadable', path: cmdline.path, reason: cmdline.reason };
  if (cmdline.kind !== 'not-parsed') return undefined;
  return { code: 'kernel-cmdline-not-parsed', path: cmdline.path, problem: cmdline.problem };
}

/** Every word that some entry hands to its kernel, once. */
function wordsOf(menus: readonly BootMenuFacts[]): readonly string[] {
  const lines = menus.flatMap(({ entries }) => entries.flatMap((entry) => entry.lines));
  return [...new Set(lines.flatMap(({ words }) => words.map(({ text }) => text)))];
}

/** Each kernel that some entry boots, once, in the order of the menu. */
function bootedKernels(menus: readonly BootMenuFacts[]): readonly KernelLocation[] {
  const locations = new Map<string, KernelLocation>();
  for (const { sources, entries } of menus) {
    const images = [...sources.kernels.values()];
    for (const { release, kernelPath, kind } of entries) {
      const isJudged = release !== undefined && kind !== 'rescue' && kind !== 'foreign';
      if (!isJudged || locations.has(release)) continue;
      const image = images.find((one) => one?.imagePath === kernelPath);
      locations.set(release, { ...image, release, imagePath: kernelPath });
    }
  }
  return [...locations.values()];
}

function refuse(refusal: FactsRefusal): Refused {
  return { ok: false, refusal };
}
