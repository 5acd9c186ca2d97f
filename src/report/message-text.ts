import { type Say, saySentence } from './messages/catalogue.ts';
import { isReadingCommand } from './reading-command.ts';
import type { Message, Report } from './report.ts';

/** What a message says to people. A command that only looks does not say of its errors that nothing was written. */
export function messageText(message: Message, { command }: Pick<Report, 'command'>, say: Say): string {
  const text = saySentence(say, message);
  return isReadingCommand(command) ? text.replaceAll(say('files.nothing-written'), '').trim() : text;
}
