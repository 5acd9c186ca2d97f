import { runAssignments } from './assign.ts';
import { expandArgument, expandWord } from './expand.ts';
import { end, type Interpreter, lose, type Status, unknownHere } from './interpreter.ts';
import { mayAssign } from './parse-word.ts';
import { runCommand } from './run.ts';
import { runBuiltin } from './run-builtin.ts';
import { forgetEverything, joinStates, type ShellFunction } from './state.ts';
import type { SimpleCommand } from './syntax.ts';
import { unknownValue } from './value.ts';

/** Builtins that POSIX calls special: assignments in front of them stay (2.14), functions can't hide them. */
const specialBuiltins = new Set([
  ':',
  '.',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'source',
  'times',
  'trap',
  'unset',
]);

export function runSimpleCommand(
  interpreter: Interpreter,
  command: SimpleCommand,
  isTested: boolean,
): Status {
  const status = runWords(interpreter, command, isTested);
  if (status === 'failure' && !isTested && interpreter.state?.stopsOnError === true) {
    end(interpreter, 'command-fails', command);
  }
  return status;
}

function runWords(interpreter: Interpreter, command: SimpleCommand, isTested: boolean): Status {
  const [nameWord, ...argumentWords] = command.words;
  for (const { target } of command.redirections) expandWord(interpreter, target);
  if (nameWord === undefined) return runAssignments(interpreter, command.assignments);
  const name = expandArgument(interpreter, nameWord);
  if (name === undefined || name === '') return forget(interpreter, command);
  if (refusesAppend(interpreter, command)) return 'unknown';
  if (specialBuiltins.has(name)) {
    runAssignments(interpreter, command.assignments);
    for (const word of argumentWords) expandWord(interpreter, word);
    return runBuiltin(interpreter, name, command, isTested) ?? 'unknown';
  }
  // The shells disagree about whether these are expanded in the shell itself.
  const hasEffect = command.assignments.some(({ value }) => value.kind === 'word' && mayAssign(value.parts));
  if (hasEffect) return forget(interpreter, command);
  const { functions } = interpreter.state ?? {};
  if (functions?.has(name)) return callFunction(interpreter, command, functions.get(name), isTested);
  for (const word of argumentWords) expandWord(interpreter, word);
  return runBuiltin(interpreter, name, command, isTested) ?? runProgram(interpreter, command);
}

/** A command that may be anything may also have set anything. */
function forget(interpreter: Interpreter, command: SimpleCommand): Status {
  if (interpreter.state !== undefined) {
    forgetEverything(interpreter.state, unknownHere(interpreter, 'command', command));
  }
  return 'unknown';
}

/** A program can't set the shell's variables. Two slips of the pen look like one. */
function runProgram(interpreter: Interpreter, command: SimpleCommand): Status {
  // It may be a function of a file that was sourced.
  if (interpreter.state?.rest !== undefined) return forget(interpreter, command);
  const [nameWord, next] = command.words;
  const [part] = next?.parts ?? [];
  if (nameWord !== undefined && part?.kind === 'literal' && part.text.startsWith('=')) {
    lose(interpreter, 'blanks-around-equals', nameWord);
  }
  const slip = command.assignments.find(({ name }) => name.startsWith('GRUB_'));
  if (slip !== undefined) lose(interpreter, 'assignment-before-command', slip);
  return 'unknown';
}

function callFunction(
  interpreter: Interpreter,
  command: SimpleCommand,
  called: ShellFunction | undefined,
  isTested: boolean,
): Status {
  if (called === undefined) return forget(interpreter, command);
  for (const word of command.words) expandWord(interpreter, word);
  const { path, returns, locals } = interpreter;
  // Whether an assignment in front of a function's name stays differs from shell to shell.
  const assigned = command.assignments.map(({ name }) => name);
  setUnknown(interpreter, assigned, command);
  interpreter.path = called.path;
  interpreter.returns = [];
  interpreter.locals = new Set();
  runCommand(interpreter, called.body, isTested);
  for (const returned of interpreter.returns) {
    const difference = unknownHere(interpreter, 'condition', called.body);
    interpreter.state = joinStates(interpreter.state, returned, difference);
  }
  const changed = [...interpreter.locals, ...assigned];
  interpreter.path = path;
  interpreter.returns = returns;
  interpreter.locals = locals;
  setUnknown(interpreter, changed, command);
  return 'unknown';
}

function setUnknown(interpreter: Interpreter, names: readonly string[], command: SimpleCommand): void {
  const unknown = unknownValue(unknownHere(interpreter, 'command', command));
  for (const name of names) interpreter.state?.variables.set(name, unknown);
}

/** dash has no `+=`: it looks for a command of that name, and grub-mkconfig ends there. */
function refusesAppend(interpreter: Interpreter, command: SimpleCommand): boolean {
  if (interpreter.shell !== 'dash') return false;
  const append = [...command.assignments, ...command.declarations].find(({ operator }) => operator === '+=');
  if (append !== undefined) lose(interpreter, 'append-operator', append);
  return append !== undefined;
}
