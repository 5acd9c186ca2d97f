import type { WordVariable } from './boot-line.ts';
import type { MenuVariable } from './grub-menu.ts';

/** One argument of a command. */
export interface Argument {
  readonly text: string;
  readonly known: boolean;
  /** Whether it is one argument for sure; not known for an unquoted variable and for a file name pattern. */
  readonly single: boolean;
  readonly variables: readonly WordVariable[];
  readonly pattern: boolean;
}

/** How much more the words of a command may grow, in bytes and words. */
export interface ExpansionBudget {
  left: number;
}

interface OpenArgument {
  text: string;
  known: boolean;
  single: boolean;
  readonly variables: WordVariable[];
  /** Whether an unquoted `*` or `?` is in it. */
  wildcard: boolean;
  /** Whether its first byte may begin a pattern: to GRUB an escaped or quoted `*`, `?` or `\` begins with `\`. */
  readonly bareStart: boolean;
}

/** The arguments that a word becomes, as they are put together (grub-core/script/argv.c). */
export interface ArgumentDraft {
  readonly complete: OpenArgument[];
  readonly budget: ExpansionBudget;
  /** Every variable that the word names, empty ones included. */
  readonly named: WordVariable[];
  current: OpenArgument | undefined;
}

/** Begins the next argument, unless the current one has had nothing yet, not even an empty quotation. */
export function beginArgument(draft: ArgumentDraft): void {
  if (draft.current === undefined || draft.budget.left <= 0) return;
  draft.complete.push(draft.current);
  draft.current = undefined;
}

function append(draft: ArgumentDraft, text: string, bareStart: boolean): OpenArgument {
  draft.current ??= { text: '', known: true, single: true, variables: [], wildcard: false, bareStart };
  if (draft.current.text === '' && draft.current.bareStart !== bareStart) {
    draft.current = { ...draft.current, bareStart };
  }
  draft.budget.left -= text.length + 1;
  if (draft.budget.left > 0) {
    draft.current.text += text;
  } else {
    draft.current.known = false;
    draft.current.single = false;
  }
  return draft.current;
}

/** Appends text that no quotation protects. */
export function appendBare(draft: ArgumentDraft, text: string): void {
  append(draft, text, true).wildcard ||= text.includes('*') || text.includes('?');
}

/** Appends a byte that a backslash protects. */
export function appendEscaped(draft: ArgumentDraft, byte: string): void {
  append(draft, byte, false);
}

/** Appends text in quotes; empty text makes an empty argument. */
export function appendQuoted(draft: ArgumentDraft, text: string): void {
  append(draft, text, text === '' || !'*?\\'.includes(text.charAt(0)));
}

/** Makes the argument that is being put together an unknown one. */
export function forgetArgument(draft: ArgumentDraft): void {
  if (draft.current !== undefined) draft.current.known = false;
}

/** Whether a value has a `*` or `?` that no backslash precedes. */
function hasBareWildcard(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) {
    const wildcard = value[at] === '*' || value[at] === '?';
    if (wildcard && value[at - 1] !== '\\') return true;
  }
  return false;
}

/** Appends what a variable holds, or a piece of it. */
export function appendValue(
  draft: ArgumentDraft,
  text: string,
  variable: WordVariable,
  known: boolean,
  quoted: boolean,
): void {
  const bareStart = !quoted || !'*?\\'.includes(text.charAt(0));
  const argument = append(draft, text, bareStart);
  argument.known &&= known;
  argument.single &&= known || quoted;
  argument.variables.push(variable);
  if (!quoted && known) argument.wildcard ||= hasBareWildcard(text);
}

/** A variable as a word names it. */
export function wordVariable(name: string, value: MenuVariable | undefined): WordVariable {
  return { name, assignments: value?.assignments ?? [], alternatives: value?.alternatives };
}

/** The arguments, once the word has come to its end. */
export function finishArguments(draft: ArgumentDraft): Argument[] {
  const all = draft.current === undefined ? draft.complete : [...draft.complete, draft.current];
  return all.map((argument) => {
    const { text, wildcard, bareStart } = argument;
    const pattern = wildcard && bareStart && (text[0] === '/' || text[0] === '(' || text[0] === '*');
    const known = argument.known && !pattern;
    const variables = argument.variables.length > 0 ? argument.variables : draft.named;
    return { text, known, single: argument.single && !pattern, variables, pattern };
  });
}
