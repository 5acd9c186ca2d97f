import type { Problem } from '../grub/problem.ts';
import type { CodesOf, MessageCode, Said, Sentence } from './messages/sentence.ts';
import type { Message } from './report.ts';

/** A message of one level; the data are those that the sentence of the code needs. */
type Teller = <Code extends MessageCode>(...said: Said<Code>) => Message;

/** A message of what went wrong. */
export const error: Teller = (...said) => message('error', said);

/** A message of what a person should look at. */
export const warning: Teller = (...said) => message('warning', said);

/** A message of what is worth knowing. */
export const note: Teller = (...said) => message('info', said);

/** A sentence, or a message once more, as a message of this level. */
export function tell(level: Message['level'], sentence: Sentence): Message {
  const { code, data } = sentence;
  return { level, code, data } as Message;
}

/** That `Said` of several codes is one of their sentences is beyond what the compiler follows. */
function message<Code extends MessageCode>(level: Message['level'], [code, data = {}]: Said<Code>): Message {
  return tell(level, { code, data } as Sentence);
}

/** What a place in a file is refused for; each is a sentence with `FILE:LINE:COLUMN` and what was seen. */
type PlaceCode = Extract<CodesOf<'error'>, `${string}-not-parsed` | 'line-not-editable'>;

/** `FILE:LINE:COLUMN: what was seen`, with the sentence of the problem's own code in it. */
export function problemMessage(code: PlaceCode, path: string, problem: Problem<CodesOf<'problem'>>): Message {
  const { at, found } = problem;
  return error(`error.${code}`, { path, line: at.line, column: at.column, found, problem: problem.code });
}
