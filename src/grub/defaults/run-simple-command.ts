import { expandArgument, expandWord, mayBeSplit } from './expand.ts';
import { end, type Interpreter, lose, unknownHere } from './interpreter.ts';
import { runCommand, type Status } from './run.ts';
import { runBuiltin } from './run-builtin.ts';
import { forgetEverything, joinStates, type ShellFunction, variableValue } from './state.ts';
import type { Assignment, SimpleCommand } from './syntax.ts';
import { limited, type ShellValue, unknownValue } from './value.ts';

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
  if (name === undefined || name === '') {
    return forget(interpreter, command);
  }
  if (refusesAppend(interpreter, command)) return 'unknown';
  if (specialBuiltins.has(name)) {
    runAssignments(interpreter, command.assignments);
    return runBuiltin(interpreter, name, command, isTested) ?? 'unknown';
  }
  const { state } = interpreter;
  if (state?.functions.has(name))
    return callFunction(interpreter, command, state.functions.get(name), isTested);
  for (const word of argumentWords) expandWord(interpreter, word);
  // A file that was sourced may have defined any function.
  if (state?.rest !== undefined) return forget(interpreter, command);
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
  interpreter.path = called.path;
  interpreter.returns = [];
  interpreter.locals = new Set();
  runCommand(interpreter, called.body, isTested);
  for (const returned of interpreter.returns) {
    interpreter.state = joinStates(
      interpreter.state,
      returned,
      unknownHere(interpreter, 'condition', called.body),
    );
  }
  const changed = [...interpreter.locals, ...command.assignments.map(({ name }) => name)];
  interpreter.path = path;
  interpreter.returns = returns;
  interpreter.locals = locals;
  const unknown = unknownValue(unknownHere(interpreter, 'command', command));
  for (const name of changed) interpreter.state?.variables.set(name, unknown);
  return 'unknown';
}

function runAssignments(interpreter: Interpreter, assignments: readonly Assignment[]): Status {
  for (const assignment of assignments) assign(interpreter, assignment, false);
  const hasCommand = assignments.some(
    ({ value }) => value.kind === 'word' && value.parts.some((part) => holdsCommand(part)),
  );
  return hasCommand ? 'unknown' : 'success';
}

/** The status of an assignment is that of the last command substituted in it. */
function holdsCommand(part: {
  readonly kind: string;
  readonly parts?: readonly { readonly kind: string }[];
}): boolean {
  if (part.kind === 'command-substitution' || part.kind === 'backquoted') return true;
  return part.kind === 'parameter' || (part.parts?.some((inner) => holdsCommand(inner)) ?? false);
}

/** dash has no `+=`: it looks for a command of that name, and grub-mkconfig ends there. */
function refusesAppend(interpreter: Interpreter, command: SimpleCommand): boolean {
  if (interpreter.shell !== 'dash') return false;
  const append = [...command.assignments, ...command.declarations].find(({ operator }) => operator === '+=');
  if (append !== undefined) lose(interpreter, 'append-operator', append);
  return append !== undefined;
}

/**
 * Make an assignment.
 *
 * @param isArgument whether it is an argument of `export` or its like, which older dashes split into fields
 */
export function assign(interpreter: Interpreter, assignment: Assignment, isArgument: boolean): void {
  const { state } = interpreter;
  if (state === undefined) return;
  if (assignment.operator === '+=' && interpreter.shell === 'dash') {
    lose(interpreter, 'append-operator', assignment);
    return;
  }
  if (state.readOnly.has(assignment.name)) {
    end(interpreter, 'read-only', assignment);
    return;
  }
  const value = assignedValue(interpreter, assignment, isArgument);
  interpreter.state?.variables.set(assignment.name, value);
}

function assignedValue(interpreter: Interpreter, assignment: Assignment, isArgument: boolean): ShellValue {
  const { name, value, operator } = assignment;
  const step = { name, path: interpreter.path, node: assignment };
  if (value.kind === 'array') return unknownFrom(interpreter, 'array', assignment, step);
  if (isArgument && mayBeSplit(interpreter, value))
    return unknownFrom(interpreter, 'quoting', assignment, step);
  const before = interpreter.state === undefined ? undefined : variableValue(interpreter.state, name);
  const pieces = expandWord(interpreter, value, step);
  const isAppend = operator === '+=' && before !== undefined;
  const all = isAppend ? limited([...before.pieces, ...pieces], interpreter.path, assignment.offset) : pieces;
  const refersToItself = isAppend || mentions(value, name);
  return { isSet: true, pieces: all, steps: [...(refersToItself ? (before?.steps ?? []) : []), step] };
}

function unknownFrom(
  interpreter: Interpreter,
  because: 'array' | 'quoting',
  assignment: Assignment,
  step: ShellValue['steps'][number],
): ShellValue {
  return { ...unknownValue(unknownHere(interpreter, because, assignment)), steps: [step] };
}

/** Whether the node expands the variable. */
function mentions(node: object, name: string): boolean {
  if ('kind' in node && node.kind === 'parameter' && 'name' in node && node.name === name) return true;
  if (!('children' in node) || !Array.isArray(node.children)) return false;
  return node.children.some((child: object) => mentions(child, name));
}
