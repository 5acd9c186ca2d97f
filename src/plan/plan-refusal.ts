import type { EntryKind } from '../facts/entry-kind.ts';
import type { UnknownCause } from '../generator/later-line.ts';
import type { GrubProblemCode } from '../grub/grub-problem.ts';
import type { Problem } from '../grub/problem.ts';
import type { TextPosition } from '../grub/text-position.ts';

/** What stands against changing the words of one place. */
export type PlanProblem = Problem<GrubProblemCode | 'replacement-would-be-empty'>;

/** Why a goal can't be planned; nothing is written. */
export type PlanRefusal =
  /** Words that find or unlock the root file system would change. */
  | { readonly code: 'guarded-words'; readonly words: readonly string[] }
  /** The system makes its boot configuration from a place of its own; `command` is empty in `kept-by-file`. */
  | {
      readonly code: 'kept-by-system' | 'kept-by-file';
      readonly system: string;
      readonly place: string;
      readonly command: string;
    }
  /** The entry that boots next would not get the words: it is left alone, or its kernel can't be told. */
  | {
      readonly code: `next-boot-${Exclude<EntryKind, 'normal'>}`;
      readonly title: string;
      readonly id: string;
      readonly image: string;
      /** Whether it boots every time, and not only once. */
      readonly isDefault: boolean;
    }
  /** The loader would drop the last words without a message. */
  | {
      readonly code: 'line-too-long';
      readonly path: string;
      readonly at: TextPosition;
      readonly excess: number;
    }
  | { readonly code: 'line-not-editable'; readonly path: string; readonly problem: PlanProblem }
  /** GRUB's environment block never grows. */
  | {
      readonly code: 'environment-block-full';
      readonly path: string;
      readonly freeBytes: number;
      readonly neededBytes: number;
    }
  /** Two configurations share a file and need different words in it. */
  | { readonly code: 'menus-disagree'; readonly path: string }
  /** One line of a script makes several entries that need different words. */
  | {
      readonly code: 'line-of-several-entries';
      readonly path: string;
      readonly at: TextPosition;
      readonly titles: readonly string[];
    }
  /** A line that the system's own generators will make would still have a word that is to go. */
  | {
      readonly code: 'later-line-keeps-word';
      readonly line: string;
      readonly word: string;
      readonly from: string;
    }
  /** GRUB would not take the words for words of the line: something in front ends it. */
  | {
      readonly code: 'later-line-cut';
      readonly line: string;
      readonly words: string;
      readonly from: string;
      readonly found: string;
    }
  | { readonly code: 'later-line-lacks-word'; readonly line: string; readonly words: string }
  /** A word that is to go may come from where can't be read. */
  | {
      readonly code: 'later-line-unknown';
      readonly line: string;
      readonly word: string;
      readonly from: string;
      /** Why it can't be known. */
      readonly unknown: UnknownCause;
    }
  /** A word that is not meant would come, go or change. */
  | { readonly code: 'later-line-would-change'; readonly line: string; readonly found: string }
  /** Read again after the edits, the menu is not the one that was meant: a bug, caught before writing. */
  | { readonly code: 'menu-would-change'; readonly path: string; readonly found: string };

/** A step of planning that did not come to its end. */
export interface RefusedPlanning {
  readonly ok: false;
  readonly refusal: PlanRefusal;
}

/** A refusal as the result of planning. */
export function refusePlan(refusal: PlanRefusal): RefusedPlanning {
  return { ok: false, refusal };
}
