import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import type { EntryDiagnosis } from './diagnose.ts';
import { REMEDY_NAMES, type Remedy, type RemedyName } from './remedy.ts';

/** A word that stands on entries and does not do what it seems to. */
export interface WordWarning {
  readonly code: 'word-without-effect' | 'contradictory-words';
  readonly word: string;
  /** How many entries it stands on. */
  readonly count: number;
}

/** Words that nobody reads on the kernel of their entry. */
export function deadWords(entries: readonly EntryDiagnosis[]): readonly WordWarning[] {
  return counted(entries, 'word-without-effect', ({ words }) =>
    words.filter(({ effect }) => effect === 'none').map(({ word }) => word),
  );
}

/** What contradicts each remedy. */
const CONTRADICTS: Readonly<Record<RemedyName, (word: string) => boolean>> = {
  nokmem: () => false,
  disable: asksForController,
  'thp-madvise': () => false,
  'thp-never': () => false,
};

/** Words that contradict one of some remedies. */
export function contradictoryWords(
  entries: readonly EntryDiagnosis[],
  remedies: readonly (Remedy | undefined)[],
): readonly WordWarning[] {
  const chosen = REMEDY_NAMES.filter((remedy) => remedies.includes(remedy));
  return counted(entries, 'contradictory-words', ({ words }) =>
    words.map(({ word }) => word).filter((word) => chosen.some((remedy) => CONTRADICTS[remedy](word))),
  );
}

/**
 * Whether a word asks for the memory controller, which `cgroup_disable=memory` turns off.
 *
 * Sources: Debian's and the Raspberry Pi's patches for `cgroup_enable=memory`; `swapaccount=` in mm/memcontrol.c counts
 * only where the controller is on.
 */
function asksForController(word: string): boolean {
  const { name, value } = parseParameter(word);
  if (isSameName(name, 'cgroup_enable')) return listTokens(value).includes('memory');
  return name === 'swapaccount' && value === '1';
}

function counted(
  entries: readonly EntryDiagnosis[],
  code: WordWarning['code'],
  wordsOf: (entry: EntryDiagnosis) => readonly string[],
): readonly WordWarning[] {
  const counts = new Map<string, number>();
  for (const entry of entries)
    for (const word of new Set(wordsOf(entry))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => ({ code, word, count }));
}
