import {
  type Argument,
  type ArgumentDraft,
  appendValue,
  beginArgument,
  wordVariable,
} from './argument-draft.ts';
import type { MenuVariable } from './grub-menu.ts';

/** What variables are replaced with. */
export interface WordContext {
  /** The value of a variable, undefined where it is not set. */
  readonly variable: (name: string) => MenuVariable | undefined;
  /** `$1`, `$2` …, undefined outside functions and entries. */
  readonly parameters: readonly Argument[] | undefined;
  /** Whether an unquoted `\xHH` stays as it is, as in Red Hat's GRUB, rather than lose its backslash. */
  readonly keepsHexEscapes: boolean;
}

/** The pieces between blanks, tabs, newlines and carriage returns (`grub_script_argv_split_append`). */
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

function appendPieces(
  draft: ArgumentDraft,
  name: string,
  pieces: readonly ValuePiece[],
  quoted: boolean,
): void {
  for (const [index, { text, value }] of pieces.entries()) {
    if (index > 0) beginArgument(draft);
    appendValue(draft, text, wordVariable(name, value), value.known, quoted);
  }
}

function parameterValue(parameter: Argument): MenuVariable {
  const { text, known, variables } = parameter;
  return { text, known, alternatives: undefined, assignments: variables.flatMap((each) => each.assignments) };
}

/** `$*` in quotes is one word. */
function joinedParameters(parameters: readonly MenuVariable[]): ValuePiece[] {
  if (parameters.length === 0) return [];
  const text = parameters.map((parameter) => parameter.text).join(' ');
  const known = parameters.every((parameter) => parameter.known);
  return [{ text, value: { text, known, alternatives: undefined, assignments: [] } }];
}

function allParameters(name: string, parameters: readonly Argument[], quoted: boolean): ValuePiece[] {
  const values = parameters.map(parameterValue);
  if (!quoted) return values.flatMap(unquotedPieces);
  return name === '*' ? joinedParameters(values) : values.map((value) => ({ text: value.text, value }));
}

/** Whether a name means parameters rather than a variable of the environment. */
export function isPositional(name: string): boolean {
  return (name >= '0' && name < ':') || name === '#' || name === '*' || name === '@';
}

function positionalValue(name: string, parameters: readonly Argument[]): MenuVariable | undefined {
  const index = name === '#' ? parameters.length : Number(name) - 1;
  const counted = parameters.slice(0, index).every((parameter) => parameter.single);
  if (name === '#') {
    return { text: String(parameters.length), known: counted, alternatives: undefined, assignments: [] };
  }
  const parameter = parameters[index];
  const value = parameter === undefined ? undefined : parameterValue(parameter);
  return counted || index < 0
    ? value
    : { text: `$${name}`, known: false, alternatives: undefined, assignments: [] };
}

function valuePieces(name: string, context: WordContext, quoted: boolean): ValuePiece[] {
  const { parameters } = context;
  const positional = isPositional(name);
  if (positional && parameters === undefined) return [];
  if (parameters !== undefined && (name === '*' || name === '@'))
    return allParameters(name, parameters, quoted);
  const value = positional ? positionalValue(name, parameters ?? []) : context.variable(name);
  if (value === undefined || value.text === '') return [];
  return quoted ? [{ text: value.text, value }] : unquotedPieces(value);
}

/**
 * Puts a variable's value in its place; an unquoted one is split at blanks.
 *
 * Source: GRUB 2.06, grub-core/script/execute.c `grub_script_env_get` and `grub_script_arglist_to_argv`.
 */
export function expandVariable(
  draft: ArgumentDraft,
  name: string,
  context: WordContext,
  quoted: boolean,
): void {
  draft.named.push(wordVariable(name, isPositional(name) ? undefined : context.variable(name)));
  appendPieces(draft, name, valuePieces(name, context, quoted), quoted);
}
