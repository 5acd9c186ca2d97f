/** The options of `menuentry` and `submenu`. */
export interface EntryOptions {
  readonly id: string | undefined;
  readonly classes: readonly string[];
  readonly users: string | undefined;
  readonly unrestricted: boolean;
  /** `--source`: the body as a word. */
  readonly source: string | undefined;
  /** Which words are no options: the title and further parameters. */
  readonly operands: readonly number[];
}

const withValue = new Set(['class', 'users', 'hotkey', 'source', 'id']);

/**
 * The options of `menuentry` as GRUB tells them from the title, undefined where GRUB would refuse the command. A word
 * that looks like an option but is none belongs to the operands.
 *
 * Source: GRUB 2.06, grub-core/lib/arg.c `grub_arg_parse` and grub-core/commands/menuentry.c.
 *
 * @param words the arguments before the block
 */
export function parseEntryOptions(words: readonly string[]): EntryOptions | undefined {
  const values = new Map<string, string>();
  const classes: string[] = [];
  const operands: number[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      for (let rest = at + 1; rest < words.length; rest += 1) operands.push(rest);
      break;
    }
    const equals = word.indexOf('=');
    const name = word.startsWith('--') ? word.slice(2, equals === -1 ? undefined : equals) : '';
    if (word === '-h' || word === '-u' || name === 'help' || name === 'usage') return undefined;
    if (name === 'unrestricted') {
      if (equals !== -1) return undefined;
      values.set(name, '');
    } else if (withValue.has(name)) {
      const next = words[at + 1];
      const value = equals === -1 ? next : word.slice(equals + 1);
      if (value === undefined || (equals === -1 && value.startsWith('-'))) return undefined;
      if (equals === -1) at += 1;
      if (name === 'class') classes.push(value);
      else values.set(name, value);
    } else operands.push(at);
  }
  return {
    id: values.get('id'),
    classes,
    users: values.get('users'),
    unrestricted: values.has('unrestricted'),
    source: values.get('source'),
    operands,
  };
}
