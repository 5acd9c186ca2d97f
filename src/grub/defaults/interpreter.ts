import type { ShellFunction, State } from './state.ts';
import type { UnknownPiece, UnknownReason } from './value.ts';

/** The shell that runs grub-mkconfig: dash on Debian and Ubuntu, elsewhere bash called as sh. */
export type Shell = 'dash' | 'bash';

/** Why reading ends: the shell would stop here for certain, or nothing behind it can be followed. */
export type StopCode =
  | 'append-operator'
  | 'blanks-around-equals'
  | 'assignment-before-command'
  | 'bash-syntax'
  | 'bad-substitution'
  | 'command-fails'
  | 'command-not-found'
  | 'exit'
  | 'read-only'
  | 'unfollowed-command'
  | 'too-complex';

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
  /** States at the `return`s of the function or file that runs. */
  returns: State[];
  readonly stops: Stop[];
  readonly callers: ShellFunction[];
  /** Names that `local` has met in the function that runs; undefined outside functions. */
  locals: Set<string> | undefined;
  loopDepth: number;
  stepsLeft: number;
}

export function unknownHere(
  interpreter: Interpreter,
  because: UnknownReason,
  node: { readonly offset: number },
): UnknownPiece {
  return { kind: 'unknown', because, path: interpreter.path, offset: node.offset };
}

/** The shell does not go on from here. */
export function stop(interpreter: Interpreter, code: StopCode, node: { readonly offset: number }): void {
  if (interpreter.state === undefined) return;
  interpreter.stops.push({ code, path: interpreter.path, offset: node.offset });
  interpreter.state = undefined;
}
