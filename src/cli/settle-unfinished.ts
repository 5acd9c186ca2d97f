import { recover } from '../apply/recover.ts';
import type { Message, Report } from '../report/report.ts';
import { refusedMessage, settlementMessages, unrestoredFiles } from './apply-messages.ts';
import type { CommandContext } from './command-context.ts';
import { mayWrite } from './invocation.ts';

export interface Settling {
  readonly messages: readonly Message[];
  /** Set where a person must look before anything else is written. */
  readonly report: Report | undefined;
}

/** What a run that was cut short left behind is finished or undone before a command that may write reads anything. */
export async function settleUnfinished({ invocation, host, canAsk }: CommandContext): Promise<Settling> {
  if (!mayWrite(invocation, canAsk)) return { messages: [], report: undefined };
  const { settlement, problem } = await recover(host);
  const messages = settlement === undefined ? [] : settlementMessages(settlement);
  if (problem === undefined) return { messages, report: undefined };
  const report: Report = {
    command: invocation.command,
    root: host.root,
    outcome: 'refused',
    ...(settlement === undefined ? {} : unrestoredFiles(settlement)),
    exitCode: problem.exitCode,
    messages: [...messages, refusedMessage(problem)],
  };
  return { messages, report };
}
