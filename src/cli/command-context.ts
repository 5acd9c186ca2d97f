import type { Host } from '../host/host.ts';
import type { Say } from '../report/messages/catalogue.ts';
import type { Message, Report } from '../report/report.ts';
import type { Invocation } from './invocation.ts';

/** What a command works with. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly host: Host;
  readonly say: Say;
  /** A person can be asked. */
  readonly canAsk: boolean;
  /** Show a report before the command is over: what a question is about. */
  readonly show: (report: Report) => void;
}

/** A command: a stretch of the road, ending in its report. */
export type Command = (context: CommandContext) => Promise<Report>;

/** A report that ends a command before its end. */
export function endReport(context: CommandContext, exitCode: number, messages: readonly Message[]): Report {
  const { command } = context.invocation;
  return { command, root: context.host.root, outcome: 'refused', exitCode, messages };
}
