import { kernelWordCount } from '../cmdline/cmdline.ts';
import { parseParameter } from '../cmdline/parameter.ts';
import { userSpaceReading } from '../cmdline/user-space.ts';
import type { ParameterSupport } from '../kernel/parameter-support.ts';
import { FIRST_TO_UNQUOTE_WORDS, isNotBefore } from '../kernel/release.ts';

/** `known`: somebody reads the word; `none`: nobody does; `unknown`: it can't be told. */
export type WordEffect = 'known' | 'none' | 'unknown';

/** The verdict of a kernel on a parameter. */
export type SupportOf = (parameter: string) => ParameterSupport;

/**
 * Whether a word of a command line does anything on the kernel that it is for. What a program outside the kernel may read without
 * documenting it is never proven to have no effect.
 *
 * @param supportOf of that kernel
 */
export function wordEffect(word: string, supportOf: SupportOf): WordEffect {
  const { name, value } = parseParameter(word);
  const reading = word === '' ? 'documented' : userSpaceReading(name, value);
  if (reading === 'documented') return 'known';
  const { verdict, ignored } = supportOf(word);
  if (ignored !== undefined) return 'none';
  if (verdict === 'supported') return 'known';
  return verdict === 'absent' && reading === 'none' ? 'none' : 'unknown';
}

/** Commit 51e158c12aca: what follows a bare `--` is init's. */
const FIRST_TO_STOP_AT_DASHES = [3, 15];

/**
 * The effect of each word of a whole line. Behind a bare `--` a word of the kernel's has none: init gets it.
 *
 * @param release of the kernel that the line is for
 * @param supportOf of that kernel
 */
export function lineEffects(
  words: readonly string[],
  release: string,
  supportOf: SupportOf,
): readonly WordEffect[] {
  const stops = isNotBefore(release, FIRST_TO_STOP_AT_DASHES);
  const end = kernelWordCountFor(words, release);
  return words.map((word, index) => {
    if (word === '--' && !stops) return 'none';
    if (index < end) return wordEffect(word, supportOf);
    return index === end ? 'known' : initWordEffect(word, supportOf);
  });
}

/**
 * How many of the words a kernel reads itself: what follows a `--` it hands to init, which RHEL 7's 3.10 never learned;
 * a `"--"` in quotes it has known since 4.10 only.
 */
export function kernelWordCountFor(words: readonly string[], release: string): number {
  if (!isNotBefore(release, FIRST_TO_STOP_AT_DASHES)) return words.length;
  if (isNotBefore(release, FIRST_TO_UNQUOTE_WORDS)) return kernelWordCount(words);
  const end = words.indexOf('--');
  return end === -1 ? words.length : end;
}

function initWordEffect(word: string, supportOf: SupportOf): WordEffect {
  const { name, value } = parseParameter(word);
  if (word === '' || userSpaceReading(name, value) === 'documented') return 'known';
  return supportOf(word).verdict === 'supported' ? 'none' : 'unknown';
}
