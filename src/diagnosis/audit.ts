import { parseParameter } from '../cmdline/parameter.ts';
import { userSpaceReading } from '../cmdline/user-space.ts';
import type { EntryWord } from '../facts/boot-entry.ts';
import type { KernelFacts } from '../facts/kernels.ts';
import type { IgnoredValue } from '../kernel/ignored-values.ts';
import { supportOf } from '../kernel/parameter-support.ts';
import { findOverflow, findRepeats, type InitWord, type LineFinding } from './audit-line.ts';
import { closestDocumentedName, closestSpelling, namedWithoutParameter } from './audit-spelling.ts';
import { findTogether } from './contradictions.ts';
import { kernelWordCountFor, lineEffects, type SupportOf, type WordEffect } from './word-effect.ts';

/** A command line with what becomes of each of its words. */
export interface AuditedLine {
  readonly words: readonly AuditedWord[];
  readonly findings: readonly LineFinding[];
}

/** A word with what becomes of it, and what may have been meant. */
export interface AuditedWord {
  readonly word: string;
  readonly from: string;
  readonly effect: WordEffect;
  /** What was probably meant by a word without effect, or by one that could not be judged. */
  readonly suggestion: string | undefined;
  /** Why a word whose name is taken does nothing. */
  readonly because?: {
    readonly code: `ignored.${IgnoredValue['how']}`;
    readonly data: { readonly source: string };
  };
}

/**
 * Judge every word of a command line against the kernel that it is for.
 *
 * Source: start_kernel(), unknown_bootoption() and obsolete_checksetup() in init/main.c.
 *
 * @param kernel undefined where it can't be told: then only user space's own words are known
 * @param droppedCount how many words at the end never reach the kernel
 * @param loaderWords what the loader puts in front
 */
export function auditLine(
  words: readonly EntryWord[],
  kernel: KernelFacts | undefined,
  droppedCount = 0,
  loaderWords: readonly string[] = [],
): AuditedLine {
  const support = supportsOf(kernel);
  const reaching = words.slice(0, words.length - droppedCount).map(({ text }) => text);
  const effects = lineEffects(reaching, kernel?.release ?? '', support);
  const kernelWords = kernelWordCountFor(reaching, kernel?.release ?? '');
  const audited = words.map(({ text, from }, index): AuditedWord => {
    const effect = effects[index] ?? 'none';
    const isReaching = index < reaching.length && index < kernelWords;
    const suggestion =
      effect !== 'known' && isReaching ? suggestionFor(text, effect, kernel, support) : undefined;
    const ignored = effect === 'none' && isReaching ? support(text).ignored : undefined;
    if (ignored === undefined) return { word: text, from, effect, suggestion };
    const because = { code: `ignored.${ignored.how}`, data: { source: ignored.source } } as const;
    return { word: text, from, effect, suggestion: undefined, because };
  });
  const read = reaching.filter((_, index) => effects[index] !== 'none');
  const initWords = [...loaderWords, ...reaching];
  const findings = [
    ...findOverflow(handedToInit(initWords, kernel?.release ?? '', support)),
    ...findRepeats(read),
    ...findTogether(read.slice(0, kernelWords)),
  ];
  return { words: audited, findings };
}

/** A word that could not be judged may be right: then only a slip in a name of known form is told. */
function suggestionFor(
  word: string,
  effect: WordEffect,
  kernel: KernelFacts | undefined,
  support: SupportOf,
): string | undefined {
  if (effect === 'none') return kernel && closestSpelling(word, kernel, support);
  const { name, value } = parseParameter(word);
  if (userSpaceReading(name, value) === 'prefix') return closestDocumentedName(word);
  return namedWithoutParameter(word) ?? undefined;
}

/** What a kernel says of parameters; each is weighed once, however often it is asked for. */
export function supportsOf(kernel: KernelFacts | undefined): SupportOf {
  const known = new Map<string, ReturnType<SupportOf>>();
  return (parameter) => {
    const support = known.get(parameter) ?? verdictOn(kernel, parameter);
    known.set(parameter, support);
    return support;
  };
}

function verdictOn(kernel: KernelFacts | undefined, parameter: string): ReturnType<SupportOf> {
  if (kernel !== undefined) return supportOf(kernel, parameter);
  return { parameter, verdict: 'unknown', evidence: [], decidedBy: undefined };
}

/**
 * Words that no handler takes: they go to init's environment or arguments, but for dotted ones, which are dropped.
 * BOOT_IMAGE= has no handler, though code reads it.
 */
function handedToInit(words: readonly string[], release: string, support: SupportOf): readonly InitWord[] {
  const end = kernelWordCountFor(words, release);
  const initWords: InitWord[] = [];
  for (const word of words.slice(0, end)) {
    const { name } = parseParameter(word);
    const { verdict } = support(word);
    if (word === '' || name.includes('.') || verdict === 'supported') continue;
    initWords.push({ word, isCertain: verdict === 'absent' || name === 'BOOT_IMAGE' });
  }
  for (const word of words.slice(end + 1))
    initWords.push({ word: parseParameter(word).name, isCertain: true });
  return initWords;
}
