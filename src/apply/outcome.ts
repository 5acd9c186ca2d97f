import type { ApplyNote } from './apply-note.ts';
import type { ApplyProblem } from './problem.ts';
import type { Settlement } from './settle.ts';

/** What became of a plan. Whatever the outcome, a plan cut short before was settled first: `recovered`. */
export type Outcome = (
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'applied';
      readonly backup: { readonly id: string; readonly path: string };
      readonly notes: readonly ApplyNote[];
    }
  /** Nothing was replaced. */
  | { readonly kind: 'refused'; readonly problem: ApplyProblem }
  /** Files were replaced and taken back, as far as `takenBack` says. */
  | {
      readonly kind: 'failed-restored';
      readonly problem: ApplyProblem;
      readonly takenBack: Settlement;
    }
) & { readonly recovered: Settlement | undefined };
