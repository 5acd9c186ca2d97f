import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import type { EntryDiagnosis } from './diagnose.ts';

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

/**
 * Words that ask for the memory controller, where `cgroup_disable=memory` is to turn it off.
 *
 * Sources: Debian's and the Raspberry Pi's patches for `cgroup_enable=memory`; `swapaccount=` in mm/memcontrol.c counts
 * only where the controller is on.
 */
export function contradictoryWords(entries: readonly EntryDiagnosis[]): readonly WordWarning[] {
  return counted(entries, 'contradictory-words', ({ words }) =>
    words.map(({ word }) => word).filter(asksForController),
  );
}

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
