import type { Host } from '../host/host.ts';
import type { WritableHost } from '../host/writable-host.ts';
import type { Say } from '../report/messages/catalogue.ts';
import type { Report } from '../report/report.ts';
import type { ReportPart } from '../report/text-options.ts';
import type { Invocation } from './invocation.ts';

/** What a command works with. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly host: Host & WritableHost;
  readonly say: Say;
  /** A person can be asked. */
  readonly canAsk: boolean;
  /** Show a report before the command is over: what a question is about. */
  readonly show: (report: Report) => void;
  /** Show a part of a report in full, and what closes the report once more. */
  readonly reveal: (part: ReportPart, report: Report) => void;
}

/** A command: a stretch of the road, ending in its report. */
export type Command = (context: CommandContext) => Promise<Report>;
