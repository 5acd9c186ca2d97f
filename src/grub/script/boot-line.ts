import type { Place } from '../text-position.ts';
import type { ScriptFile } from './script-file.ts';
import type { Span } from './token.ts';

/**
 * A word as the loader gets it, with quoting undone and variables replaced.
 *
 * Where a variable's value can't be known, `known` is false and the text has `$name` in its place.
 */
export interface BootWord {
  readonly text: string;
  readonly known: boolean;
  /** Whether it is one word for sure; what an unquoted variable or a pattern brings may be several or none. */
  readonly single: boolean;
  /** Where the word, or the variable that brought it, stands on its line. */
  readonly place: Place;
  /** The bytes there; several words share them where one variable brought them all. */
  readonly span: Span;
  /** The variables that had a part in it, in order; none where the word stands literally. */
  readonly variables: readonly WordVariable[];
  /** GRUB would match it against file names, for an unquoted `*` or `?`; the text, not known, is that of no match. */
  readonly pattern: boolean;
}

/** A variable that a word names. */
export interface WordVariable {
  readonly name: string;
  /** Where it was assigned; several places where a condition decides, none where no assignment was seen. */
  readonly assignments: readonly Place[];
  /** What it may hold, where that can't be told for sure but the candidates are known. */
  readonly alternatives: readonly string[] | undefined;
}

/** Commands that hand words to what they load. */
export type BootCommand =
  | 'linux'
  | 'linux16'
  | 'linuxefi'
  | 'initrd'
  | 'initrd16'
  | 'initrdefi'
  | 'multiboot'
  | 'multiboot2'
  | 'module'
  | 'module2'
  | 'xen_hypervisor'
  | 'xen_module'
  | 'chainloader';

/**
 * Who reads the words: the Linux kernel, the Xen hypervisor, the Linux kernel that Xen starts (whose first word is
 * a placeholder that Xen drops), or something else.
 */
export type BootRole = 'linux' | 'xen' | 'linux-under-xen' | 'other';

/** One command of an entry that loads something. */
export interface BootLine {
  readonly command: BootCommand;
  readonly role: BootRole;
  readonly place: Place;
  /** The file as it was when this was read: all spans count in its text. */
  readonly file: ScriptFile;
  /** The command line in its file. */
  readonly span: Span;
  /** What the last `search` for GRUB's root before it in its entry asked for: a UUID, a label or a file. */
  readonly device: string | undefined;
  /** The device that the image or the entry's own `set root=` names outright, as GRUB calls it: `hd1,gpt2`, `loop`. */
  readonly namedDevice: string | undefined;
  /** What is loaded: the first argument behind the loader's own options. */
  readonly image: BootWord | undefined;
  /** The arguments behind the image, empty ones included. */
  readonly words: readonly BootWord[];
  /** The words of the command line in the file, the command's name included. */
  readonly sourceWords: readonly Span[];
  /** Whether a condition that can't be known decides about it. */
  readonly conditional: boolean;
}
