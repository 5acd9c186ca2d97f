import { parseParameter } from '../cmdline/parameter.ts';
import { mountsRoot } from '../cmdline/root-mount.ts';
import type { Goal } from '../diagnosis/goal.ts';
import { type BootEntry, decidingLine } from '../facts/boot-entry.ts';

/** How a menu that grub-mkconfig made differs from the one that was planned. */
export type MenuNews =
  | { readonly code: 'regenerate-entry-came' | 'regenerate-entry-went'; readonly title: string }
  /** `words`: `-` before those that went, `+` before those that came. */
  | { readonly code: 'regenerate-entry-words'; readonly title: string; readonly words: string };

/**
 * What a menu that grub-mkconfig made brings beyond the plan. Entries are the same where title and id are; of several with
 * the same ones, the first is compared with the first.
 */
export function menuNews(planned: readonly BootEntry[], made: readonly BootEntry[]): readonly MenuNews[] {
  const before = byIdentity(planned);
  const after = byIdentity(made);
  const news: MenuNews[] = [];
  for (const [identity, old] of before) {
    const entry = after.get(identity);
    if (entry === undefined) news.push({ code: 'regenerate-entry-went', title: old.title });
    const words = entry === undefined ? '' : changedWords(wordsOf(old), wordsOf(entry));
    if (words !== '') news.push({ code: 'regenerate-entry-words', title: old.title, words });
  }
  for (const [identity, { title }] of after) {
    if (!before.has(identity)) news.push({ code: 'regenerate-entry-came', title });
  }
  return news;
}

/** The entries that boot by themselves, with their kernels, where the made one is not the planned one. */
export function otherDefault(
  planned: readonly BootEntry[],
  made: readonly BootEntry[],
): { readonly before: string; readonly after: string } | undefined {
  const [before, after] = [planned, made].map((entries) => entries.find(({ isDefault }) => isDefault));
  const isSame = before?.title === after?.title && before?.kernelPath === after?.kernelPath;
  return isSame ? undefined : { before: withKernel(before), after: withKernel(after) };
}

/**
 * The first entry that finds, unlocks or mounts the root file system by words that no entry had before: made in a chroot, a
 * menu may name the disk of another machine.
 */
export function otherRootMount(
  planned: readonly BootEntry[],
  made: readonly BootEntry[],
): { readonly title: string; readonly words: string } | undefined {
  const known = new Set(planned.map(rootWords));
  const other = made.find((entry) => entry.kind !== 'foreign' && !known.has(rootWords(entry)));
  return other && { title: other.title, words: rootWords(other) };
}

/** A goal that also says what an entry of a kernel is to have that was not in the menu when the goal was set. */
export function goalWithNewKernels(goal: Goal, made: readonly BootEntry[]): Goal {
  const releases = made.flatMap(({ release }) => (release === undefined ? [] : [release]));
  const perKernel = new Map([
    ...releases.map((release) => [release, goal.shared] as const),
    ...goal.perKernel,
  ]);
  return { ...goal, perKernel };
}

function byIdentity(entries: readonly BootEntry[]): ReadonlyMap<string, BootEntry> {
  const identified = new Map<string, BootEntry>();
  for (const entry of entries) {
    let ordinal = 0;
    while (identified.has(identityOf(entry, ordinal))) ordinal += 1;
    identified.set(identityOf(entry, ordinal), entry);
  }
  return identified;
}

function identityOf({ title, id }: BootEntry, ordinal: number): string {
  return JSON.stringify([title, id, ordinal]);
}

function withKernel(entry: BootEntry | undefined): string {
  return entry === undefined ? '' : `${entry.title} (${entry.kernelPath ?? ''})`;
}

function wordsOf(entry: BootEntry): readonly string[] {
  return decidingLine(entry)?.words.map(({ text }) => text) ?? [];
}

function changedWords(before: readonly string[], after: readonly string[]): string {
  const went = before.filter((word) => !after.includes(word)).map((word) => `-${word}`);
  const came = after.filter((word) => !before.includes(word)).map((word) => `+${word}`);
  return [...went, ...came].join(' ');
}

function rootWords(entry: BootEntry): string {
  return wordsOf(entry)
    .filter((word) => mountsRoot(parseParameter(word).name))
    .join(' ');
}
