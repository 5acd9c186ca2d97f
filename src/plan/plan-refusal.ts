import type { Problem } from '../grub/problem.ts';
import type { TextPosition } from '../grub/text-position.ts';

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
  /** The loader would drop the last words without a message. */
  | {
      readonly code: 'line-too-long';
      readonly path: string;
      readonly at: TextPosition;
      readonly excess: number;
    }
  | { readonly code: 'line-not-editable'; readonly path: string; readonly problem: Problem }
  /** GRUB's environment block never grows. */
  | {
      readonly code: 'environment-block-full';
      readonly path: string;
      readonly freeBytes: number;
      readonly neededBytes: number;
    }
  /** Two configurations share a file and need different words in it. */
  | { readonly code: 'menus-disagree'; readonly path: string }
  /** Read again after the edits, the menu is not the one that was meant: a bug, caught before writing. */
  | { readonly code: 'menu-would-change'; readonly path: string; readonly found: string };

/** A step of planning that did not come to its end. */
export interface RefusedPlanning {
  readonly ok: false;
  readonly refusal: PlanRefusal;
}

export function refusePlan(refusal: PlanRefusal): RefusedPlanning {
  return { ok: false, refusal };
}
