import { expandWord, forgetAssigned } from './expand.ts';
import { type Interpreter, lose, type Status, unknownHere } from './interpreter.ts';
import { runSimpleCommand } from './run-simple-command.ts';
import { copyState, joinStates, type State, variableValue } from './state.ts';
import type {
  AndOr,
  BashTest,
  CaseCommand,
  Command,
  ForCommand,
  IfCommand,
  List,
  LoopCommand,
  Pipeline,
  Redirection,
  Word,
} from './syntax.ts';
import { isWhollyUnknown, knownText, type ShellValue, unknownValue } from './value.ts';

/**
 * Run commands on the interpreter's state, taking both ways where a condition is not known.
 *
 * @param isTested whether a failure decides something, so that `set -e` does not apply: POSIX.1-2017, 2.14 set
 */
export function runList(interpreter: Interpreter, list: List, isTested: boolean): Status {
  let status: Status = 'success';
  for (const item of list.items) {
    if (interpreter.state === undefined) return 'unknown';
    status = runAndOr(interpreter, item, isTested);
  }
  return status;
}

function runAndOr(interpreter: Interpreter, item: AndOr, isTested: boolean): Status {
  if (item.separator === '&') return 'success';
  let status = runPipeline(interpreter, item.first, isTested || item.rest.length > 0);
  for (const [index, { operator, pipeline }] of item.rest.entries()) {
    const isLast = index === item.rest.length - 1;
    const runs = operator === '&&' ? 'success' : 'failure';
    if (status === 'unknown') {
      const skipped = interpreter.state === undefined ? undefined : copyState(interpreter.state);
      runPipeline(interpreter, pipeline, isTested || !isLast);
      join(interpreter, skipped, pipeline);
    } else if (status === runs) {
      status = runPipeline(interpreter, pipeline, isTested || !isLast);
    }
  }
  return status;
}

/** A state that another way has led to holds too. */
function join(interpreter: Interpreter, other: State | undefined, node: { readonly offset: number }): void {
  const difference = unknownHere(interpreter, 'condition', node);
  interpreter.state = joinStates(interpreter.state, other, difference);
}

function runPipeline(interpreter: Interpreter, pipeline: Pipeline, isTested: boolean): Status {
  const [command] = pipeline.commands;
  // Each command of a longer pipeline runs in a shell of its own.
  if (command === undefined || pipeline.commands.length > 1) return 'unknown';
  const status = runCommand(interpreter, command, isTested || pipeline.isNegated);
  if (!pipeline.isNegated || status === 'unknown') return status;
  return status === 'success' ? 'failure' : 'success';
}

/** Deeper than files are parsed, and far from the end of the stack: only a function that calls itself gets here. */
const deepestCommand = 200;

export function runCommand(interpreter: Interpreter, command: Command, isTested: boolean): Status {
  interpreter.stepsLeft -= 1;
  interpreter.depth += 1;
  if (interpreter.stepsLeft <= 0 || interpreter.depth > deepestCommand)
    lose(interpreter, 'too-complex', command);
  const status =
    interpreter.state === undefined ? 'unknown' : runKnownCommand(interpreter, command, isTested);
  interpreter.depth -= 1;
  return status;
}

function runKnownCommand(interpreter: Interpreter, command: Command, isTested: boolean): Status {
  if (command.kind === 'function') {
    interpreter.state?.functions.set(command.name, { path: interpreter.path, body: command.body });
    return 'success';
  }
  if (interpreter.shell === 'dash' && hasBackgroundMark(command.redirections)) return 'unknown';
  switch (command.kind) {
    case 'simple-command':
      return runSimpleCommand(interpreter, command, isTested);
    case 'group':
      return runList(interpreter, command.body, isTested);
    case 'subshell':
      return 'unknown';
    case 'if':
      return runIf(interpreter, command, isTested);
    case 'while':
    case 'until':
      return runLoop(interpreter, command, isTested);
    case 'for':
      return runFor(interpreter, command, isTested);
    case 'case':
      return runCase(interpreter, command, isTested);
    case 'bash-test':
    case 'arithmetic-command':
      return runBashTest(interpreter, command);
  }
}

/** For dash `&>` ends a background command. */
function hasBackgroundMark(redirections: readonly Redirection[]): boolean {
  return redirections.some(({ operator }) => operator.startsWith('&'));
}

function runIf(interpreter: Interpreter, command: IfCommand, isTested: boolean): Status {
  const ends: (State | undefined)[] = [];
  let isDecided = false;
  for (const { condition, body } of command.branches) {
    const status = runList(interpreter, condition, true);
    const otherwise = interpreter.state === undefined ? undefined : copyState(interpreter.state);
    if (status !== 'failure') {
      runList(interpreter, body, isTested);
      ends.push(interpreter.state);
    }
    interpreter.state = status === 'success' ? undefined : otherwise;
    isDecided = interpreter.state === undefined;
    if (isDecided) break;
  }
  if (!isDecided && command.otherwise !== undefined) runList(interpreter, command.otherwise, isTested);
  for (const end of ends) join(interpreter, end, command);
  return 'unknown';
}

function runLoop(interpreter: Interpreter, command: LoopCommand, isTested: boolean): Status {
  return runRepeatedly(interpreter, command, () => {
    const status = runList(interpreter, command.condition, true);
    const ends = command.kind === 'while' ? 'failure' : 'success';
    if (status !== ends) runList(interpreter, command.body, isTested);
  });
}

function runFor(interpreter: Interpreter, command: ForCommand, isTested: boolean): Status {
  for (const word of command.words) expandWord(interpreter, word);
  return runRepeatedly(interpreter, command, () => {
    interpreter.state?.variables.set(command.name, unknownValue(unknownHere(interpreter, 'loop', command)));
    runList(interpreter, command.body, isTested);
  });
}

/**
 * What holds after any number of rounds: whatever a round changes is unknown, and a round is run again with
 * that, until it changes nothing more.
 */
function runRepeatedly(
  interpreter: Interpreter,
  command: LoopCommand | ForCommand,
  round: () => void,
): Status {
  const unknown = unknownValue(unknownHere(interpreter, 'loop', command));
  interpreter.loopDepth += 1;
  for (let isStable = false; !isStable && interpreter.state !== undefined; ) {
    const before = interpreter.state;
    interpreter.state = copyState(before);
    round();
    const after: State | undefined = interpreter.state;
    interpreter.state = before;
    isStable = after === undefined || !forgetChanged(before, after, unknown);
  }
  interpreter.loopDepth -= 1;
  return 'unknown';
}

/** Make unknown in `before` what is different in `after`; false where nothing more is. */
function forgetChanged(before: State, after: State, unknown: ShellValue): boolean {
  let hasChanged = false;
  for (const name of new Set([...before.variables.keys(), ...after.variables.keys()])) {
    const old = variableValue(before, name);
    if (old === variableValue(after, name) || isWhollyUnknown(old)) continue;
    before.variables.set(name, unknown);
    hasChanged = true;
  }
  if (after.rest !== undefined && before.rest === undefined) {
    before.rest = after.rest;
    hasChanged = true;
  }
  for (const name of new Set([...before.functions.keys(), ...after.functions.keys()])) {
    const old = before.functions.get(name);
    const isKept = before.functions.has(name) && (old === undefined || old === after.functions.get(name));
    if (isKept) continue;
    before.functions.set(name, undefined);
    hasChanged = true;
  }
  return hasChanged;
}

function runCase(interpreter: Interpreter, command: CaseCommand, isTested: boolean): Status {
  const subject = knownText(expandWord(interpreter, command.subject));
  const ends: (State | undefined)[] = [];
  for (const { patterns, body } of command.branches) {
    const matches = command.fallsThrough ? undefined : matchesAny(interpreter, subject, patterns);
    if (matches === false || interpreter.state === undefined) continue;
    const otherwise = copyState(interpreter.state);
    runList(interpreter, body, isTested);
    ends.push(interpreter.state);
    interpreter.state = matches === true ? undefined : otherwise;
  }
  for (const end of ends) join(interpreter, end, command);
  return 'unknown';
}

function matchesAny(
  interpreter: Interpreter,
  subject: string | undefined,
  patterns: readonly Word[],
): boolean | undefined {
  let result: boolean | undefined = false;
  for (const pattern of patterns) {
    const text = knownText(expandWord(interpreter, pattern));
    if (text === '*' && pattern.parts[0]?.kind === 'literal') return true;
    const isPlain = text !== undefined && ![...text].some((character) => '*?[\\'.includes(character));
    if (subject === undefined || !isPlain) result = undefined;
    else if (subject === text) return true;
  }
  return result;
}

function runBashTest(interpreter: Interpreter, command: BashTest): Status {
  // For dash `((` opens two subshells, and `[[` is a command that it does not have.
  if (interpreter.shell === 'dash') {
    if (command.kind === 'bash-test') lose(interpreter, 'bash-syntax', command);
    return 'unknown';
  }
  for (const word of command.words) expandWord(interpreter, word);
  if (command.kind === 'bash-test') return 'unknown';
  const text = command.children.map((child) => ('text' in child ? child.text : '')).join('');
  forgetAssigned(interpreter, { text, offset: command.offset });
  return 'unknown';
}
