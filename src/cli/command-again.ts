import { shellWord } from '../report/shell-word.ts';
import { asBytes } from './argument-bytes.ts';
import type { Invocation } from './invocation.ts';
import { targetOf } from './target.ts';

/**
 * The command line that led to a plan once more, to be pasted: what decides about the plan, not how it is shown or agreed to.
 *
 * @returns bytes, as the words of messages are
 */
export function commandAgain(invocation: Invocation): string {
  const { command, words, options } = invocation;
  const valued = (['problem', 'remedy', 'entries'] as const).flatMap((name) => option(name, options[name]));
  const flags = (['regenerate', 'trial', 'words-only', 'force'] as const).filter((name) => options[name]);
  const parts = [
    ...words.map(shellWord),
    ...options.unset.flatMap((word) => option('unset', word)),
    ...valued,
    ...options.accept.flatMap((id) => option('accept', id)),
    ...flags.map((name) => `--${name}`),
  ];
  return [`bootmend ${command}${asBytes(targetOf(invocation))}`, ...parts].join(' ');
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}`, shellWord(value)];
}
