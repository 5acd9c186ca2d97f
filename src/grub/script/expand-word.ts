import type { WordVariable } from './boot-line.ts';
import type { MenuVariable } from './grub-menu.ts';
import { variableEnd } from './lexer.ts';

/** One argument of a command. */
export interface Argument {
  readonly text: string;
  readonly known: boolean;
  readonly variables: readonly WordVariable[];
  readonly pattern: boolean;
}

/** What variables are replaced with. */
export interface WordContext {
  /** The value of a variable, undefined where it is not set. */
  readonly variable: (name: string) => MenuVariable | undefined;
  /** `$1`, `$2` …, undefined outside functions and entries. */
  readonly parameters: readonly Argument[] | undefined;
}

interface DraftArgument {
  text: string;
  known: boolean;
  readonly variables: WordVariable[];
  /** Whether an unquoted `*` or `?` is in it. */
  wildcard: boolean;
  /** Whether the first byte may begin a pattern. */
  readonly bareStart: boolean;
}

/** How much more the words of a command may grow, in bytes and words. */
export interface ExpansionBudget {
  left: number;
}

/** Arguments as they are put together; see grub-core/script/argv.c. */
interface Draft {
  readonly complete: DraftArgument[];
  readonly budget: ExpansionBudget;
  current: DraftArgument | undefined;
}

function beginNext(draft: Draft): void {
  if (draft.current === undefined || draft.budget.left <= 0) return;
  draft.complete.push(draft.current);
  draft.current = undefined;
}

function append(draft: Draft, text: string, bareStart: boolean): DraftArgument {
  draft.current ??= { text: '', known: true, variables: [], wildcard: false, bareStart };
  if (draft.current.text === '' && draft.current.bareStart !== bareStart) {
    draft.current = { ...draft.current, bareStart };
  }
  draft.budget.left -= text.length + 1;
  if (draft.budget.left > 0) draft.current.text += text;
  else draft.current.known = false;
  return draft.current;
}

function appendVariable(
  draft: Draft,
  value: MenuVariable,
  name: string,
  text: string,
  quoted: boolean,
): void {
  const { assignments, alternatives } = value;
  const bareStart = !quoted || !'*?\\'.includes(text.charAt(0));
  const argument = append(draft, text, bareStart);
  argument.known &&= value.known;
  argument.variables.push({ name, assignments, alternatives });
  if (!quoted && value.known) argument.wildcard ||= hasBareWildcard(text);
}

/** Whether a value has a `*` or `?` that no backslash precedes. */
function hasBareWildcard(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) {
    const wildcard = value[at] === '*' || value[at] === '?';
    if (wildcard && value[at - 1] !== '\\') return true;
  }
  return false;
}

/** The pieces between blanks, tabs, newlines and carriage returns, as `grub_script_argv_split_append` has them. */
function splitValue(value: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const byte of value) {
    if (byte !== ' ' && byte !== '\t' && byte !== '\n' && byte !== '\r') piece += byte;
    else if (piece !== '') {
      pieces.push(piece);
      piece = '';
    }
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

interface ValuePiece {
  readonly text: string;
  readonly value: MenuVariable;
}

/** What an unquoted variable becomes: empty values and blanks at their ends leave no trace. */
function unquotedPieces(value: MenuVariable): ValuePiece[] {
  const texts = value.known ? splitValue(value.text) : [value.text];
  return texts.filter((text) => text !== '').map((text) => ({ text, value }));
}

function appendPieces(draft: Draft, name: string, pieces: readonly ValuePiece[], quoted: boolean): void {
  for (const [index, { text, value }] of pieces.entries()) {
    if (index > 0) beginNext(draft);
    appendVariable(draft, value, name, text, quoted);
  }
}

function expandValue(draft: Draft, name: string, value: MenuVariable, quoted: boolean): void {
  if (!quoted) appendPieces(draft, name, unquotedPieces(value), false);
  else if (value.text !== '') appendVariable(draft, value, name, value.text, true);
}

function parameterValue(parameter: Argument): MenuVariable {
  const { text, known } = parameter;
  return {
    text,
    known,
    alternatives: undefined,
    assignments: parameter.variables.flatMap((v) => v.assignments),
  };
}

/** `$*` in quotes is one word. */
function joinedParameters(parameters: readonly MenuVariable[]): ValuePiece[] {
  if (parameters.length === 0) return [];
  const text = parameters.map((parameter) => parameter.text).join(' ');
  const known = parameters.every((parameter) => parameter.known);
  return [{ text, value: { text, known, alternatives: undefined, assignments: [] } }];
}

function expandAllParameters(
  draft: Draft,
  name: string,
  parameters: readonly Argument[],
  quoted: boolean,
): void {
  const values = parameters.map(parameterValue);
  if (!quoted) appendPieces(draft, name, values.flatMap(unquotedPieces), false);
  else if (name === '*') appendPieces(draft, name, joinedParameters(values), true);
  else
    appendPieces(
      draft,
      name,
      values.map((value) => ({ text: value.text, value })),
      true,
    );
}

function isPositional(name: string): boolean {
  return (name >= '0' && name < ':') || name === '#' || name === '*' || name === '@';
}

function positionalValue(name: string, parameters: readonly Argument[]): MenuVariable | undefined {
  if (name === '#') {
    return { text: String(parameters.length), known: true, alternatives: undefined, assignments: [] };
  }
  const parameter = parameters[Number(name) - 1];
  return parameter === undefined ? undefined : parameterValue(parameter);
}

function expandVariable(draft: Draft, name: string, context: WordContext, quoted: boolean): void {
  const { parameters } = context;
  const positional = isPositional(name);
  if (positional && parameters === undefined) return;
  if (positional && parameters !== undefined && (name === '*' || name === '@')) {
    expandAllParameters(draft, name, parameters, quoted);
    return;
  }
  const value = positional ? positionalValue(name, parameters ?? []) : context.variable(name);
  if (value !== undefined) expandValue(draft, name, value, quoted);
}

/** The name in `$name` or `${name}`. */
function variableName(text: string, dollar: number, end: number): string {
  return text[dollar + 1] === '{' ? text.slice(dollar + 2, end - 1) : text.slice(dollar + 1, end);
}

function expandDoubleQuoted(draft: Draft, text: string, start: number, context: WordContext): number {
  let at = start;
  while (at < text.length && text[at] !== '"') {
    const byte = text[at] ?? '';
    if (byte === '$') {
      const end = variableEnd(text, at);
      expandVariable(draft, variableName(text, at, end), context, true);
      at = Math.max(end, at + 1);
    } else if (byte === '\\') {
      const escaped = text[at + 1] ?? '';
      if (escaped === '$' || escaped === '\\' || escaped === '"') appendLiteral(draft, escaped);
      else if (escaped !== '\n') appendLiteral(draft, byte + escaped);
      at += 2;
    } else {
      appendLiteral(draft, byte);
      at += 1;
    }
  }
  return at + 1;
}

function appendLiteral(draft: Draft, text: string): void {
  append(draft, text, !'*?\\'.includes(text.charAt(0)));
}

/** What GRUB's lexer keeps of the text of `$"…"`, and where it ends. */
function translatedText(text: string, start: number): { kept: string; end: number } {
  let kept = '';
  let at = start;
  while (at < text.length && text[at] !== '"') {
    if (text[at] !== '\\') kept += text[at];
    else {
      at += 1;
      if (text[at] === '"') kept += '"';
      else if (text[at] !== '\n') kept += `\\${text[at] ?? ''}`;
    }
    at += 1;
  }
  return { kept, end: at + 1 };
}

function translatedVariableEnd(text: string, dollar: number): number {
  if (text[dollar + 1] === '{') return text.indexOf('}', dollar) + 1 || text.length + 1;
  if (text[dollar + 1] === '*' || text[dollar + 1] === '@') return dollar;
  return variableEnd(text, dollar);
}

/**
 * Replaces variables in text that GRUB would translate; without a catalogue it stays as it is. Source:
 * grub-core/script/execute.c `parse_string`.
 */
function expandTranslated(draft: Draft, text: string, context: WordContext): void {
  append(draft, '', true);
  let at = 0;
  while (at < text.length) {
    if (text[at] === '\\') {
      const escaped = text[at + 1] ?? '';
      appendLiteral(draft, escaped === '\\' || escaped === '$' ? escaped : `\\${escaped}`);
      at += 2;
    } else if (text[at] === '$') {
      const end = translatedVariableEnd(text, at);
      if (end === at) appendLiteral(draft, '$');
      else if (end <= text.length) {
        const name = variableName(text, at, end);
        if (!isPositional(name) || name === '#') expandVariable(draft, name, context, true);
      } else return;
      at = Math.max(end, at + 1);
    } else {
      appendLiteral(draft, text[at] ?? '');
      at += 1;
    }
  }
}

function expandBare(draft: Draft, text: string): void {
  let at = 0;
  while (at < text.length) {
    const escaped = text[at] === '\\';
    const byte = (escaped ? text[at + 1] : text[at]) ?? '';
    const argument = escaped ? append(draft, byte, false) : append(draft, byte, true);
    if (!escaped && (byte === '*' || byte === '?')) argument.wildcard = true;
    at += escaped ? 2 : 1;
  }
}

/** The end of a run without quotes and variables; `bare` is the run without continuations. */
function bareRun(text: string, start: number): { bare: string; end: number } {
  let bare = '';
  let at = start;
  while (at < text.length) {
    const byte = text[at] ?? '';
    if (byte === '"' || byte === "'" || byte === '$') break;
    const taken = byte === '\\' ? 2 : 1;
    if (byte !== '\\' || text[at + 1] !== '\n') bare += text.slice(at, at + taken);
    at += taken;
  }
  return { bare, end: at };
}

function expandPiece(draft: Draft, text: string, start: number, context: WordContext): number {
  if (text[start] === "'") {
    const close = text.indexOf("'", start + 1);
    const body = text.slice(start + 1, close);
    appendLiteral(draft, body);
    return close + 1;
  }
  if (text[start] === '"') {
    append(draft, '', true);
    return expandDoubleQuoted(draft, text, start + 1, context);
  }
  const end = variableEnd(text, start);
  expandVariable(draft, variableName(text, start, end), context, false);
  return Math.max(end, start + 1);
}

function expandInto(draft: Draft, text: string, context: WordContext): void {
  let at = 0;
  while (at < text.length) {
    const { bare, end } = bareRun(text, at);
    at = end;
    if (text.startsWith('$"', at)) {
      if (bare !== '') expandTranslated(draft, bare, context);
      const translated = translatedText(text, at + 2);
      expandTranslated(draft, translated.kept, context);
      at = translated.end;
    } else {
      expandBare(draft, bare);
      if (at < text.length) at = expandPiece(draft, text, at, context);
    }
  }
}

function finish(draft: DraftArgument): Argument {
  const { text, known, variables, wildcard, bareStart } = draft;
  const pattern = wildcard && bareStart && '/(*'.includes(text.charAt(0) || ' ');
  return { text, known: known && !pattern, variables, pattern };
}

/**
 * The arguments that one word of a command line becomes: usually one, several or none where an unquoted variable
 * is in it. File name patterns are left as they are.
 *
 * Source: GRUB 2.06, grub-core/script/yylex.l (states SPLIT, DQUOTE, SQUOTE, I18NQUOTE, VAR) and
 * grub-core/script/execute.c `grub_script_arglist_to_argv`.
 *
 * @param text the word as GRUB's lexer gets it (`readSpan`)
 * @param budget ends the growth of a value that keeps doubling; what does not fit is unknown
 */
export function expandWord(text: string, context: WordContext, budget: ExpansionBudget): Argument[] {
  const draft: Draft = { complete: [], current: undefined, budget };
  expandInto(draft, text, context);
  const drafts = draft.current === undefined ? draft.complete : [...draft.complete, draft.current];
  return drafts.map(finish);
}
