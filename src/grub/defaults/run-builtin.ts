import { expandArgument, expandWord, forgetNames, mayBeSplit } from './expand.ts';
import { end, type Interpreter, lose, unknownHere } from './interpreter.ts';
import type { Status } from './run.ts';
import { assign } from './run-simple-command.ts';
import { forgetEverything } from './state.ts';
import type { SimpleCommand, Word } from './syntax.ts';
import { evaluateTest } from './test-builtin.ts';
import { knownText, type UnknownReason, unset } from './value.ts';

/**
 * Run a builtin of the shell; undefined where the name is none, or none that could change a variable.
 *
 * Source: POSIX.1-2017, 2.14 and the builtins that dash(1) and bash(1) add.
 */
export function runBuiltin(
  interpreter: Interpreter,
  name: string,
  command: SimpleCommand,
  isTested: boolean,
): Status | undefined {
  switch (name) {
    case ':':
    case 'true':
      for (const word of command.words) expandWord(interpreter, word);
      return 'success';
    case 'false':
      return 'failure';
    case 'test':
    case '[':
      return evaluateTest(interpreter, command.words);
    case 'export':
    case 'readonly':
      return runExport(interpreter, name, command);
    case 'unset':
      return runUnset(interpreter, command);
    case 'set':
      return runSet(interpreter, command);
    case 'return':
      if (interpreter.state !== undefined) interpreter.returns.push(interpreter.state);
      interpreter.state = undefined;
      return 'unknown';
    case 'exit':
      end(interpreter, 'exit', command);
      return 'unknown';
    case 'break':
    case 'continue':
      // Outside a loop of the file these may end the one in grub-mkconfig that reads the drop-ins.
      if (interpreter.loopDepth === 0) lose(interpreter, 'unfollowed-command', command);
      return 'unknown';
    case 'exec':
      if (command.words.length > 1) lose(interpreter, 'unfollowed-command', command);
      return 'success';
    default:
      return runVariableBuiltin(interpreter, name, command, isTested);
  }
}

function runVariableBuiltin(
  interpreter: Interpreter,
  name: string,
  command: SimpleCommand,
  isTested: boolean,
): Status | undefined {
  const isDash = interpreter.shell === 'dash';
  switch (name) {
    case 'eval':
      return forget(interpreter, command, 'eval');
    case 'source':
      if (isDash && !isTested) lose(interpreter, 'command-not-found', command);
      return forget(interpreter, command, 'source');
    case '.':
      return forget(interpreter, command, 'source');
    case 'command':
    case 'builtin':
    case 'time':
      return forget(interpreter, command, 'command');
    case 'declare':
    case 'typeset':
      if (isDash) lose(interpreter, 'command-not-found', command);
      return runLocal(interpreter, command);
    case 'local':
      return runLocal(interpreter, command);
    case 'read':
    case 'getopts':
    case 'mapfile':
    case 'readarray':
    case 'let':
    case 'wait':
    case 'printf':
      return runNaming(interpreter, name, command);
    case 'cd':
      forgetNames(interpreter, { text: 'PWD OLDPWD', offset: command.offset });
      return 'unknown';
    case 'alias':
    case 'unalias':
    case 'trap':
    case 'enable':
    case 'shopt':
      if (command.words.length > 1) lose(interpreter, 'unfollowed-command', command);
      return 'unknown';
    default:
      return undefined;
  }
}

function forget(interpreter: Interpreter, command: SimpleCommand, because: UnknownReason): Status {
  for (const word of command.words) expandWord(interpreter, word);
  if (interpreter.state !== undefined) {
    forgetEverything(interpreter.state, unknownHere(interpreter, because, command));
  }
  return 'unknown';
}

/** `export` and `readonly`. An argument that is not plainly `name` or `name=value` may set any name. */
function runExport(interpreter: Interpreter, name: string, command: SimpleCommand): Status {
  const { readOnly } = interpreter.state ?? {};
  for (const assignment of command.declarations) {
    assign(interpreter, assignment, interpreter.shell === 'dash' || hasBrace(assignment.value));
    if (name === 'readonly') readOnly?.add(assignment.name);
  }
  for (const word of command.words.slice(1)) {
    const text = expandArgument(interpreter, word);
    if (text?.startsWith('-') === true && text !== '-p') lose(interpreter, 'unfollowed-command', word);
    if (text === undefined || text.includes('=')) return forget(interpreter, command, 'command');
    if (name === 'readonly') readOnly?.add(text);
  }
  return 'success';
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
    if (isFunction) interpreter.state?.functions.delete(name);
    else if (interpreter.state?.readOnly.has(name)) end(interpreter, 'read-only', command);
    else interpreter.state?.variables.set(name, unset);
  }
  // bash removes a function where no variable has the name.
  if (!isFunction)
    for (const name of names) if (name !== undefined) interpreter.state?.functions.delete(name);
  return 'success';
}

/** `set`: only -e changes what a reader must know; the options that would change more are not followed. */
function runSet(interpreter: Interpreter, command: SimpleCommand): Status {
  for (const word of command.words.slice(1)) {
    const text = expandArgument(interpreter, word);
    const isOption = text === undefined || text.startsWith('-') || text.startsWith('+');
    if (!isOption || text === '--') return 'success';
    const isKnown = text !== undefined && [...text.slice(1)].every((letter) => 'eaxvbmfCh'.includes(letter));
    if (!isKnown) lose(interpreter, 'unfollowed-command', word);
    if (text?.includes('e') && interpreter.state !== undefined)
      interpreter.state.stopsOnError = text.startsWith('-');
  }
  return 'success';
}

/** `local`, `declare` and `typeset`: of a function's own variables nothing is kept when it returns. */
function runLocal(interpreter: Interpreter, command: SimpleCommand): Status {
  const { locals } = interpreter;
  if (locals === undefined && command.words[0]?.parts[0]?.kind === 'literal') {
    const isLocal = command.words[0].parts[0].text === 'local';
    if (isLocal) end(interpreter, 'command-fails', command);
  }
  const hasOptions = command.words.length > 1;
  for (const assignment of command.declarations) {
    locals?.add(assignment.name);
    if (hasOptions) forgetNames(interpreter, { text: assignment.name, offset: assignment.offset });
    else assign(interpreter, assignment, interpreter.shell === 'dash' || hasBrace(assignment.value));
  }
  for (const word of command.words.slice(1)) {
    const text = mayBeSplit(interpreter, word) ? undefined : knownText(expandWord(interpreter, word));
    if (text === undefined) return forget(interpreter, command, 'command');
    if (text.startsWith('-')) continue;
    locals?.add(text);
    forgetNames(interpreter, { text, offset: word.offset });
  }
  return 'success';
}

/** Builtins that set the variables which their arguments name. */
function runNaming(interpreter: Interpreter, name: string, command: SimpleCommand): Status {
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
