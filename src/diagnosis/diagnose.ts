import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import { type BootEntry, decidingLine } from '../facts/boot-entry.ts';
import type { HostFacts } from '../facts/gather.ts';
import type { KernelFacts } from '../facts/kernels.ts';
import { entriesOfAll } from '../facts/select-entries.ts';
import { type ParameterSupport, supportOf } from '../kernel/parameter-support.ts';
import { compareReleases } from '../kernel/release.ts';
import { lookUpSupport, type SupportRow } from '../kernel/support-table.ts';
import type { Exposure } from './exposure.ts';
import { exposureTo } from './known-problem.ts';
import {
  forEachRemedy,
  type ProblemName,
  REMEDIES,
  type RemedyName,
  remediesOf,
  remedyOfWord,
  THE_LEAK,
} from './remedy.ts';
import type { Symptoms } from './symptoms.ts';
import { type WordEffect, wordEffect } from './word-effect.ts';

/** What the facts of a host mean. */
export interface Diagnosis {
  readonly problem: ProblemName;
  /** The newest first. */
  readonly kernels: readonly KernelDiagnosis[];
  readonly entries: readonly EntryDiagnosis[];
}

/** A kernel of the menu, judged. */
export interface KernelDiagnosis {
  readonly release: string;
  readonly isRunning: boolean;
  readonly isDefault: boolean;
  /** Some normal entry boots it: it has a say in the choice of remedy. */
  readonly hasNormalEntry: boolean;
  readonly exposure: Exposure;
  /** Of each remedy's word. */
  readonly support: Readonly<Record<RemedyName, ParameterSupport>>;
  /** Remedies that every normal entry of this kernel has already. */
  readonly inPlace: readonly RemedyName[];
  /** It reads the command line that it was built with, and no other. */
  readonly isCmdlineFixed: boolean;
}

/** An entry of the menu with the effect of its words. */
export interface EntryDiagnosis {
  readonly entry: BootEntry;
  readonly cmdline: string;
  readonly words: readonly { readonly word: string; readonly from: string; readonly effect: WordEffect }[];
}

/**
 * Judge every kernel that the menu boots, and every word of every entry against its own kernel.
 *
 * @param symptoms of the kernel that runs: they count where it is not known otherwise whether it leaks
 */
export function diagnose(facts: HostFacts, problem: ProblemName = THE_LEAK, symptoms?: Symptoms): Diagnosis {
  const entries = entriesOfAll(facts.menus);
  return {
    problem,
    kernels: facts.kernels
      .toSorted((a, b) => compareReleases(b.release, a.release))
      .map((kernel) => diagnoseKernel(kernel, entries, problem, symptoms)),
    entries: entries.map((entry) => diagnoseEntry(entry, facts.kernels)),
  };
}

function diagnoseKernel(
  kernel: KernelFacts,
  entries: readonly BootEntry[],
  problem: ProblemName,
  symptoms: Symptoms | undefined,
): KernelDiagnosis {
  const own = entries.filter(({ release }) => release === kernel.release);
  const normal = own.filter(({ kind }) => kind === 'normal');
  const row = lookUpSupport(kernel.release, kernel.distribution);
  return {
    release: kernel.release,
    isRunning: kernel.isRunning,
    isDefault: own.some(({ isDefault }) => isDefault),
    hasNormalEntry: normal.length > 0,
    exposure: measured(
      exposureTo(problem, kernel, row, normal.some(asksOnAnyLine)),
      kernel,
      problem,
      symptoms,
    ),
    support: forEachRemedy((remedy) => remedySupport(kernel, row, remedy)),
    inPlace: remediesOf(problem).filter(
      (remedy) => normal.length > 0 && normal.every((entry) => has(entry, remedy)),
    ),
    isCmdlineFixed: isCmdlineFixed(kernel),
  };
}

/** Whether a kernel is built to read no command line but its own (CONFIG_CMDLINE_OVERRIDE, CONFIG_CMDLINE_FORCE). */
export function isCmdlineFixed(kernel: KernelFacts): boolean {
  return supportOf(kernel, REMEDIES.disable.word).decidedBy?.code === 'config.command-line-fixed';
}

/** A kernel may understand the word without being cured by it. */
function remedySupport(
  kernel: KernelFacts,
  row: SupportRow | undefined,
  remedy: RemedyName,
): ParameterSupport {
  const { word, isUnprovenBy } = REMEDIES[remedy];
  const support = supportOf(kernel, word);
  const isProven = support.verdict !== 'supported' || row === undefined || !isUnprovenBy(row);
  return isProven ? support : { ...support, verdict: 'unknown', decidedBy: undefined };
}

/** Whether every line of an entry has the remedy's word. */
function has(entry: BootEntry, remedy: RemedyName): boolean {
  return entry.lines.every(({ words }) => words.some(({ text }) => remedyOfWord(text) === remedy));
}

/** That a kernel leaks can be seen while it runs; that it does not can't. */
function measured(
  exposure: Exposure,
  { isRunning }: KernelFacts,
  problem: ProblemName,
  symptoms: Symptoms | undefined,
): Exposure {
  const isSeen = isRunning && problem === THE_LEAK && symptoms?.verdict === 'leaking';
  if (exposure.verdict !== 'unknown' || !isSeen) return exposure;
  return { verdict: 'exposed', because: [{ code: 'exposure.measured', data: {} }] };
}

function asksOnAnyLine({ lines }: BootEntry): boolean {
  return lines.some(({ words }) => asksForAccounting(words.map(({ text }) => text)));
}

/** Whether a line turns the accounting on where a vendor has it off (`cgroup.memory=kmem` of openEuler). */
function asksForAccounting(words: readonly string[]): boolean {
  return words.some((word) => {
    const { name, value } = parseParameter(word);
    return isSameName(name, 'cgroup.memory') && listTokens(value).includes('kmem');
  });
}

/** Whether a kernel that runs with a line has a problem. */
export function exposureWith(
  kernel: KernelFacts,
  words: readonly string[],
  problem: ProblemName = THE_LEAK,
): Exposure {
  const row = lookUpSupport(kernel.release, kernel.distribution);
  return exposureTo(problem, kernel, row, asksForAccounting(words));
}

function diagnoseEntry(entry: BootEntry, kernels: readonly KernelFacts[]): EntryDiagnosis {
  const line = decidingLine(entry);
  const kernel = kernels.find(({ release }) => release === entry.release);
  const words = (line?.words ?? []).map(({ text, from }) => ({
    word: text,
    from,
    effect:
      kernel === undefined
        ? ('unknown' as const)
        : wordEffect(text, (parameter) => supportOf(kernel, parameter)),
  }));
  return { entry, cmdline: line?.cmdline ?? '', words };
}
