import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import type { WordGoal } from '../cmdline/revise-words.ts';
import { MEMORY_USES, type MemoryUseKind } from '../facts/memory-uses.ts';
import type { SupportRow } from '../kernel/support-table.ts';
import type { ExposureReason } from './exposure.ts';
import type { HazardId } from './hazard-id.ts';

/** What is cured here, as `--problem` names it. */
export type ProblemName = 'kernel-memory-leak' | 'huge-pages-for-all';

/** What `fix` alone is about. */
export const THE_LEAK: ProblemName = 'kernel-memory-leak';

/** All that is to be known of a remedy. */
export interface RemedyDefinition {
  readonly problem: ProblemName;
  /** `name=token`: what it puts on a command line. */
  readonly word: string;
  /** What it takes away wherever it works; a hazard that does not block. */
  readonly cost: HazardId;
  /** Uses of this host that it would break; blocking hazards. */
  readonly breaks: readonly MemoryUseKind[];
  /** Reasons of a leak that it is too hard a remedy for, unless a person decides on it. */
  readonly tooHardFor: readonly ExposureReason['code'][];
  /** Why it stays where all entries have it already, though a milder one would do; undefined where it need not. */
  readonly staysBecause: 'disabled-already' | 'huge-pages-off-already' | undefined;
  /** Whether a kernel that takes the word is, by its row in the table, still not proven to be cured by it. */
  readonly isUnprovenBy: (row: SupportRow) => boolean;
}

/** What cures a problem, the mildest of each first: the first one that is proven to work is chosen. */
export const REMEDIES = {
  /**
   * Turns off the accounting that leaks, and nothing else. In 4.5 the token is understood and acts on the unified
   * hierarchy alone.
   */
  nokmem: {
    problem: 'kernel-memory-leak',
    word: 'cgroup.memory=nokmem',
    cost: 'kernel-memory-uncounted',
    breaks: [],
    tooHardFor: [],
    staysBecause: undefined,
    isUnprovenBy: ({ isNokmemV2Only }) => isNokmemV2Only === true,
  },
  /** Turns the whole memory controller off, and every memory limit with it. */
  disable: {
    problem: 'kernel-memory-leak',
    word: 'cgroup_disable=memory',
    cost: 'memory-limits-off',
    breaks: [
      ...MEMORY_USES.map(({ kind }) => kind),
      'docker-memory-limits',
      'container-memory-limits',
      'unit-memory-limits',
      'running-memory-limits',
    ],
    tooHardFor: ['exposure.leak-partly-fixed'],
    staysBecause: 'disabled-already',
    isUnprovenBy: () => false,
  },
  /** Programs that ask for huge pages still get them. */
  'thp-madvise': {
    problem: 'huge-pages-for-all',
    word: 'transparent_hugepage=madvise',
    cost: 'huge-pages-on-request',
    breaks: [],
    tooHardFor: [],
    staysBecause: undefined,
    isUnprovenBy: () => false,
  },
  /** Nobody gets them, programs that ask included: never chosen by itself, as the milder word is read by the same handler. */
  'thp-never': {
    problem: 'huge-pages-for-all',
    word: 'transparent_hugepage=never',
    cost: 'huge-pages-off',
    breaks: [],
    tooHardFor: [],
    staysBecause: 'huge-pages-off-already',
    isUnprovenBy: () => false,
  },
} as const satisfies Readonly<Record<string, RemedyDefinition>>;

/** A remedy as `--remedy` names it. */
export type RemedyName = keyof typeof REMEDIES;

/** The hazard that a remedy always brings. */
export type RemedyCost = (typeof REMEDIES)[RemedyName]['cost'];

/** `none` where a kernel needs no remedy. */
export type Remedy = 'none' | RemedyName;

/** In the order of the table. */
export const REMEDY_NAMES = Object.keys(REMEDIES) as readonly RemedyName[];

/** The remedies of one problem, mildest first. */
export function remediesOf(problem: ProblemName): readonly RemedyName[] {
  return REMEDY_NAMES.filter((remedy) => REMEDIES[remedy].problem === problem);
}

/** One answer for each remedy. */
export function forEachRemedy<Answer>(
  answer: (remedy: RemedyName) => Answer,
): Readonly<Record<RemedyName, Answer>> {
  const answers = REMEDY_NAMES.map((remedy) => [remedy, answer(remedy)] as const);
  return Object.fromEntries(answers) as Record<RemedyName, Answer>;
}

/** What a remedy puts on a command line. */
export function remedyWords(remedy: Remedy): readonly string[] {
  return remedy === 'none' ? [] : [REMEDIES[remedy].word];
}

/** What a command line is to hold with a remedy; the others' words go, as they would do nothing beside it. */
export function remedyWordGoal(remedy: Remedy): WordGoal {
  if (remedy === 'none') return { set: [], unset: [] };
  const others = remediesOf(REMEDIES[remedy].problem).filter((other) => other !== remedy);
  return { set: remedyWords(remedy), unset: others.flatMap(remedyWords) };
}

/** The remedy that a word of a command line is, in any spelling and among other tokens. */
export function remedyOfWord(word: string): RemedyName | undefined {
  const { name, value } = parseParameter(word);
  return REMEDY_NAMES.find((remedy) => {
    const wanted = parseParameter(REMEDIES[remedy].word);
    return isSameName(name, wanted.name) && listTokens(value).includes(wanted.value ?? '');
  });
}
