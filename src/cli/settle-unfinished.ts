import { inspectJournal, recover } from '../apply/recover.ts';
import { refusedMessage, settlementMessages, unrestoredFiles } from '../report/apply-messages.ts';
import { error } from '../report/message.ts';
import type { Message, Report } from '../report/report.ts';
import type { CommandContext } from './command-context.ts';
import type { CommandName } from './command-table.ts';
import { EXIT, problemExit } from './exit-code.ts';
import { isForWriting, mayWrite } from './invocation.ts';
import { ask, NO, YES } from './prompt.ts';
import { otherOwner, unfinishedChange } from './unfinished-change.ts';

/** What was done about an earlier change that did not end. */
export interface Settling {
  readonly messages: readonly Message[];
  /** Set where a person must look before anything else is written. */
  readonly report: Report | undefined;
}

const USING_STATE: readonly CommandName[] = ['status', 'backups'];

/**
 * What a run that was cut short left behind is finished or undone before a command that may write reads anything: at once
 * with `--yes`, else when the operator agrees. A command that is for looking only says what there is.
 */
export async function settleUnfinished(context: CommandContext): Promise<Settling> {
  const { invocation, host, canAsk } = context;
  const { command, options } = invocation;
  const isWriting = isForWriting(invocation);
  const owner = isWriting || USING_STATE.includes(command) ? await otherOwner(host) : [];
  if (!isWriting) return { messages: owner, report: undefined };
  const isAsked = mayWrite(invocation, canAsk) && !options.yes && !options.json;
  if (options['dry-run'] || (!options.yes && !isAsked)) return looked(context, owner);
  if (isAsked) {
    const declined = await askToSettle(context);
    if (declined !== undefined) return { messages: owner, report: refusedReport(context, owner, declined) };
  }
  const { settlement, problem } = await recover(host);
  const messages = [...owner, ...(settlement === undefined ? [] : settlementMessages(settlement))];
  if (problem === undefined) return { messages, report: undefined };
  const files = settlement === undefined ? {} : unrestoredFiles(settlement);
  const refusal = { message: refusedMessage(problem), exitCode: problemExit(problem) };
  return { messages, report: { ...refusedReport(context, messages, refusal), ...files } };
}

async function looked({ host }: CommandContext, owner: readonly Message[]): Promise<Settling> {
  return { messages: [...owner, ...(await unfinishedChange(host))], report: undefined };
}

interface Refusal {
  /** Undefined where the operator said no, which is no error. */
  readonly message: Message | undefined;
  readonly exitCode: number;
}

/** Undefined where the operator agrees, or where there is nothing to settle. */
async function askToSettle({ invocation, host, say, show }: CommandContext): Promise<Refusal | undefined> {
  if ((await inspectJournal(host)).kind === 'none') return undefined;
  const messages = await unfinishedChange(host);
  show({ command: invocation.command, root: host.root, exitCode: EXIT.done, messages });
  const question = [say('ask.settle'), say('ask.yes'), say('ask.no')].join('  ');
  const answer = await ask(`${question}:`, [YES, NO], say('ask.again', { keys: 'y n' }));
  if (answer === 'yes') return undefined;
  return answer === 'no'
    ? { message: undefined, exitCode: EXIT.refused }
    : { message: error('error.interrupted'), exitCode: EXIT.interrupted };
}

function refusedReport(
  { invocation, host }: CommandContext,
  messages: readonly Message[],
  { message, exitCode }: Refusal,
): Report {
  const start = { command: invocation.command, root: host.root, outcome: 'refused' as const, exitCode };
  return { ...start, messages: message === undefined ? messages : [...messages, message] };
}
