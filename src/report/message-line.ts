import type { Message } from './report.ts';
import type { TextOptions } from './text-options.ts';

/** One message as a line, for stderr. */
export function renderMessage(
  { level, code, data }: Message,
  { say, paint }: Pick<TextOptions, 'say' | 'paint'>,
): string {
  const style = level === 'error' ? 'red' : level === 'warning' ? 'yellow' : 'dim';
  return `${paint(style, say(`level.${level}`))}: ${say(code, data)}\n`;
}
