import { error } from '../report/message.ts';
import type { Report } from '../report/report.ts';
import { EXIT } from './exit-code.ts';
import { type Invocation, mayWrite } from './invocation.ts';

/** The report of a failure that no command expected: a bug of ours. It claims to have written nothing only where that is sure. */
export function unexpectedFailure(invocation: Invocation, canAsk: boolean, failure: unknown): Report {
  const { command, options } = invocation;
  const detail = failure instanceof Error ? failure.message : String(failure);
  const start = { command, root: options.root ?? '/', exitCode: EXIT.failed };
  const messages = [error('error.unexpected', { detail })];
  return mayWrite(invocation, canAsk)
    ? { ...start, messages: [...messages, error('error.perhaps-written')] }
    : { ...start, outcome: 'refused', messages };
}
