import type { Place } from '../text-position.ts';
import type { BootLine } from './boot-line.ts';

interface MenuItemBase {
  readonly title: string;
  /** What `--id` gave, else the title (GRUB 2.06, grub-core/commands/menuentry.c). */
  readonly id: string;
  readonly classes: readonly string[];
  /** The value of `--users`. */
  readonly users: string | undefined;
  readonly unrestricted: boolean;
  readonly place: Place;
  /** Whether a condition that can't be known decides about it. */
  readonly conditional: boolean;
  /** Configurations that its body goes on with (`configfile`), as the command names them; they are not followed. */
  readonly configFiles: readonly string[];
}

/** A bootable choice. */
export interface MenuEntry extends MenuItemBase {
  readonly kind: 'entry';
  readonly bootLines: readonly BootLine[];
  /** What its body writes into environment blocks. */
  readonly saves: readonly SavedVariable[];
}

/** One variable that `save_env` writes into an environment block, or takes out of it. */
export interface SavedVariable {
  readonly name: string;
  /** The block as the command names it; undefined where GRUB's own (`$prefix/grubenv`) is meant. */
  readonly path: string | undefined;
  /** As it stands at that moment; undefined where it is not set, so that GRUB takes it out of the block. */
  readonly value: MenuVariable | undefined;
  readonly place: Place;
  /** Whether a condition that can't be known decides about it. */
  readonly conditional: boolean;
}

/** A choice that leads to another menu. */
export interface Submenu extends MenuItemBase {
  readonly kind: 'submenu';
  readonly children: readonly GrubMenuItem[];
}

/** Where `blscfg` and its like put entries made from boot loader specification files. */
export interface LoaderEntries {
  readonly kind: 'loader-entries';
  readonly command: string;
  readonly words: readonly string[];
  readonly place: Place;
  readonly conditional: boolean;
  /** The variables at that moment: `blsdir`, `default_kernelopts` and what the entries' options name. */
  readonly variables: ReadonlyMap<string, MenuVariable>;
}

/** One line of a menu, or where lines come from elsewhere. */
export type GrubMenuItem = MenuEntry | Submenu | LoaderEntries;

/** The value of a variable once the configuration has run. */
export interface MenuVariable {
  /** Where `known` is false, unknown parts stand as `$name`. */
  readonly text: string;
  readonly known: boolean;
  readonly alternatives: readonly string[] | undefined;
  readonly assignments: readonly Place[];
}

/** What kept the evaluation from seeing everything; docs/grub-script.md says what is followed. */
export type MenuProblemCode =
  | 'config-unreadable'
  | 'config-unknown'
  | 'config-not-evaluated'
  | 'environment-unknown'
  | 'environment-unreadable'
  | 'recursion-too-deep'
  | 'too-many-commands';

/** What kept the evaluation from seeing everything. `detail` is a path or a command as it was written. */
export interface MenuProblem {
  readonly code: MenuProblemCode;
  readonly place: Place;
  readonly detail: string;
  /** Whether it may keep entries of the menu from being seen. */
  readonly hidesEntries: boolean;
  /** Whether a condition that can't be known decides about it. */
  readonly conditional: boolean;
}

/** The menu that a configuration makes. */
export interface GrubMenu {
  /** In the order of the menu. */
  readonly items: readonly GrubMenuItem[];
  /** Boot commands that the configuration itself runs, outside any entry. */
  readonly bootLines: readonly BootLine[];
  /** What the configuration itself writes into environment blocks, outside any entry, in this order. */
  readonly saves: readonly SavedVariable[];
  readonly variables: ReadonlyMap<string, MenuVariable>;
  readonly problems: readonly MenuProblem[];
}
