import type { DefaultsEditCode } from './defaults/edit-defaults.ts';
import type { DefaultsSyntaxCode } from './defaults/syntax.ts';
import type { EnvironmentBlockCode } from './environment-block.ts';
import type { KernelCmdlineFileCode } from './loader-entry/kernel-cmdline-file.ts';
import type { LoaderEntryCode } from './loader-entry/loader-entry.ts';
import type { Problem } from './problem.ts';
import type { BootLineProblemCode } from './script/edit-boot-line.ts';
import type { MenuProblemCode } from './script/grub-menu.ts';
import type { GrubScriptProblemCode } from './script/script-problem.ts';

/** Everything that one of the file formats can say against a file or a change. */
export type GrubProblemCode =
  | BootLineProblemCode
  | DefaultsEditCode
  | DefaultsSyntaxCode
  | EnvironmentBlockCode
  | GrubScriptProblemCode
  | KernelCmdlineFileCode
  | LoaderEntryCode
  /** The menu of a script is endless. */
  | Extract<MenuProblemCode, 'too-many-commands'>;

/** Whatever can be wrong with a file of the boot configuration, with its place. */
export type GrubProblem = Problem<GrubProblemCode>;
