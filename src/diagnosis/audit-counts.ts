import type { WordEffect } from './word-effect.ts';

/** How many words of some lines have which effect. */
export interface EffectCounts {
  readonly known: number;
  readonly none: number;
  readonly unknown: number;
  /** Of all three. */
  readonly total: number;
}

/** A line with its words, as far as they count: one that boots, one that a generator will make, or the running kernel's own. */
export interface CountedLine {
  /** The kernel that the words are for; undefined where that can't be told. */
  readonly kernel: string | undefined;
  readonly words: readonly { readonly word: string; readonly effect: WordEffect }[];
}

/** Each word counts once for each kernel, however many lines have it; where it has different effects there, the worst counts. */
export function countEffects(lines: readonly CountedLine[]): EffectCounts {
  const effects = new Map<string, WordEffect>();
  for (const { kernel = '', words } of lines) {
    for (const { word, effect } of words) {
      const key = `${kernel}\0${word}`;
      const known = effects.get(key);
      if (word !== '' && (known === undefined || worse(effect, known))) effects.set(key, effect);
    }
  }
  const counts = { known: 0, none: 0, unknown: 0 };
  for (const effect of effects.values()) counts[effect] += 1;
  return { ...counts, total: effects.size };
}

const FROM_BEST: readonly WordEffect[] = ['known', 'unknown', 'none'];

function worse(effect: WordEffect, than: WordEffect): boolean {
  return FROM_BEST.indexOf(effect) > FROM_BEST.indexOf(than);
}
