import type { DefaultsWords } from '../grub/defaults/defaults-words.ts';
import type { UnknownReason } from '../grub/defaults/value.ts';

/** The program that makes a line. */
export type Generator = 'grub-mkconfig' | 'kernel-install' | 'new-kernel-pkg' | 'grubby';

/** What kind of entry a line is for. */
export type LaterLineKind =
  /** 10_linux: a kernel's entries, and those for recovery. */
  | 'normal'
  | 'recovery'
  /** 20_linux_xen: Linux under Xen, and the hypervisor itself. */
  | 'dom0'
  | 'dom0-recovery'
  | 'hypervisor'
  /** The options of entry files (Boot Loader Specification). */
  | 'entry-file'
  /** The value that all entry files of RHEL 8 share. */
  | 'kernelopts'
  /** The default entry, copied for a new kernel. */
  | 'copy'
  /** An entry that stands in a script of /etc/grub.d as it is printed. */
  | 'literal';

/** A command line that the system's own programs will make for kernels still to come, as far as it can be known. */
export interface LaterLine {
  readonly by: Generator;
  readonly kind: LaterLineKind;
  /** As the kernel gets them, in order. */
  readonly words: readonly LaterWord[];
  /** What can't be known of the line: it may bring more words. */
  readonly unknown: readonly UnknownPart[];
  /** What GRUB will not take for words of the line, though the generator puts it there. */
  readonly lost: LostText | undefined;
  /** The entry, where there is a particular one. */
  readonly entry: { readonly title: string; readonly id: string } | undefined;
}

/** A word of a line that the generator will write, with where it comes from. */
export interface LaterWord {
  readonly text: string;
  /**
   * `variable` holds a variable of GRUB's; `unknown` a part that is decided when the generator runs, and its text is
   * what is known of it; `fixed` ones are the generator's own.
   */
  readonly kind: 'plain' | 'variable' | 'unknown' | 'fixed';
  /** `path:line`, or the path alone. */
  readonly from: string;
  /** The variable of the shell whose value holds it. */
  readonly variable: string | undefined;
}

/** Why a part can't be known: by reading the defaults files, or because grub-mkconfig or kernel-install decides it. */
export type UnknownCause = UnknownReason | 'terminal' | 'running-kernel';

/** A part of the line that reading can't decide, with its reason and place. */
export interface UnknownPart {
  readonly because: UnknownCause;
  /** `path:line` */
  readonly from: string;
}

/** Text of a value that reaches no kernel, and what ends the line in front of it. */
export interface LostText {
  readonly text: string;
  /** `path:line` of what ends the line. */
  readonly from: string;
  readonly because: Exclude<DefaultsWords['ending'], 'text'>;
}
