import { messageText } from './message-text.ts';
import type { Message, Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { wrapText } from './wrap-text.ts';

/** One message, broken into lines, for stderr. */
export function renderMessage(
  message: Message,
  { say, paint, columns, target }: Pick<TextOptions, 'say' | 'paint' | 'columns' | 'target'>,
  report: Pick<Report, 'command'> = { command: undefined },
): string {
  const { level } = message;
  const style = level === 'error' ? 'red' : level === 'warning' ? 'yellow' : 'dim';
  const label = say(`level.${level}`);
  const text = `${label}${say('joint.colon')}${withTarget(messageText(message, report, say), target)}`;
  const [first = '', ...rest] = wrapText(text, columns);
  return [paint(style, label) + first.slice(label.length), ...rest].map((line) => `${line}\n`).join('');
}

/** The messages that a report's screen does not tell already: a word without effect that is replaced stands in its first line. */
export function messagesBeside({ messages, plan }: Report): readonly Message[] {
  return messages.filter(({ code }) => plan === undefined || code !== 'warning.word-without-effect');
}

/** A command that a sentence names by itself is for the machine that was asked about. */
const NAMED_COMMAND = /(["“(（])(bootmend [a-z]+)(?=["”)）])/g;

function withTarget(text: string, target: string): string {
  return text.replaceAll(
    NAMED_COMMAND,
    (_all, mark: string, command: string) => `${mark}${command}${target}`,
  );
}
