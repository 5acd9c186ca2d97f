import type { ApplyProblem } from './problem.ts';
import type { Settlement } from './settle.ts';

/** Something that the operator should know about a plan that was applied or taken back. */
export interface ApplyNote {
  readonly code: /** `path`: GRUB may see the old text until the file system's journal is written out. */
    | 'reboot-cleanly'
    /** `path`, `systemCode`: left beside a file or in the state; the next run removes it. */
    | 'cleanup-left'
    /** `path`, `other`: two names for one file, of which none is removed before fsck.vfat(8) has run. */
    | 'file-system-damaged'
    /** `systemCode`: older backup sets than the retention keeps are still there. */
    | 'retention-failed';
  readonly data: Readonly<Record<string, string | number>>;
}

/** What became of a plan. Whatever the outcome, a plan cut short before was settled first: `recovered`. */
export type Outcome = (
  | { readonly kind: 'unchanged'; readonly exitCode: 0 }
  | {
      readonly kind: 'applied';
      readonly exitCode: 0;
      readonly backup: { readonly id: string; readonly path: string };
      readonly notes: readonly ApplyNote[];
    }
  /** Nothing was replaced. */
  | { readonly kind: 'refused'; readonly exitCode: 1 | 3 | 130; readonly problem: ApplyProblem }
  /** Files were replaced and taken back, as far as `takenBack` says. */
  | {
      readonly kind: 'failed-restored';
      readonly exitCode: 1 | 3 | 130;
      readonly problem: ApplyProblem;
      readonly takenBack: Settlement;
    }
) & { readonly recovered: Settlement | undefined };
