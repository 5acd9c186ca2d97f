import { type ApplyProblem, systemCodeOf } from '../apply/problem.ts';
import { refusedMessage } from '../report/apply-messages.ts';
import { error } from '../report/message.ts';
import type { Message } from '../report/report.ts';
import { problemExit, unreadableExit } from './exit-code.ts';

/** Why our state can't be read, for a command that only reads it. */
export function stateMessage(problem: ApplyProblem): {
  readonly message: Message;
  readonly exitCode: number;
} {
  if (problem.code === 'state-not-trusted') {
    return { message: refusedMessage(problem), exitCode: problemExit(problem) };
  }
  const path = 'path' in problem.data ? problem.data.path : '';
  const systemCode = systemCodeOf(problem) ?? problem.code;
  return {
    message: error('error.state-unreadable', { path, systemCode }),
    exitCode: unreadableExit(systemCode),
  };
}
