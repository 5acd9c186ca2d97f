import type { BootEntry, DefaultChoice, SharedOptions, UnseenPart } from './boot-entry.ts';
import type { BootSources } from './boot-sources.ts';

/** One menu of a host, with all that it is made of. */
export interface BootMenuFacts {
  readonly sources: BootSources;
  readonly entries: readonly BootEntry[];
  readonly choice: DefaultChoice;
  /** The environment blocks that GRUB loads, links resolved, the last one last. */
  readonly environmentPaths: readonly string[];
  /** What the entry files of RHEL 8 share; undefined where nothing sets it. */
  readonly sharedOptions: SharedOptions | undefined;
  /** Where the menu goes on in a way that can't be followed. */
  readonly unseen: readonly UnseenPart[];
}
