import { parseParameter } from '../cmdline/parameter.ts';
import { isReadInUserSpace } from '../cmdline/user-space.ts';
import type { ParameterSupport } from '../kernel/parameter-support.ts';

/** `known`: somebody reads the word; `none`: nobody does; `unknown`: it can't be told. */
export type WordEffect = 'known' | 'none' | 'unknown';

/**
 * Whether a word of a command line does anything on the kernel that it is for.
 *
 * @param supportOf the verdict of that kernel on a parameter
 */
export function wordEffect(word: string, supportOf: (parameter: string) => ParameterSupport): WordEffect {
  const { name } = parseParameter(word);
  const { verdict } = supportOf(word);
  if (verdict === 'supported') return 'known';
  if (isReadInUserSpace(name)) return 'known';
  return verdict === 'absent' ? 'none' : 'unknown';
}
