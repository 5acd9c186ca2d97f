import { remedyOfWord } from '../diagnosis/remedy.ts';
import type { Sentence } from './messages/sentence.ts';
import type { EntryReport, KernelReport, Report } from './report.ts';

/** What is wrong on a host, or that nothing is, in one or two sentences. */
export function statusHeadline(report: Report): readonly Sentence[] {
  const normal = (report.entries ?? []).filter(({ kind }) => kind === 'normal');
  const kernels = (report.kernels ?? []).filter(({ release }) =>
    normal.some(({ kernel }) => kernel === release),
  );
  if (kernels.length === 0) return [{ code: 'headline.no-kernel', data: {} }];
  const dead = deadRemedies(kernels, normal);
  return [...dead, leakSentence(kernels, normal, dead.length > 0)];
}

/** Remedies' words that stand on entries whose kernels ignore them. */
function deadRemedies(
  kernels: readonly KernelReport[],
  entries: readonly EntryReport[],
): readonly Sentence[] {
  const deafTo = new Map<string, Set<string>>();
  for (const { kernel = '', words } of entries) {
    for (const { word, effect } of words) {
      if (effect !== 'none' || remedyOfWord(word) === undefined) continue;
      deafTo.set(word, (deafTo.get(word) ?? new Set()).add(kernel));
    }
  }
  return [...deafTo].map(([word, releases]): Sentence => {
    if (releases.size === kernels.length) return { code: 'headline.dead-word', data: { word } };
    const data = { word, count: releases.size, total: kernels.length };
    return { code: 'headline.dead-word-on-some', data };
  });
}

function leakSentence(
  kernels: readonly KernelReport[],
  entries: readonly EntryReport[],
  hasDeadWord: boolean,
): Sentence {
  const open = kernels.filter((kernel) => !isCured(kernel, entries));
  const leaking = open.filter(({ exposure }) => exposure?.verdict === 'exposed');
  const total = kernels.length;
  if (leaking.length === total)
    return { code: hasDeadWord ? 'headline.still-leaks' : 'headline.leaks', data: {} };
  if (leaking.length > 0) return { code: 'headline.leaks-on-some', data: { count: leaking.length, total } };
  const doubtful = open.filter(({ exposure }) => exposure?.verdict === 'unknown');
  if (doubtful.length === total) return { code: 'headline.not-known-at-all', data: {} };
  if (doubtful.length > 0) return { code: 'headline.not-known', data: { count: doubtful.length, total } };
  const words = [...new Set(kernels.flatMap((kernel) => curesOf(kernel, entries)))];
  if (words.length === 0) return { code: 'headline.no-leak', data: {} };
  return { code: 'headline.cured', data: { words: words.join(', ') } };
}

/** Whether every normal entry of a kernel has a word that is proven to work on it. */
function isCured(kernel: KernelReport, entries: readonly EntryReport[]): boolean {
  const own = entries.filter((entry) => entry.kernel === kernel.release);
  return own.every((entry) => curesOf(kernel, [entry]).length > 0);
}

function curesOf({ release }: KernelReport, entries: readonly EntryReport[]): readonly string[] {
  const words = entries.filter(({ kernel }) => kernel === release).flatMap((entry) => entry.words);
  return words
    .filter(({ word, effect }) => effect === 'known' && remedyOfWord(word) !== undefined)
    .map(({ word }) => word);
}
