import { closest } from '../cmdline/closest.ts';
import { isCommaList, listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import { userSpaceNames } from '../cmdline/user-space.ts';
import type { KernelFacts } from '../facts/kernels.ts';
import { standardQuestions } from '../kernel/image/token.ts';
import { type SupportOf, wordEffect } from './word-effect.ts';

/**
 * What was probably meant by a word that nobody reads: the closest spelling that somebody does, with the word's own
 * value; undefined where none is close.
 *
 * @param kernel that ignores the word
 * @param supportOf of that kernel
 */
export function closestSpelling(word: string, kernel: KernelFacts, supportOf: SupportOf): string | undefined {
  const token = namedWithoutParameter(word);
  if (token !== undefined && wordEffect(token, supportOf) === 'known') return token;
  const { name, value } = parseParameter(word);
  const candidates = acceptedNames(kernel).map((accepted) => {
    const needsValue = accepted.endsWith('=');
    const bare = needsValue ? accepted.slice(0, -1) : accepted;
    const spelling = value === undefined ? accepted : `${bare}=${value}`;
    return { text: bare, spelling };
  });
  const tokens = closestTokens(name, value);
  if (tokens !== undefined) candidates.unshift({ text: name, spelling: `${name}=${tokens}` });
  const isMeant = ({ spelling }: { spelling: string }) =>
    spelling !== word && wordEffect(spelling, supportOf) === 'known';
  return closest(name, candidates, isMeant)?.spelling;
}

/**
 * A token that stands by itself, or behind a part of its parameter's name: `nokmem` and `cgroup.nokmem` for `cgroup.memory=nokmem`.
 * `memory` alone is a word of too many meanings.
 */
export function namedWithoutParameter(word: string): string | undefined {
  const token = word.slice(word.lastIndexOf('.') + 1);
  const family = word.slice(0, word.length - token.length);
  const question = standardQuestions.find((one) => one.token === token && one.parameter === 'cgroup.memory=');
  if (question === undefined || !question.parameter.startsWith(family)) return undefined;
  return `${question.parameter}${token}`;
}

/** The name of user space's that a misspelt one is closest to, with the word's own value; undefined where none is close. */
export function closestDocumentedName(word: string): string | undefined {
  const { name, value } = parseParameter(word);
  const candidates = userSpaceNames.map((text) => ({ text }));
  const meant = closest(name, candidates, ({ text }) => text.includes('.') || text.includes('_'))?.text;
  if (meant === undefined) return undefined;
  return value === undefined ? meant : `${meant}=${value}`;
}

/** Every name that some reader of this kernel's command line takes, as far as it was read. */
function acceptedNames({ image, modules }: KernelFacts): readonly string[] {
  const ofImage = image?.outcome.ok ? image.outcome.reading.parameters.map(({ name }) => name) : [];
  const ofModules = Array.from(modules, ([module, answer]) =>
    answer.kind === 'described' ? answer.parameters.map((parameter) => `${module}.${parameter}`) : [],
  );
  return [...ofImage, ...ofModules.flat(), ...userSpaceNames];
}

/** A list value with each token that isn't known replaced by the closest that is; undefined where one has none. */
function closestTokens(name: string, value: string | undefined): string | undefined {
  if (!isCommaList(name) || value === undefined) return undefined;
  const known = standardQuestions.filter(({ parameter }) => isSameName(parameter, `${name}=`));
  const tokens = listTokens(value).map(
    (token) =>
      closest(
        token,
        known.map((question) => ({ text: question.token })),
        () => true,
      )?.text,
  );
  return tokens.length > 0 && tokens.every((token) => token !== undefined) ? tokens.join(',') : undefined;
}
