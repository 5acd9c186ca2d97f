import { printDefaults } from '../grub/defaults/syntax.ts';
import type { Problem } from '../grub/problem.ts';
import type { Host } from '../host/host.ts';
import type { BootEntry } from './boot-entry.ts';
import type { BootSources } from './boot-sources.ts';
import { type DefaultsReading, readDefaultsFiles } from './defaults-files.ts';
import { type BootFamily, familyRules, recognizeFamily } from './family.ts';
import { gatherKernels, type KernelFacts, type KernelLocation } from './kernels.ts';
import type { LayoutEvidence, LoaderFinding, RefusedLayout } from './layout/loader-finding.ts';
import { readText } from './layout/read-text.ts';
import { recognizeLoader } from './loader.ts';
import { type OsRelease, readOsRelease } from './os-release.ts';
import { readBootSources } from './read-boot-sources.ts';
import { readWorkload, type Workload } from './workload.ts';

/** Everything that was read from a host, in one pass. */
export interface HostFacts {
  readonly family: BootFamily;
  readonly osRelease: OsRelease | undefined;
  readonly loader: LoaderFinding;
  /** One for each grub.cfg that decides: two where it can't be told which the firmware reads. */
  readonly menus: readonly BootMenuFacts[];
  readonly defaults: DefaultsReading;
  readonly kernels: readonly KernelFacts[];
  readonly workload: Workload;
}

export interface BootMenuFacts {
  readonly sources: BootSources;
  readonly entries: readonly BootEntry[];
}

/** Why a host's boot configuration can't be worked on. */
export type FactsRefusal =
  | {
      readonly code: 'layout';
      readonly layout: RefusedLayout;
      readonly tool: string;
      readonly evidence: readonly LayoutEvidence[];
    }
  | { readonly code: 'config-missing'; readonly path: string }
  | { readonly code: 'config-unreadable'; readonly path: string; readonly reason: string }
  | { readonly code: 'config-empty'; readonly path: string }
  | { readonly code: 'config-not-parsed'; readonly path: string; readonly problem: Problem }
  | { readonly code: 'no-entries'; readonly path: string }
  | { readonly code: 'defaults-missing'; readonly path: string }
  | { readonly code: 'defaults-empty'; readonly path: string }
  | { readonly code: 'defaults-not-parsed'; readonly path: string; readonly problem: Problem };

export type Gathering =
  | { readonly ok: true; readonly facts: HostFacts }
  | { readonly ok: false; readonly refusal: FactsRefusal };

/** Read all that decides what boots on a host, and what its kernels are. */
export async function gather(host: Host): Promise<Gathering> {
  const osRelease = await readOsRelease(host);
  const family = osRelease === undefined ? 'other' : recognizeFamily(osRelease);
  const rules = familyRules[family];
  const loader = await recognizeLoader(host);
  const configs = decidingConfigs(loader);
  if (!configs.ok) return configs;
  const menus: BootMenuFacts[] = [];
  for (const path of configs.paths) {
    const file = await readText(host, path);
    if (!file.ok) return refuse({ code: 'config-unreadable', path, reason: file.reason });
    if (file.text.trim() === '') return refuse({ code: 'config-empty', path });
    const { sources, reading } = await readBootSources(host, rules, file.realPath, file.text);
    if (!reading.ok)
      return refuse({ code: 'config-not-parsed', path: reading.path, problem: reading.problem });
    if (reading.entries.length === 0) return refuse({ code: 'no-entries', path });
    menus.push({ sources, entries: reading.entries });
  }
  const defaults = await readDefaultsFiles(host, rules);
  const unusable = defaultsRefusal(defaults);
  if (unusable !== undefined) return refuse(unusable);
  const kernels = await gatherKernels(host, osRelease, bootedKernels(menus));
  const workload = await readWorkload(host);
  return { ok: true, facts: { family, osRelease, loader, menus, defaults, kernels, workload } };
}

/** What later kernels get must be as readable as what boots next. */
function defaultsRefusal(defaults: DefaultsReading): FactsRefusal | undefined {
  if (defaults.kind === 'missing') return { code: 'defaults-missing', path: defaults.path };
  if (defaults.kind === 'unreadable')
    return { code: 'config-unreadable', path: defaults.path, reason: defaults.reason };
  if (defaults.kind === 'not-parsed') {
    return { code: 'defaults-not-parsed', path: defaults.path, problem: defaults.problem };
  }
  const [main] = defaults.files;
  const isEmpty = main !== undefined && printDefaults(main.file).trim() === '';
  return isEmpty ? { code: 'defaults-empty', path: main.path } : undefined;
}

/** Each kernel that some entry boots, once, in the order of the menu. */
function bootedKernels(menus: readonly BootMenuFacts[]): readonly KernelLocation[] {
  const locations = new Map<string, KernelLocation>();
  for (const { release, kernelPath, kind } of menus.flatMap(({ entries }) => entries)) {
    const isJudged = release !== undefined && kind !== 'rescue' && kind !== 'foreign';
    if (isJudged && !locations.has(release)) locations.set(release, { release, imagePath: kernelPath });
  }
  return [...locations.values()];
}

type DecidingConfigs =
  | { readonly ok: true; readonly paths: readonly string[] }
  | { readonly ok: false; readonly refusal: FactsRefusal };

function decidingConfigs(loader: LoaderFinding): DecidingConfigs {
  if (loader.kind === 'grub2') return { ok: true, paths: loader.configs.map(({ path }) => path) };
  if (loader.kind === 'refused') return refuse({ code: 'layout', ...loader });
  if (loader.kind === 'systemd-boot')
    return refuse({ code: 'no-entries', path: loader.entryDirectories[0] ?? '' });
  const unread = loader.unread[0];
  if (unread !== undefined) return refuse({ code: 'config-unreadable', ...unread });
  return refuse({ code: 'config-missing', path: loader.expected[0] ?? '' });
}

function refuse(refusal: FactsRefusal): { readonly ok: false; readonly refusal: FactsRefusal } {
  return { ok: false, refusal };
}
