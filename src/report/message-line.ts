import { saySentence } from './messages/catalogue.ts';
import type { Message } from './report.ts';
import type { TextOptions } from './text-options.ts';

/** One message as a line, for stderr. */
export function renderMessage(message: Message, { say, paint }: Pick<TextOptions, 'say' | 'paint'>): string {
  const { level } = message;
  const style = level === 'error' ? 'red' : level === 'warning' ? 'yellow' : 'dim';
  return `${paint(style, say(`level.${level}`))}: ${saySentence(say, message)}\n`;
}
