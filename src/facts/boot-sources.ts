import type { LoaderEntryReader } from '../grub/loader-entry/option-text.ts';
import type { SystemdBootChoice } from '../grub/menu/systemd-boot-default.ts';
import type { FamilyRules } from './family.ts';
import type { LocatedKernel } from './locate-kernel.ts';

/** A kernel image that some entry names. */
export interface KernelImage extends LocatedKernel {
  /** Whether this system has modules for the release: that the kernel was installed here. */
  readonly hasModules: boolean;
}

/** An entry file, `loader/entries/*.conf`; its text is among the texts. */
export interface EntryFile {
  /** With `.conf`. */
  readonly name: string;
  /** Links resolved. */
  readonly path: string;
}

/**
 * Everything that decides what boots, read once. The menu is a pure function of it, so that it can be read again from
 * edited texts before they are written, and from the written ones after.
 */
export type BootSources = GrubSources | SystemdBootSources;

interface CommonSources {
  readonly rules: FamilyRules;
  /** The path of the main configuration, links resolved. */
  readonly configPath: string;
  /** Texts by path with links resolved, latin1. */
  readonly texts: ReadonlyMap<string, string>;
  /** Kernel images by the path that the menu gives them; undefined for those that are not there. */
  readonly kernels: ReadonlyMap<string, KernelImage | undefined>;
  /** What /etc/fstab names for `/`; undefined where it names nothing. */
  readonly rootSource: string | undefined;
  /** Of /etc/machine-id, with which the names of entry files begin; undefined where it is not set. */
  readonly machineId: string | undefined;
}

/** What was read for GRUB's menu. */
export interface GrubSources extends CommonSources {
  readonly kind: 'grub2';
  /** The directory of grub.cfg as the host sees it: GRUB's `$prefix`. */
  readonly prefix: string;
  readonly platform: GrubPlatform;
  /** Paths as a script names them to paths with links resolved; undefined for those that are not there. */
  readonly resolved: ReadonlyMap<string, string | undefined>;
  /** Those of the paths that a script names which are directories. */
  readonly directories: ReadonlySet<string>;
  /** Directories of entry files as GRUB names them; undefined for those that are not there. */
  readonly entryDirectories: ReadonlyMap<string, readonly EntryFile[] | undefined>;
}

/** What the GRUB that boots was built for; undefined where that can't be told. */
export interface GrubPlatform {
  /** `$grub_platform`: pc, efi, ieee1275 … */
  readonly name: string | undefined;
  /** `$grub_cpu`: i386, x86_64, arm64 … */
  readonly processor: string | undefined;
}

/** What was read for systemd-boot's menu. */
export interface SystemdBootSources extends CommonSources {
  readonly kind: 'systemd-boot';
  readonly entryDirectories: readonly SystemdBootDirectory[];
  readonly choice: SystemdBootChoice;
}

/** A directory of entry files with what it holds. */
export interface SystemdBootDirectory {
  /** The file system's own root, as the host sees it: paths in the entries count from there. */
  readonly mountPoint: string;
  readonly files: readonly EntryFile[];
  /** Names of unified kernel images (`EFI/Linux/*.efi`), which systemd-boot lists beside the entry files. */
  readonly unifiedImages: readonly string[];
}

/** Who reads the entry files, and how. */
export function entryReader(sources: BootSources): LoaderEntryReader {
  return sources.kind === 'systemd-boot' ? 'systemd-boot' : sources.rules.entryReader;
}

/** The last one made of each: planning a change, judging it and telling of it ask for the same texts. */
const LAST_CHANGED = new WeakMap<BootSources, BootSources>();

/** The sources with some files' texts replaced: the menu that an edit would make. Files that the menu is not made of don't count. */
export function withTexts(sources: BootSources, changes: ReadonlyMap<string, string>): BootSources {
  const own = [...changes].filter(([path]) => sources.texts.has(path));
  if (own.every(([path, text]) => sources.texts.get(path) === text)) return sources;
  const texts = new Map([...sources.texts, ...own]);
  const last = LAST_CHANGED.get(sources);
  if (last !== undefined && [...texts].every(([path, text]) => last.texts.get(path) === text)) return last;
  const changed = { ...sources, texts };
  LAST_CHANGED.set(sources, changed);
  return changed;
}
