import type { ScriptFile } from '../grub/script/evaluation.ts';
import type { FamilyRules } from './family.ts';

/** A kernel image that some entry names. */
export interface KernelImage {
  /** As the host sees it. */
  readonly path: string;
  /** What the image calls itself; the name of the file only where the image can't be read. */
  readonly release: string | undefined;
}

/**
 * Everything that decides what boots, read once. The menu is a pure function of it, so that it can be read again from
 * edited texts before they are written, and from the written ones after.
 */
export interface BootSources {
  readonly rules: FamilyRules;
  /** The directory of grub.cfg as the host sees it: GRUB's `$prefix`. */
  readonly prefix: string;
  /** The path of the main configuration, links resolved. */
  readonly configPath: string;
  /** Texts by path with links resolved, latin1. */
  readonly texts: ReadonlyMap<string, string>;
  /** Paths as a script names them to paths with links resolved; undefined for those that are not there. */
  readonly resolved: ReadonlyMap<string, string | undefined>;
  /** Kernel images by the path that the menu gives them; undefined for those that are not there. */
  readonly kernels: ReadonlyMap<string, KernelImage | undefined>;
}

export type { ScriptFile };

/** The sources with some files' texts replaced: the menu that an edit would make. */
export function withTexts(sources: BootSources, changes: ReadonlyMap<string, string>): BootSources {
  return { ...sources, texts: new Map([...sources.texts, ...changes]) };
}
