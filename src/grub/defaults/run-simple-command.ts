import { runAssignments } from './assign.ts';
import { expandArgument, expandWord } from './expand.ts';
import { end, type Interpreter, lose, type Status, unknownHere } from './interpreter.ts';
import { runOpaque } from './opaque-command.ts';
import { mayAssign } from './parse-word.ts';
import { runBuiltin } from './run-builtin.ts';
import { specialBuiltins } from './shell-builtins.ts';
import { forgetEverything } from './state.ts';
import type { SimpleCommand } from './syntax.ts';
import { unknownValue } from './value.ts';

/** Run assignments and a command by name; under `set -e` the run ends where it fails untested. */
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
  if (interpreter.functions.has(name)) return callFunction(interpreter, command);
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

function callFunction(interpreter: Interpreter, command: SimpleCommand): Status {
  for (const word of command.words) expandWord(interpreter, word);
  // Whether an assignment in front of a function's name stays differs from shell to shell.
  for (const { name } of command.assignments) {
    interpreter.state?.variables.set(name, unknownValue(unknownHere(interpreter, 'command', command)));
  }
  return runOpaque(interpreter, command, 'command');
}

/** dash has no `+=`: it looks for a command of that name, and grub-mkconfig ends there. */
function refusesAppend(interpreter: Interpreter, command: SimpleCommand): boolean {
  if (interpreter.shell !== 'dash') return false;
  const append = [...command.assignments, ...command.declarations].find(({ operator }) => operator === '+=');
  if (append !== undefined) lose(interpreter, 'append-operator', append);
  return append !== undefined;
}
