import type { Problem } from '../problem.ts';
import { excerpt, type Place, positionAt } from '../text-position.ts';
import { type Interpreter, lose, type Shell, type Stop, type StopCode, unknownHere } from './interpreter.ts';
import { runList } from './run.ts';
import { initialState, joinStates, variableValue } from './state.ts';
import type { Command, DefaultsFile, SyntaxElement } from './syntax.ts';
import { knownText, type ShellValue, type UnknownReason } from './value.ts';

/** One of the files that grub-mkconfig sources, with the path by which problems name it. */
export interface DefaultsSource {
  readonly path: string;
  readonly file: DefaultsFile;
}

/** A problem in one of the files that grub-mkconfig sources. */
export interface DefaultsProblem<Code extends string = string> extends Problem<Code> {
  readonly at: Place;
}

/**
 * What a variable holds when grub-mkconfig has sourced the files. `expansion` says which bytes of which file make
 * the value, also where only a part of it is known.
 */
export type DefaultsValue =
  | {
      readonly kind: 'known';
      readonly value: string;
      /** The assignment that decides. */
      readonly decidedBy: Place;
      readonly expansion: ShellValue;
    }
  | { readonly kind: 'unset' }
  | {
      readonly kind: 'unknown';
      readonly because: UnknownReason | StopCode;
      readonly at: Place;
      readonly expansion: ShellValue;
    };

/** The variables once all files are sourced. */
export interface DefaultsValues {
  readonly get: (name: string) => DefaultsValue;
  /** Every name that the files assign, in the order of their first assignment. */
  readonly names: readonly string[];
  /** Why grub-mkconfig would end while sourcing, or what cannot be followed; then every value is unknown. */
  readonly stopped: DefaultsProblem<StopCode> | undefined;
}

/** Commands that are run before the reading gives up: far more than real files have. */
const mostSteps = 100_000;

/**
 * What the variables hold after `sh` has sourced the files, found by reading: nothing is run. A value is `known`
 * only if every run of the files gives it, provided that no command in them fails.
 *
 * @param files in the order in which grub-mkconfig sources them: the main file, then the drop-ins
 * @param shell the interpreter of grub-mkconfig; bash is taken to be called as `sh` (POSIX mode)
 *
 * Source: util/grub-mkconfig.in (`set -e`, `. ${sysconfdir}/default/grub`), Debian's default-grub-d.patch,
 * POSIX.1-2017, Shell Command Language.
 */
export function evaluateDefaults(files: readonly DefaultsSource[], shell: Shell): DefaultsValues {
  const interpreter: Interpreter = {
    shell,
    path: '',
    state: initialState(),
    returns: [],
    ends: [],
    lost: undefined,
    functions: functionsOf(files),
    stepsLeft: mostSteps,
  };
  for (const { path, file } of files) runFile(interpreter, path, file);
  const { state } = interpreter;
  const placeAt = (path: string, offset: number): Place => placeIn(files, path, offset);
  const stop = interpreter.lost ?? (state === undefined ? interpreter.ends[0] : undefined);
  if (stop !== undefined) return stoppedValues(files, stop);
  return {
    get: (name) => describe(state === undefined ? nothing : variableValue(state, name), placeAt),
    names: [...(state?.variables.keys() ?? [])],
    stopped: undefined,
  };
}

function stoppedValues(files: readonly DefaultsSource[], { code, path, offset }: Stop): DefaultsValues {
  const at = placeIn(files, path, offset);
  const text = files.find((source) => source.path === path)?.file.text ?? '';
  const get = (): DefaultsValue => ({ kind: 'unknown', because: code, at, expansion: nothing });
  return { get, names: [], stopped: { code, at, found: excerpt(text, offset) } };
}

const nothing: ShellValue = { isSet: false, pieces: [], steps: [] };

function functionsOf(files: readonly DefaultsSource[]): ReadonlyMap<string, readonly Command[]> {
  const functions = new Map<string, Command[]>();
  const collect = (element: SyntaxElement) => {
    if ('text' in element) return;
    if (element.kind === 'function') {
      functions.set(element.name, [...(functions.get(element.name) ?? []), element.body]);
    }
    element.children.forEach(collect);
  };
  for (const { file } of files) collect(file.body);
  return functions;
}

function runFile(interpreter: Interpreter, path: string, file: DefaultsFile): void {
  interpreter.path = path;
  const [bashSyntax] = file.bashSyntax;
  if (interpreter.shell === 'dash' && bashSyntax !== undefined) {
    lose(interpreter, 'bash-syntax', { offset: bashSyntax });
  }
  runList(interpreter, file.body, false);
  const difference = unknownHere(interpreter, 'condition', file.body);
  for (const returned of interpreter.returns) {
    interpreter.state = joinStates(interpreter.state, returned, difference);
  }
  interpreter.returns = [];
}

/** The place of an offset in one of the files; in the first of them where the path is none of theirs. */
export function placeIn(files: readonly DefaultsSource[], path: string, offset: number): Place {
  const source = files.find((candidate) => candidate.path === path) ?? files[0];
  return { path: source?.path ?? path, ...positionAt(source?.file.text ?? '', offset) };
}

function describe(expansion: ShellValue, placeAt: (path: string, offset: number) => Place): DefaultsValue {
  if (!expansion.isSet) return { kind: 'unset' };
  const value = knownText(expansion.pieces);
  const decidedBy = expansion.steps.at(-1);
  if (value !== undefined) {
    const at = decidedBy === undefined ? placeAt('', 0) : placeAt(decidedBy.path, decidedBy.node.offset);
    return { kind: 'known', value, decidedBy: at, expansion };
  }
  const unknown = expansion.pieces.find((piece) => piece.kind === 'unknown');
  return {
    kind: 'unknown',
    because: unknown?.because ?? 'command',
    at: placeAt(unknown?.path ?? '', unknown?.offset ?? 0),
    expansion,
  };
}
