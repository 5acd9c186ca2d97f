import type { TextPosition } from '../../grub/text-position.ts';

/** Why words can't be tried with one boot; nothing is written. */
export type TrialRefusal =
  /** More than one configuration may be the one that is read. */
  | { readonly code: 'trial-several-configs'; readonly paths: string }
  /** An earlier trial's entry is still in the menu. */
  | { readonly code: 'trial-there'; readonly title: string }
  /** The entry that boots next is not among those that are meant. */
  | { readonly code: 'trial-other-entry'; readonly title: string }
  /** The menu loads no environment block. */
  | { readonly code: 'trial-no-environment'; readonly path: string }
  /** GRUB reads the block and can't write it, so that it would boot the trial again and again. */
  | {
      readonly code: 'trial-block-read-only';
      readonly path: string;
      readonly fileSystem: string;
      readonly source: string;
    }
  | { readonly code: 'trial-block-device-unknown'; readonly path: string }
  /** Another entry is to be booted once already. */
  | { readonly code: 'trial-once-already'; readonly path: string; readonly title: string }
  /** The menu does not boot the entry that `next_entry` names. */
  | { readonly code: 'trial-next-entry-ignored'; readonly path: string }
  /** Nothing clears `next_entry` before the menu. */
  | { readonly code: 'trial-next-entry-kept'; readonly path: string }
  /** Starting the entry writes a variable that may bring it back. */
  | {
      readonly code: 'trial-entry-saves';
      readonly path: string;
      readonly line: number;
      readonly name: string;
    }
  /** The entry that boots is not made by one block of commands with all of its words in it. */
  | {
      readonly code: 'trial-entry-not-copied';
      readonly path: string;
      readonly at: TextPosition;
      readonly title: string;
    }
  /** With the trial's entry the menu would be another one in more than this entry. */
  | { readonly code: 'trial-menu-would-change'; readonly path: string; readonly found: string }
  /** This loader's one-shot boot can't be asked for from here. */
  | { readonly code: 'trial-loader'; readonly loader: string };
