import { isSetId } from './set-id.ts';
import { isHash, isPath, isText, listOf, type Rule, recordOf, that } from './state-record.ts';

/** Words that are to be present, and words that are to go. */
interface TriedWords {
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

/** A trial, as the manifest of its backup set keeps it: what it takes to keep its words for good. Texts are latin1. */
export interface TrialRecord {
  /** What is tried on the kernel of the entry that boots next. */
  readonly tried: TriedWords;
  /** What is kept once that went well: of lines that kernels share, and of each kernel's own. */
  readonly shared: TriedWords;
  readonly kernels: readonly (TriedWords & { readonly release: string })[];
  /** The entries that get the words for good, as `--entries` names them. */
  readonly entries: string;
  /** Whether words that mount the root file system may change. */
  readonly isForced: boolean;
  /** The words that the kernel of the trial is started with. */
  readonly line: readonly string[];
  /** Of the permanent plan, as it was when the trial was made (`planFingerprint`). */
  readonly permanent: string;
  /** The environment block whose `next_entry` names the entry. */
  readonly block: string;
}

/** What a later set is to the trial of an earlier one. */
export interface TrialStep {
  /** The set that began the trial. */
  readonly of: string;
  /** The words were kept; a unit was installed that keeps them after the next boot; that unit was taken out. */
  readonly is: 'confirmed' | 'at-boot' | 'not-at-boot';
}

const MOST_WORDS = 4096;

const isTexts: Rule = (value) =>
  listOf(isText)(value) ?? (Array.isArray(value) && value.length > MOST_WORDS ? '' : undefined);

const GOAL = { set: isTexts, unset: isTexts };

/** The form of `TrialRecord` in a JSON record. */
export const isTrialRecord: Rule = recordOf({
  tried: recordOf(GOAL),
  shared: recordOf(GOAL),
  kernels: listOf(recordOf({ ...GOAL, release: isText })),
  entries: isText,
  isForced: that((value) => typeof value === 'boolean'),
  line: isTexts,
  permanent: isHash,
  block: isPath,
});

/** The form of `TrialStep` in a JSON record. */
export const isTrialStep: Rule = recordOf({
  of: that(isSetId),
  is: that((value) => value === 'confirmed' || value === 'at-boot' || value === 'not-at-boot'),
});
