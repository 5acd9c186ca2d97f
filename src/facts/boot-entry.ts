import type { GrubProblem } from '../grub/grub-problem.ts';
import type { LoaderEntryReader } from '../grub/loader-entry/option-text.ts';
import type { BootLine } from '../grub/script/boot-line.ts';
import type { Place } from '../grub/text-position.ts';
import type { BootSources } from './boot-sources.ts';
import { type EntryKind, entryKind } from './entry-kind.ts';

/** A word of an entry's command line. */
export interface EntryWord {
  /** As the loader hands it over, unquoted. */
  readonly text: string;
  /** `path:line` */
  readonly from: string;
}

/** A place in a file that hands words to the kernel; an entry has several where a condition decides between them. */
export type EntryLine = ScriptLine | OptionsLine;

interface CommonLine {
  readonly path: string;
  readonly words: readonly EntryWord[];
  /** What the kernel gets, without BOOT_IMAGE=. */
  readonly cmdline: string;
  /** Whether a condition that can't be known decides about it. */
  readonly isConditional: boolean;
}

/** A command of a GRUB script. */
export interface ScriptLine extends CommonLine {
  readonly format: 'grub-script';
  readonly line: BootLine;
}

/** The options of an entry file (Boot Loader Specification, type 1). */
export interface OptionsLine extends CommonLine {
  readonly format: 'loader-entry';
  readonly reader: LoaderEntryReader;
  /** The kernel and the initrds, as the entry names them. */
  readonly images: readonly string[];
  readonly words: readonly OptionsWord[];
}

/** A word of an entry's options with how and where it is written. */
export interface OptionsWord extends EntryWord {
  /** As it is spelt where it stands, quoted for its reader. */
  readonly source: string;
  readonly place: OptionsPlace;
}

/** Where a word of an entry's options comes from. `option` counts in the words of the file itself. */
export type OptionsPlace =
  | { readonly kind: 'option'; readonly option: number }
  /** `$name`, a word by itself, brought it; `option` is undefined for `default_kernelopts`, which the file doesn't name. */
  | { readonly kind: 'variable'; readonly name: string; readonly option: number | undefined }
  /** Text and variables make it together. */
  | { readonly kind: 'mixed' };

/** One bootable choice of the menu. */
export interface BootEntry {
  readonly title: string;
  /** The entry's own id, without its submenu's path. */
  readonly id: string;
  readonly kind: EntryKind;
  /** The image as the loader names it. */
  readonly image: string;
  /** The initial RAM disks as the loader names them, in the order in which it loads them. */
  readonly initrds: readonly string[];
  /** The image as the host sees it; undefined where it was not found in this root. */
  readonly kernelPath: string | undefined;
  /** What the kernel calls itself; undefined where that can't be told. */
  readonly release: string | undefined;
  /** The longest command line in bytes that the image states; undefined where it states none. */
  readonly cmdlineBytes?: number | undefined;
  readonly isDefault: boolean;
  /** A pending `next_entry` boots this one once. */
  readonly isNext: boolean;
  /** The last one is what boots where every condition is met. */
  readonly lines: readonly EntryLine[];
}

/** The line that boots, as far as conditions are known. */
export function decidingLine(entry: BootEntry): EntryLine | undefined {
  return entry.lines.findLast(({ isConditional }) => !isConditional) ?? entry.lines.at(-1);
}

/** What is known of an entry before its kernel is looked up. */
export interface EntryDraft {
  readonly title: string;
  readonly id: string;
  /** The kernel by the path that the sources know it by. */
  readonly image: string;
  readonly initrds: readonly string[];
  readonly lines: readonly EntryLine[];
  /** The name of its file says that another machine made it. */
  readonly isOfOtherMachine: boolean;
  readonly isDefault: boolean;
  readonly isNext: boolean;
}

/** The entry with its kernel, and what it is for. */
export function bootEntry({ isOfOtherMachine, ...draft }: EntryDraft, { kernels }: BootSources): BootEntry {
  const { image } = draft;
  const kernel = kernels.get(image);
  const words = draft.lines.at(-1)?.words.map(({ text }) => text) ?? [];
  const kind = entryKind(draft.id, image, words, kernel?.release !== undefined);
  // A kernel that was installed here has its modules here; after a change of machine id the entries are still ours.
  const isForeign = kind === 'normal' && isOfOtherMachine && kernel?.hasModules === false;
  return {
    ...draft,
    kind: isForeign ? 'foreign' : kind,
    kernelPath: kernel?.imagePath,
    release: kernel?.release,
    ...(kernel?.cmdlineBytes === undefined ? {} : { cmdlineBytes: kernel.cmdlineBytes }),
  };
}

/** The entries of a menu, or the file that is against it and why. */
export type BootEntriesReading =
  | ({ readonly ok: true } & BootEntries)
  | { readonly ok: false; readonly path: string; readonly problem: GrubProblem };

/** A boot menu as its loader would make it. */
export interface BootEntries {
  readonly entries: readonly BootEntry[];
  readonly choice: DefaultChoice;
  /** The environment blocks that GRUB loads, links resolved, the last one last. */
  readonly environmentPaths: readonly string[];
  readonly sharedOptions: SharedOptions | undefined;
  readonly unseen: readonly UnseenPart[];
  /** What the sources do not tell of yet, as the menu names it. */
  readonly wanted: WantedSources;
}

/** A place where the menu goes on in a way that can't be followed from here, or only with somebody at the console. */
export interface UnseenPart {
  readonly code:
    | 'config-not-evaluated'
    | 'config-unreadable'
    | 'config-unknown'
    | 'environment-unknown'
    | 'recursion-too-deep'
    | 'default-leads-elsewhere'
    | 'default-unknown'
    | 'word-unknown'
    | 'default-asks-password';
  readonly place: Place;
  /** The command or the path, as it is written there. */
  readonly found: string;
  /** Whether entries of the menu, or the one that boots, may be missing from what is seen. */
  readonly hidesEntries: boolean;
}

/** What has to be read for the menu to be told whole. */
export interface WantedSources {
  readonly entryDirectories: readonly string[];
  readonly kernels: readonly string[];
}

/**
 * The value of `kernelopts` when GRUB makes the entries of RHEL 8's files, for those that name it and for those that a new
 * kernel will get.
 */
export interface SharedOptions {
  readonly value: string;
  /** `path:line` of what sets it. */
  readonly from: string;
  /** The script's own assignment, where it is that; undefined where an environment block has the value. */
  readonly assignment: Place | undefined;
}

/** How the loader comes to its default. */
export interface DefaultChoice {
  /** What it is told to boot; undefined where it is told nothing. */
  readonly value: string | undefined;
  /** `path:line` of the place that tells it. */
  readonly from: string | undefined;
  /**
   * `first` where what it is told names nothing, so that the first entry boots; `fallback` where the default entry's kernel
   * is not there, so that `fallback` tells.
   */
  readonly matched: 'number' | 'id' | 'title' | 'pattern' | 'first' | 'fallback';
}
