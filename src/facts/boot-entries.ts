import type { Problem } from '../grub/problem.ts';
import type { BootEntry, EntryLine } from './boot-entry.ts';
import type { BootSources } from './boot-sources.ts';
import { entryKind } from './entry-kind.ts';
import { readGrubEntries } from './grub-entries.ts';
import { readSystemdBootEntries } from './systemd-boot-entries.ts';

export type BootEntriesReading =
  | ({ readonly ok: true } & BootEntries)
  | { readonly ok: false; readonly path: string; readonly problem: Problem };

export interface BootEntries {
  readonly entries: readonly BootEntry[];
  readonly choice: DefaultChoice;
  /** The environment blocks that GRUB loads, links resolved, the last one last. */
  readonly environmentPaths: readonly string[];
  /** What the sources do not tell of yet, as the menu names it. */
  readonly wanted: WantedSources;
}

export interface WantedSources {
  readonly files: readonly string[];
  readonly entryDirectories: readonly string[];
  readonly kernels: readonly string[];
}

/** How the loader comes to its default. */
export interface DefaultChoice {
  /** What it is told to boot; undefined where it is told nothing. */
  readonly value: string | undefined;
  /** `path:line` of the place that tells it. */
  readonly from: string | undefined;
  /** `first` where what it is told names nothing, so that the first entry boots. */
  readonly matched: 'number' | 'id' | 'title' | 'pattern' | 'first';
}

/** Every Linux entry of the menu in its order, submenus included, with the one that boots marked. */
export function readBootEntries(sources: BootSources): BootEntriesReading {
  return sources.kind === 'grub2' ? readGrubEntries(sources) : readSystemdBootEntries(sources);
}

/** What is known of an entry before its kernel is looked up. */
export interface EntryDraft {
  readonly title: string;
  readonly id: string;
  /** The kernel by the path that the sources know it by. */
  readonly image: string;
  readonly lines: readonly EntryLine[];
  /** The name of its file says that another machine made it. */
  readonly isOfOtherMachine: boolean;
  readonly isDefault: boolean;
  readonly isNext: boolean;
}

/** The entry with its kernel, and what it is for. */
export function bootEntry(
  { image, isOfOtherMachine, ...draft }: EntryDraft,
  { kernels }: BootSources,
): BootEntry {
  const kernel = kernels.get(image);
  const words = draft.lines.at(-1)?.words.map(({ text }) => text) ?? [];
  const kind = entryKind(draft.id, image, words, kernel?.release !== undefined);
  // A kernel that was installed here has its modules here; after a change of machine id the entries are still ours.
  const isForeign = kind === 'normal' && isOfOtherMachine && kernel?.hasModules === false;
  return {
    ...draft,
    kind: isForeign ? 'foreign' : kind,
    kernelPath: kernel?.path,
    release: kernel?.release,
  };
}
