import type { ChangedWords } from '../plan/changed-words.ts';
import type { BackupListing } from './backup-set.ts';
import type { Manifest } from './manifest.ts';

/** What the last change wants of the lines of one kernel. */
export interface StandingWords {
  /** The newest change that was not undone; where the newest of all is a rollback, that one. */
  readonly setId: string;
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

/**
 * The words that the last change put on the lines of a kernel, and took off them. A rollback wants back what the sets that it
 * took back had changed, beside what the last change before them wants. Undefined where nothing was changed, where all is
 * undone and older than what came after, or where the sets are of a build that kept no words.
 *
 * @param sets as they are listed, oldest first
 * @param releases kernels, the first that a change was for counts: where it was for none of them, the words of all kernels do
 */
export function standingWords(
  sets: readonly BackupListing[],
  releases: readonly (string | undefined)[],
): StandingWords | undefined {
  const manifests = sets.flatMap((set) => (set.isDamaged ? [] : [set]));
  const newest = manifests.at(-1)?.manifest;
  const standing = manifests.findLast(({ manifest, undoneBy }) => {
    return undoneBy === undefined && (manifest.purpose?.words.length ?? 0) > 0;
  })?.manifest;
  const isOverWithUndoing = newest?.kind === 'rollback';
  const last = isOverWithUndoing ? newest : standing;
  if (last === undefined) return undefined;
  const wanted = new Map<string, 'set' | 'unset'>();
  const want = ({ set, unset }: Pick<ChangedWords, 'set' | 'unset'>) => {
    for (const word of set) wanted.set(word, 'set');
    for (const word of unset) wanted.set(word, 'unset');
  };
  if (isOverWithUndoing) {
    // The oldest of them comes last: it says how the lines were before.
    for (const id of newest.undoes.toSorted().toReversed()) {
      const undone = manifests.find((set) => set.id === id)?.manifest;
      for (const { set, unset } of wordsFor(undone, releases)) want({ set: unset, unset: set });
    }
  }
  for (const { set, unset } of wordsFor(standing, releases)) {
    const isOpen = (word: string) => !wanted.has(word);
    want({ set: set.filter(isOpen), unset: unset.filter(isOpen) });
  }
  if (wanted.size === 0) return undefined;
  const wordsTo = (what: 'set' | 'unset') => [...wanted].flatMap(([word, to]) => (to === what ? [word] : []));
  return { setId: last.id, set: wordsTo('set'), unset: wordsTo('unset') };
}

function wordsFor(
  manifest: Manifest | undefined,
  releases: readonly (string | undefined)[],
): readonly ChangedWords[] {
  const words = manifest?.purpose?.words ?? [];
  for (const release of releases) {
    const own = words.filter(({ kernels }) => release !== undefined && kernels.includes(release));
    if (own.length > 0) return own;
  }
  return words;
}
