import { assign } from './assign.ts';
import { expandArgument, expandWord, forgetNames, mayBeSplit } from './expand.ts';
import { end, type Interpreter, lose, type Status, unknownHere } from './interpreter.ts';
import { harmless, isKnownSetOption, naming, unfollowed } from './shell-builtins.ts';
import { forgetEverything } from './state.ts';
import type { SimpleCommand, Word } from './syntax.ts';
import { evaluateTest } from './test-builtin.ts';
import { knownText, type UnknownReason, unset } from './value.ts';

type Builtin = (interpreter: Interpreter, command: SimpleCommand, isTested: boolean) => Status;

/** Source: POSIX.1-2017, 2.14, and the builtins that dash(1) and bash(1) add. */
const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', () => 'success'],
  ['true', () => 'success'],
  ['false', () => 'failure'],
  ['test', (interpreter, { words }) => evaluateTest(interpreter, words)],
  ['[', (interpreter, { words }) => evaluateTest(interpreter, words)],
  ['export', runExport],
  ['readonly', runExport],
  ['unset', runUnset],
  ['set', runSet],
  ['return', runReturn],
  ['exit', runExit],
  ['break', runBreak],
  ['continue', runBreak],
  ['exec', runExec],
  ['eval', (interpreter, command) => forget(interpreter, command, 'eval')],
  ['.', (interpreter, command) => forget(interpreter, command, 'source')],
  ['source', runSource],
  ['command', runCommandBuiltin],
  ['builtin', (interpreter, command) => forget(interpreter, command, 'command')],
  ['time', (interpreter, command) => forget(interpreter, command, 'command')],
  ['declare', runDeclare],
  ['typeset', runDeclare],
  ['local', runUnfollowed],
  ['cd', runCd],
  ...harmless.map((name): [string, Builtin] => [name, () => 'unknown']),
  ...naming.map((name): [string, Builtin] => [name, runNaming]),
  ...unfollowed.map((name): [string, Builtin] => [name, runUnfollowed]),
]);

/** Run a builtin of the shell, whose arguments have been expanded; undefined where the name is none. */
export function runBuiltin(
  interpreter: Interpreter,
  name: string,
  command: SimpleCommand,
  isTested: boolean,
): Status | undefined {
  return builtins.get(name)?.(interpreter, command, isTested);
}

function runReturn(interpreter: Interpreter): Status {
  if (interpreter.state !== undefined) interpreter.returns.push(interpreter.state);
  interpreter.state = undefined;
  return 'unknown';
}

function runExit(interpreter: Interpreter, command: SimpleCommand): Status {
  end(interpreter, 'exit', command);
  return 'unknown';
}

/** These may end the loop in grub-mkconfig that reads the drop-ins. Loops of the file are not followed. */
function runBreak(interpreter: Interpreter, command: SimpleCommand): Status {
  lose(interpreter, 'unfollowed-command', command);
  return 'unknown';
}

/** Without a command `exec` only redirects. */
function runExec(interpreter: Interpreter, command: SimpleCommand): Status {
  if (command.words.length > 1) lose(interpreter, 'unfollowed-command', command);
  return 'success';
}

function runSource(interpreter: Interpreter, command: SimpleCommand, isTested: boolean): Status {
  if (interpreter.shell === 'dash' && !isTested) lose(interpreter, 'command-not-found', command);
  return forget(interpreter, command, 'source');
}

/** `command -v name` runs nothing. */
function runCommandBuiltin(interpreter: Interpreter, command: SimpleCommand): Status {
  const [, option] = command.words;
  const text = option === undefined ? undefined : expandArgument(interpreter, option);
  return text === '-v' || text === '-V' ? 'unknown' : forget(interpreter, command, 'command');
}

function runDeclare(interpreter: Interpreter, command: SimpleCommand): Status {
  if (interpreter.shell === 'dash') lose(interpreter, 'command-not-found', command);
  const hasOptions = command.words.length > 1;
  for (const assignment of command.declarations) {
    if (hasOptions) forgetNames(interpreter, { text: assignment.name, offset: assignment.offset });
    else assign(interpreter, assignment, hasBrace(assignment.value));
  }
  for (const word of command.words.slice(1)) {
    const text = mayBeSplit(interpreter, word) ? undefined : knownText(expandWord(interpreter, word));
    if (text === undefined) return forget(interpreter, command, 'command');
    if (!text.startsWith('-')) forgetNames(interpreter, { text, offset: word.offset });
  }
  return 'success';
}

function runCd(interpreter: Interpreter, command: SimpleCommand): Status {
  forgetNames(interpreter, { text: 'PWD OLDPWD', offset: command.offset });
  return 'unknown';
}

function runUnfollowed(interpreter: Interpreter, command: SimpleCommand): Status {
  if (command.words.length > 1) lose(interpreter, 'unfollowed-command', command);
  return 'unknown';
}

function forget(interpreter: Interpreter, command: SimpleCommand, because: UnknownReason): Status {
  if (interpreter.state !== undefined) {
    forgetEverything(interpreter.state, unknownHere(interpreter, because, command));
  }
  return 'unknown';
}

/** `export` and `readonly`. An argument that is not plainly `name` or `name=value` may set any name. */
function runExport(interpreter: Interpreter, command: SimpleCommand): Status {
  const { readOnly } = interpreter.state ?? {};
  const isReadOnly = nameOf(interpreter, command) === 'readonly';
  for (const assignment of command.declarations) {
    assign(interpreter, assignment, interpreter.shell === 'dash' || hasBrace(assignment.value));
    if (isReadOnly) readOnly?.add(assignment.name);
  }
  for (const word of command.words.slice(1)) {
    const text = expandArgument(interpreter, word);
    if (text?.startsWith('-') === true && text !== '-p') lose(interpreter, 'unfollowed-command', word);
    if (text === undefined || text.includes('=')) return forget(interpreter, command, 'command');
    if (isReadOnly) readOnly?.add(text);
  }
  return 'success';
}

function nameOf(interpreter: Interpreter, { words: [name] }: SimpleCommand): string | undefined {
  return name === undefined ? undefined : expandArgument(interpreter, name);
}

/** bash expands braces in the arguments of `export`. */
function hasBrace(value: SimpleCommand['declarations'][number]['value']): boolean {
  return (
    value.kind === 'word' && value.parts.some((part) => part.kind === 'literal' && part.text.includes('{'))
  );
}

function runUnset(interpreter: Interpreter, command: SimpleCommand): Status {
  const names = command.words.slice(1).map((word) => expandArgument(interpreter, word));
  const isFunction = names[0] === '-f';
  for (const name of names) {
    if (name === undefined) return forget(interpreter, command, 'command');
    if (name === '-v' || name === '-f') continue;
    if (isFunction) continue;
    if (interpreter.state?.readOnly.has(name)) end(interpreter, 'read-only', command);
    interpreter.state?.variables.set(name, unset);
  }
  return 'success';
}

/** `set`: only -e changes what a reader must know; the options that would change more are not followed. */
function runSet(interpreter: Interpreter, command: SimpleCommand): Status {
  for (const word of command.words.slice(1)) {
    const text = expandArgument(interpreter, word);
    const isOption = text === undefined || text.startsWith('-') || text.startsWith('+');
    if (!isOption || text === '--') return 'success';
    if (!isKnownSetOption(text)) lose(interpreter, 'unfollowed-command', word);
    const { state } = interpreter;
    if (text?.includes('e') && state !== undefined) state.stopsOnError = text.startsWith('-');
  }
  return 'success';
}

function runNaming(interpreter: Interpreter, command: SimpleCommand): Status {
  const name = nameOf(interpreter, command);
  const words: readonly Word[] = command.words.slice(1);
  const [option] = words;
  if (name === 'printf' && option !== undefined) {
    const text = expandArgument(interpreter, option);
    if (text !== undefined && !text.startsWith('-')) return 'unknown';
  }
  for (const word of words) {
    const text = expandArgument(interpreter, word);
    if (text === undefined) return forget(interpreter, command, 'command');
    forgetNames(interpreter, { text, offset: word.offset });
  }
  if (name === 'getopts') forgetNames(interpreter, { text: 'OPTARG OPTIND', offset: command.offset });
  return 'unknown';
}
