import { type Interpreter, lose, type Status, unknownHere } from './interpreter.ts';
import { runOpaque } from './opaque-command.ts';
import { runSimpleCommand } from './run-simple-command.ts';
import { copyState, joinStates, type State } from './state.ts';
import type { AndOr, Command, IfCommand, List, Pipeline, Redirection } from './syntax.ts';

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

/** Run one command and tell its status; `isTested` where a failure does not end the shell (`if`, `&&`, `!`). */
export function runCommand(interpreter: Interpreter, command: Command, isTested: boolean): Status {
  interpreter.stepsLeft -= 1;
  if (interpreter.stepsLeft <= 0) lose(interpreter, 'too-complex', command);
  return interpreter.state === undefined ? 'unknown' : runKnownCommand(interpreter, command, isTested);
}

function runKnownCommand(interpreter: Interpreter, command: Command, isTested: boolean): Status {
  if (command.kind === 'function') return 'success';
  if (interpreter.shell === 'dash' && hasBackgroundMark(command.redirections)) return 'unknown';
  switch (command.kind) {
    case 'simple-command':
      return runSimpleCommand(interpreter, command, isTested);
    case 'group':
      return runList(interpreter, command.body, isTested);
    case 'if':
      return runIf(interpreter, command, isTested);
    case 'while':
    case 'until':
    case 'for':
      return runOpaque(interpreter, command, 'loop');
    case 'case':
    case 'bash-test':
      return runOpaque(interpreter, command, 'condition');
    case 'arithmetic-command':
      // For dash `((` opens two subshells.
      return interpreter.shell === 'dash' ? 'unknown' : runOpaque(interpreter, command, 'arithmetic');
    case 'subshell':
      return 'unknown';
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
