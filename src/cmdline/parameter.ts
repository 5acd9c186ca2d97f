/** One word of a kernel command line, as the kernel takes it apart. */
export interface Parameter {
  /** Before the first `=`; the whole word where there is none. */
  readonly name: string;
  /** After the first `=`, less one pair of surrounding double quotes; undefined without `=`. */
  readonly value: string | undefined;
  /** The exact bytes of the word, latin1. */
  readonly source: string;
}

const QUOTE = '"';

/**
 * Take one word apart into name and value.
 *
 * Source: next_arg() in the kernel's lib/cmdline.c (kernel/params.c before 4.17). A `=` in first place does not
 * divide; quotes are removed at the ends of the value or of the whole word and nowhere else; single quotes and
 * backslashes are ordinary characters.
 *
 * @param source one word, blanks inside quotes included
 */
export function parseParameter(source: string): Parameter {
  const isQuoted = source.startsWith(QUOTE);
  const body = isQuoted ? source.slice(1) : source;
  const equals = body.indexOf('=', 1);
  if (equals === -1) {
    return { name: isQuoted ? withoutEndQuote(body) : body, value: undefined, source };
  }
  const valueText = body.slice(equals + 1);
  if (valueText.startsWith(QUOTE)) {
    return { name: body.slice(0, equals), value: withoutEndQuote(valueText.slice(1)), source };
  }
  return { name: body.slice(0, equals), value: isQuoted ? withoutEndQuote(valueText) : valueText, source };
}

/**
 * The word as kernels before 4.10 take it apart: the quote at the end of a word without `=` stays in its name, so that
 * `"quiet"` is a parameter named `quiet"`, which there is none of.
 *
 * Source: next_arg() in kernel/params.c of 3.10 and 4.9.
 */
export function parseEarlyParameter(source: string): Parameter {
  const parameter = parseParameter(source);
  const keepsQuote = parameter.value === undefined && source.startsWith(QUOTE);
  return keepsQuote ? { ...parameter, name: source.slice(1) } : parameter;
}

function withoutEndQuote(text: string): string {
  return text.endsWith(QUOTE) ? text.slice(0, -1) : text;
}

/**
 * Whether the kernel takes two names for the same parameter: `-` and `_` are equal, letters are not folded, and
 * a dot is only a dot.
 *
 * Source: parameqn() and dash2underscore() in the kernel's kernel/params.c.
 */
export function isSameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.replaceAll('-', '_') === b.replaceAll('-', '_'));
}
