import type { Place, TextPosition } from '../text-position.ts';
import type { Argument } from './argument-draft.ts';
import type { BootLine, BootWord } from './boot-line.ts';
import type { Environment } from './environment.ts';
import type { GrubMenuItem, MenuProblem, MenuProblemCode, SavedVariable } from './grub-menu.ts';
import type { ScriptFile } from './script-file.ts';
import type { Command, GrubScript, StatementList } from './syntax-tree.ts';

/** What the evaluation asks about the machine. Paths are as the script names them, unknown variables as `$name`. */
export interface MenuSources {
  /** The file that `source` or `configfile` names; undefined where it isn't there, `unknown` where that can't be told or read. */
  readonly readScript: (path: string) => ScriptFile | 'unknown' | undefined;
  /**
   * The variables of an environment block; no path means GRUB's own (`$prefix/grubenv`). Undefined where none is there, or
   * none that GRUB would load; `unknown` where that can't be told.
   */
  readonly readEnvironment: (path: string | undefined) => ReadonlyMap<string, string> | 'unknown' | undefined;
  /** What `test -e`, `-f`, `-s` and `-d` would find; undefined where that can't be told. */
  readonly testFile?: (operator: '-e' | '-f' | '-s' | '-d', path: string) => boolean | undefined;
}

/** The exit status of a command, undefined where it can't be known. */
export type Status = number | undefined;

/** Errors of GRUB's include/grub/err.h that commands end with. */
export const exitStatus = {
  done: 0,
  testFailed: 1,
  invalidCommand: 17,
  badArgument: 18,
  tooDeep: 36,
} as const;

/** What interrupts a list of commands. */
export type Interruption =
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  | { readonly kind: 'return' }
  | { readonly kind: 'exit' };

/** A body in braces and the file that it stands in. */
export interface Body {
  readonly file: ScriptFile;
  readonly list: StatementList;
}

/** An entry or submenu whose body is yet to be run. */
export interface PendingBody {
  /** Undefined where `--source` gives it as a word, which is not followed. */
  readonly body: Body | undefined;
  readonly parameters: readonly Argument[];
  readonly chosen: string;
  readonly submenu: boolean;
  readonly bootLines: BootLine[];
  readonly saves: SavedVariable[];
  readonly configFiles: string[];
  readonly children: GrubMenuItem[];
}

/** How far a configuration has run, and what is known by then. */
export interface Evaluation {
  readonly sources: MenuSources;
  readonly keepsHexEscapes: boolean;
  readonly functions: Map<string, Body>;
  readonly problems: MenuProblem[];
  environment: Environment;
  items: GrubMenuItem[];
  pending: PendingBody[];
  bootLines: BootLine[];
  saves: SavedVariable[];
  /** What the last `search` for GRUB's root asked for; undefined where the current body has none. */
  searched: string | undefined;
  /** The device that the current body last gave to `root` by its name. */
  namedRoot: string | undefined;
  /** Where `configfile` leads; undefined while the configuration itself runs. */
  configFiles: string[] | undefined;
  /** The body of an entry runs: what it adds is no part of the menu. */
  inEntry: boolean;
  parameters: readonly Argument[] | undefined;
  chosen: string;
  /** Of the last command; null before the first one. */
  status: Status | null;
  interruption: Interruption | undefined;
  /** How many undecided conditions the current command stands under. */
  conditions: number;
  /** An `exit` or `configfile` may have ended the configuration before. */
  mayHaveEnded: boolean;
  recursion: number;
  loops: number;
  /** Commands to run, words and bytes to make of variables. */
  stepsLeft: number;
}

/** A command with its arguments, as it runs. */
export interface Call {
  readonly file: ScriptFile;
  readonly command: Command;
  readonly name: string;
  readonly words: readonly BootWord[];
}

/** What a command of GRUB does to the evaluation, and its exit status. */
export type CommandRule = (evaluation: Evaluation, call: Call) => Status;

const lineStartsOf = new WeakMap<GrubScript, readonly number[]>();

function lineStarts(script: GrubScript): readonly number[] {
  const cached = lineStartsOf.get(script);
  if (cached !== undefined) return cached;
  const starts = [0];
  for (let at = script.text.indexOf('\n'); at !== -1; at = script.text.indexOf('\n', at + 1))
    starts.push(at + 1);
  lineStartsOf.set(script, starts);
  return starts;
}

function positionOf(script: GrubScript, offset: number): TextPosition {
  const starts = lineStarts(script);
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The place of an offset in a file. */
export function placeOf(file: ScriptFile, offset: number): Place {
  return { path: file.path, ...positionOf(file.script, offset) };
}

/** Where the first command of a body stands. */
export function bodyPlace({ file, list }: Body): Place {
  return placeOf(file, list[0]?.start ?? 0);
}

/** Where a command stands. */
export function callPlace(call: Call): Place {
  return placeOf(call.file, call.command.start);
}

/** GRUB too stops at its depth, and passes over a file that is not there: what it makes of them was seen. */
const mayHideEntries: ReadonlySet<MenuProblemCode> = new Set([
  'config-not-evaluated',
  'config-unknown',
  'too-many-commands',
]);

/** Notes what keeps the evaluation from seeing everything. */
export function reportProblem(
  evaluation: Evaluation,
  code: MenuProblemCode,
  place: Place,
  detail: string,
): void {
  const hidesEntries = mayHideEntries.has(code) && !evaluation.inEntry;
  evaluation.problems.push({ code, place, detail, hidesEntries, conditional: isConditional(evaluation) });
}

/** Takes steps from those that the evaluation may still make; once they are used up, nothing runs any more. */
export function spend(evaluation: Evaluation, steps: number, file: ScriptFile, offset: number): void {
  const before = evaluation.stepsLeft;
  evaluation.stepsLeft -= steps;
  if (before > 0 && evaluation.stepsLeft <= 0) {
    reportProblem(evaluation, 'too-many-commands', placeOf(file, offset), '');
  }
}

/** How deep commands may stand in one another (MAX_RECURSION_DEPTH of grub-core/script/execute.c). */
const deepestRecursion = 64;

/** Runs a command inside others, unless it stands too deep in them for GRUB. */
export function descend(evaluation: Evaluation, run: () => Status, place: () => Place): Status {
  evaluation.recursion += 1;
  const tooDeep = evaluation.recursion >= deepestRecursion;
  if (tooDeep) reportProblem(evaluation, 'recursion-too-deep', place(), '');
  const status = tooDeep ? exitStatus.tooDeep : run();
  evaluation.recursion -= 1;
  evaluation.status = status;
  return status;
}

/** Runs something whose undecided `return` or `break` does not matter behind it. */
export function inBoundary(evaluation: Evaluation, run: () => Status): Status {
  const { conditions } = evaluation;
  const status = run();
  evaluation.conditions = conditions;
  return status;
}

/** Whether what happens now depends on a condition that can't be known. */
export function isConditional(evaluation: Evaluation): boolean {
  return evaluation.conditions > 0 || evaluation.mayHaveEnded;
}
