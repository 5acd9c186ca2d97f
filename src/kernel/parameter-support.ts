import { isCommaList, listTokens } from '../cmdline/comma-list.ts';
import { parseEarlyParameter, parseParameter } from '../cmdline/parameter.ts';
import { configEvidence, type KernelConfig } from './config.ts';
import { EVIDENCE_SOURCES, type Evidence, type EvidenceStrength } from './evidence.ts';
import { type IgnoredValue, ignoredValue } from './ignored-values.ts';
import { FIRST_TO_UNQUOTE_WORDS, isNotBefore } from './release.ts';
import { setupSymbolsOf } from './setup-symbols.ts';
import type { Distribution } from './support-table.ts';
import { symbolEvidence } from './symbol-evidence.ts';
import type { SymbolReading } from './symbols.ts';
import { tableEvidence } from './table-evidence.ts';

/** `conflicting`: observations of one kernel contradict each other, so that none of them can be trusted. */
export type Verdict = 'supported' | 'absent' | 'unknown' | 'conflicting';

/** Whether one kernel takes one parameter, and everything that speaks for or against it. */
export interface ParameterSupport {
  readonly parameter: string;
  readonly verdict: Verdict;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  /** What the verdict rests on; undefined where nothing decides. */
  readonly decidedBy: Evidence | undefined;
  /** Why the word does nothing all the same, by the kernel's own source. */
  readonly ignored?: IgnoredValue | undefined;
}

/** What was read of one kernel; undefined where a file is missing or could not be read. */
export interface KernelReadings {
  readonly release: string;
  readonly distribution: Distribution | undefined;
  readonly systemMap?: { readonly path: string; readonly reading: SymbolReading } | undefined;
  readonly kallsyms?: { readonly path: string; readonly reading: SymbolReading } | undefined;
  readonly config?: { readonly path: string; readonly config: KernelConfig } | undefined;
  readonly imageEvidence?: ((parameter: string) => Evidence) | undefined;
  readonly moduleEvidence?: ((parameter: string) => Evidence) | undefined;
}

/**
 * Whether a kernel takes a parameter, from all that was read of it. A list with several tokens is asked for token by
 * token: where a part of the word works and another doesn't, the verdict on the word is `unknown`.
 */
export function supportOf(kernel: KernelReadings, parameter: string): ParameterSupport {
  const ignored = ignoredValue(kernel.release, kernel.distribution, parameter);
  const support = { ...supportOfWord(kernel, wordAsTaken(kernel.release, parameter)), parameter };
  return ignored === undefined ? support : { ...support, ignored };
}

/**
 * The word whose name is the one that a kernel looks for: `quiet"` for a `"quiet"` before 4.10, else the word itself. By
 * this word the kernel's files have to be asked.
 */
export function wordAsTaken(release: string, word: string): string {
  const { name, value } = parseEarlyParameter(word);
  return value !== undefined || isNotBefore(release, FIRST_TO_UNQUOTE_WORDS) ? word : name;
}

function supportOfWord(kernel: KernelReadings, parameter: string): ParameterSupport {
  const { name, value } = parseParameter(parameter);
  const tokens = isCommaList(name) ? listTokens(value) : [];
  if (tokens.length === 0) return parameterSupport(parameter, kernelEvidence(kernel, parameter));
  const supports = tokens.map((token) => {
    const word = `${name}=${token}`;
    return parameterSupport(word, kernelEvidence(kernel, word));
  });
  const [first] = supports;
  const isUnanimous = supports.every((support) => support.verdict === first?.verdict);
  return {
    parameter,
    verdict: first !== undefined && isUnanimous ? first.verdict : 'unknown',
    evidence: supports.flatMap((support) => support.evidence),
    decidedBy: isUnanimous ? first?.decidedBy : undefined,
  };
}

/** Every piece of evidence about one parameter of one kernel, in no order; a list's value has one token at most. */
function kernelEvidence(kernel: KernelReadings, parameter: string): readonly Evidence[] {
  const { release, distribution, config } = kernel;
  const known = tableEvidence(release, distribution, config?.config, parameter);
  return [...filesEvidence(kernel, parameter), ...(known === undefined ? [] : [known])];
}

/**
 * Every piece of evidence that a kernel's own files give about one parameter, in no order.
 *
 * @param parameter one word, with one token at most where its value is a list
 */
export function filesEvidence(kernel: KernelReadings, parameter: string): readonly Evidence[] {
  const { systemMap, kallsyms, config } = kernel;
  const evidence = [
    kernel.imageEvidence?.(parameter),
    systemMap && symbolEvidence(systemMap.reading, systemMap.path, parameter),
    kallsyms && symbolEvidence(kallsyms.reading, kallsyms.path, parameter),
    belongsToModule(parameter) ? kernel.moduleEvidence?.(parameter) : undefined,
    config && configEvidence(config.config, config.path, parameter),
  ];
  return evidence.filter((one) => one !== undefined);
}

/** A dot divides module and parameter, unless the kernel proper has a handler by the whole name. */
function belongsToModule(parameter: string): boolean {
  const word = parseParameter(parameter);
  return word.name.includes('.') && setupSymbolsOf(word) === undefined;
}

/**
 * Weigh evidence about one parameter of one kernel.
 *
 * A kernel that ignores the boot loader's command line takes no parameter. Else a module that has the parameter proves
 * it; image, System.map and kallsyms decide in that order, and conflict where they contradict each other; then the
 * config, which only rules out; then the table, which never speaks against an observation.
 */
export function parameterSupport(parameter: string, evidence: readonly Evidence[]): ParameterSupport {
  const ordered = evidence.toSorted((a, b) => rank(a) - rank(b));
  const decided = (verdict: Verdict, decidedBy: Evidence | undefined): ParameterSupport => ({
    parameter,
    verdict,
    evidence: ordered,
    decidedBy,
  });
  const fixed = ordered.find((one) => one.code === 'config.command-line-fixed');
  if (fixed !== undefined) return decided('absent', fixed);
  const modules = ordered.find((one) => one.source === 'modules');
  if (modules?.says === 'present') return decided('supported', modules);
  const kernelSays = ordered.filter(
    (one) => READINGS_OF_THE_KERNEL.includes(one.source) && one.says !== 'inconclusive',
  );
  if (new Set(kernelSays.map((one) => one.says)).size > 1) return decided('conflicting', undefined);
  const [decisive] = ordered.filter((one) => one.says !== 'inconclusive');
  if (decisive === undefined) return decided('unknown', undefined);
  if (decisive.says === 'present') return decided('supported', decisive);
  const isLeftToModules =
    modules?.says === 'inconclusive' && READINGS_OF_THE_KERNEL.includes(decisive.source);
  return isLeftToModules ? decided('unknown', undefined) : decided('absent', decisive);
}

const READINGS_OF_THE_KERNEL: readonly Evidence['source'][] = ['image', 'system-map', 'kallsyms'];

const STRENGTHS: readonly EvidenceStrength[] = ['observation', 'record', 'report'];

function rank(evidence: Evidence): number {
  return (
    STRENGTHS.indexOf(evidence.strength) * EVIDENCE_SOURCES.length + EVIDENCE_SOURCES.indexOf(evidence.source)
  );
}
