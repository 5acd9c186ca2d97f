import { assigningText, forgetNames } from './expand.ts';
import { type Interpreter, lose, type Status, unknownHere } from './interpreter.ts';
import { harmless, isKnownSetOption, naming, specialBuiltins, unfollowed } from './shell-builtins.ts';
import { copyState, forgetEverything } from './state.ts';
import type { Command, SimpleCommand, SyntaxElement, SyntaxNode, Word, WordPart } from './syntax.ts';
import type { UnknownReason } from './value.ts';

/** A command whose inside is read, but not followed. */
interface OpaqueRun {
  readonly interpreter: Interpreter;
  /** Where its variables become unknown, and why. */
  readonly node: { readonly offset: number };
  readonly because: UnknownReason;
  loopDepth: number;
  isInFunction: boolean;
  mayReturn: boolean;
}

/**
 * Run a loop, a `case`, `[[ … ]]`, `(( … ))` or a function without following it: what it may assign is unknown
 * afterwards.
 */
export function runOpaque(interpreter: Interpreter, node: Command, because: UnknownReason): Status {
  const run: OpaqueRun = {
    interpreter,
    node,
    because,
    loopDepth: 0,
    isInFunction: false,
    mayReturn: false,
  };
  if (node.kind === 'simple-command') readFunctions(run);
  else readElement(run, node);
  if (run.mayReturn && interpreter.state !== undefined)
    interpreter.returns.push(copyState(interpreter.state));
  return 'unknown';
}

/** A function may call every other one. */
function readFunctions(run: OpaqueRun): void {
  if (run.isInFunction) return;
  const { loopDepth } = run;
  run.isInFunction = true;
  run.loopDepth = 0;
  for (const bodies of run.interpreter.functions.values()) for (const body of bodies) readElement(run, body);
  run.isInFunction = false;
  run.loopDepth = loopDepth;
}

function readElement(run: OpaqueRun, element: SyntaxElement): void {
  const { interpreter } = run;
  interpreter.stepsLeft -= 1;
  if (interpreter.stepsLeft <= 0) lose(interpreter, 'too-complex', run.node);
  if ('text' in element || interpreter.state === undefined || isShellOfItsOwn(element)) return;
  readNode(run, element);
  const isLoop = element.kind === 'for' || element.kind === 'while' || element.kind === 'until';
  if (isLoop) run.loopDepth += 1;
  for (const child of element.children) readElement(run, child);
  if (isLoop) run.loopDepth -= 1;
}

/** Whether what it assigns is gone when it ends, or, for a function, counts only where it is called. */
function isShellOfItsOwn(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'function':
    case 'subshell':
    case 'command-substitution':
      return true;
    case 'pipeline':
      return node.commands.length > 1;
    case 'and-or':
      return node.separator === '&';
    default:
      return false;
  }
}

function readNode(run: OpaqueRun, node: SyntaxNode): void {
  const isDash = run.interpreter.shell === 'dash';
  switch (node.kind) {
    case 'assignment':
      if (isDash && node.operator === '+=') lose(run.interpreter, 'append-operator', node);
      forget(run, node.name);
      return;
    case 'for':
      forget(run, node.name);
      return;
    case 'parameter':
      if (node.operator === '=' || node.operator === ':=') forget(run, node.name);
      return;
    case 'arithmetic':
    case 'arithmetic-command':
      forget(run, assigningText(node));
      return;
    case 'bash-test':
      if (isDash) lose(run.interpreter, 'bash-syntax', node);
      return;
    case 'simple-command':
      readCommand(run, node);
      return;
    default:
  }
}

function forget(run: OpaqueRun, text: string): void {
  forgetNames(run.interpreter, { text, offset: run.node.offset }, run.because);
}

function readCommand(run: OpaqueRun, command: SimpleCommand): void {
  const { interpreter } = run;
  const [nameWord, ...words] = command.words;
  if (nameWord === undefined) return;
  const name = plainText(nameWord);
  if (name === undefined) forgetAll(run);
  else if (!specialBuiltins.has(name) && interpreter.functions.has(name)) readFunctions(run);
  else readBuiltin(run, name, words, command);
}

/** A command that may be anything may also set anything. */
function forgetAll({ interpreter, because, node }: OpaqueRun): void {
  if (interpreter.state !== undefined) {
    forgetEverything(interpreter.state, unknownHere(interpreter, because, node));
  }
}

function readBuiltin(run: OpaqueRun, name: string, words: readonly Word[], command: SimpleCommand): void {
  const { interpreter } = run;
  const isOneOf = (names: readonly string[]) => names.includes(name);
  if (isOneOf(['source', 'declare', 'typeset']) && interpreter.shell === 'dash') {
    lose(interpreter, 'command-not-found', command);
  }
  if (isOneOf(['.', 'source', 'eval', 'builtin', 'time', 'command'])) forgetAll(run);
  else if (isOneOf(['export', 'readonly', 'unset', 'local', 'declare', 'typeset', ...naming])) {
    forgetArguments(run, name, words);
  } else if (name === 'cd') forget(run, 'PWD OLDPWD');
  else if (name === 'set') readSet(run, words);
  else if (name === 'return') run.mayReturn ||= !run.isInFunction;
  else if (isOneOf(['break', 'continue'])) loseUnless(run, run.loopDepth > 0, command);
  else if (isOneOf(['exec', ...unfollowed])) loseUnless(run, words.length === 0, command);
  else if (!isOneOf([':', 'true', 'false', 'test', '[', 'exit', ...harmless])) {
    // A program, unless it is a function of a file that was sourced.
    if (interpreter.state?.rest !== undefined) forgetAll(run);
  }
}

function loseUnless({ interpreter }: OpaqueRun, isFollowed: boolean, command: SimpleCommand): void {
  if (!isFollowed) lose(interpreter, 'unfollowed-command', command);
}

function forgetArguments(run: OpaqueRun, name: string, words: readonly Word[]): void {
  const texts = words.map(plainText);
  if (name === 'printf' && texts[0]?.startsWith('-') === false) return;
  if (name === 'getopts') forget(run, 'OPTARG OPTIND');
  for (const text of texts) {
    if (text === undefined) forgetAll(run);
    else forget(run, text);
  }
}

function readSet({ interpreter }: OpaqueRun, words: readonly Word[]): void {
  for (const word of words) {
    const text = plainText(word);
    const isOption = text === undefined || text.startsWith('-') || text.startsWith('+');
    if (!isOption || text === '--') return;
    if (!isKnownSetOption(text)) lose(interpreter, 'unfollowed-command', word);
    if (text?.includes('e') && interpreter.state !== undefined) interpreter.state.stopsOnError = false;
  }
}

/** What a word says whatever the variables hold; undefined where that depends on them, or on files. */
function plainText(word: Word): string | undefined {
  const texts = word.parts.map(plainPart);
  return texts.includes(undefined) ? undefined : texts.join('');
}

function plainPart(part: WordPart): string | undefined {
  switch (part.kind) {
    case 'literal':
      return part.text !== '[' && /[*?[{~]/.test(part.text) ? undefined : part.text;
    case 'single-quoted':
      return part.text.slice(1, -1);
    case 'double-quoted': {
      const isPlain = !part.hasDollar && part.parts.every(({ kind }) => kind === 'literal');
      return isPlain ? part.parts.map((inner) => ('text' in inner ? inner.text : '')).join('') : undefined;
    }
    case 'continuation':
      return '';
    default:
      return undefined;
  }
}
