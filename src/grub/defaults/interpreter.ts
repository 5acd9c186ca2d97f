import type { State } from './state.ts';
import type { Command } from './syntax.ts';
import type { UnknownPiece, UnknownReason } from './value.ts';

/** The shell that runs grub-mkconfig: dash on Debian and Ubuntu, elsewhere bash called as sh. */
export type Shell = 'dash' | 'bash';

/** The shell ends here for certain. */
type EndCode = 'exit' | 'command-fails' | 'read-only' | 'bad-substitution';

/** Reading ends here: a slip that no file is meant to have, or what cannot be followed. */
type LostCode =
  | 'append-operator'
  | 'blanks-around-equals'
  | 'assignment-before-command'
  | 'bash-syntax'
  | 'command-not-found'
  | 'unfollowed-command'
  | 'too-complex';

/** Why the run ends for certain, or can't be followed. */
export type StopCode = EndCode | LostCode;

/** The exit status of a command as far as reading can tell. */
export type Status = 'success' | 'failure' | 'unknown';

/** Why and where the run stopped. */
export interface Stop {
  readonly code: StopCode;
  readonly path: string;
  readonly offset: number;
}

/**
 * The run of the files. `state` is undefined where the shell cannot arrive: behind `exit`, `return` or a stop.
 */
export interface Interpreter {
  readonly shell: Shell;
  path: string;
  state: State | undefined;
  /** States at the `return`s of the file that runs. */
  returns: State[];
  /** Where the shell ends, on one of the ways at least. */
  readonly ends: Stop[];
  /** The first place where the reading is lost, on whatever way. */
  lost: Stop | undefined;
  /** The functions that the files define anywhere, by name. */
  readonly functions: ReadonlyMap<string, readonly Command[]>;
  stepsLeft: number;
}

/** A piece that can't be known for what stands at a node. */
export function unknownHere(
  interpreter: Interpreter,
  because: UnknownReason,
  node: { readonly offset: number },
): UnknownPiece {
  return { kind: 'unknown', because, path: interpreter.path, offset: node.offset };
}

/** The shell does not go on from here. */
export function end(interpreter: Interpreter, code: EndCode, node: { readonly offset: number }): void {
  if (interpreter.state === undefined) return;
  interpreter.ends.push({ code, path: interpreter.path, offset: node.offset });
  interpreter.state = undefined;
}

/** Nothing can be said of what the files do. */
export function lose(interpreter: Interpreter, code: LostCode, node: { readonly offset: number }): void {
  if (interpreter.state === undefined) return;
  interpreter.lost ??= { code, path: interpreter.path, offset: node.offset };
  interpreter.state = undefined;
}
