import { renderJson } from '../report/json.ts';
import { messagesBeside, renderMessage } from '../report/message-line.ts';
import type { Say } from '../report/messages/catalogue.ts';
import { redactReport, redactText } from '../report/redact.ts';
import type { Message, Report } from '../report/report.ts';
import type { ReportPart, TextOptions } from '../report/text-options.ts';
import type { Invocation } from './invocation.ts';
import { page } from './pager.ts';
import { targetOf } from './target.ts';
import type { Terminal } from './terminal.ts';
import { writeMessages, writeOutput } from './write-output.ts';

/** Shows the report of a command, in two parts where a question stands between them. */
export interface ReportOutput {
  /** What is to be seen before a question, with every warning that there is by then. */
  readonly show: (report: Report) => void;
  /** A part of it in full, and once more what the question follows. */
  readonly reveal: (part: ReportPart, report: Report) => void;
  /** The whole report, or how it ended where it was shown before. */
  readonly finish: (report: Report) => Promise<void>;
}

/** Where reports go: people get text as it comes and messages on stderr, machines one document at the end. */
export async function openOutput(
  invocation: Invocation,
  say: Say,
  terminal: Terminal,
): Promise<ReportOutput> {
  const { options } = invocation;
  const redact = options.redact ? redactText : (shown: string) => shown;
  const redacted = options.redact ? redactReport : (report: Report) => report;
  const text = textOptions(invocation, say, terminal);
  const renderer = options.json || options.quiet ? undefined : await import('../report/text.ts');
  const write = (shown: string) => writeLong(redact(shown), terminal);
  const beside = { ...text, columns: terminal.isTerminal ? terminal.columns : Number.POSITIVE_INFINITY };
  const tell = (messages: readonly Message[]) => {
    for (const message of messages) {
      const isWanted =
        message.level === 'error' || (!options.quiet && (message.level === 'warning' || !options.json));
      if (isWanted) writeMessages(redact(renderMessage(message, beside, invocation)));
    }
  };
  /** The report, then its messages, then what a question follows. */
  const showAll = (report: Report) => {
    const shown = renderer?.renderReport(report, text);
    write(shown?.body ?? '');
    tell(renderer === undefined ? report.messages : messagesBeside(report));
    writeOutput(redact(shown?.closing ?? ''));
  };
  let told: ReadonlySet<string> | undefined;
  return {
    show: (whole) => {
      const report = redacted(whole);
      showAll(report);
      told = new Set(report.messages.map((message) => JSON.stringify(message)));
    },
    reveal: (part, whole) => {
      const report = redacted(whole);
      write(renderer?.renderPart(part, report, text) ?? '');
      writeOutput(redact(renderer?.renderReport(report, text).closing ?? ''));
    },
    finish: async (whole) => {
      const report = redacted(whole);
      if (options.json) writeOutput(await renderJson(report, say, redact, new Date()));
      if (told === undefined) return showAll(report);
      writeOutput(redact(renderer?.renderOutcome(report, text) ?? ''));
      const before = told;
      tell(report.messages.filter((message) => !before.has(JSON.stringify(message))));
    },
  };
}

function textOptions(
  invocation: Invocation,
  say: Say,
  { paint, columns, isTerminal }: Terminal,
): TextOptions {
  const { verbose: isVerbose } = invocation.options;
  return { say, paint, columns, isVerbose, hasDiffs: isVerbose || !isTerminal, target: targetOf(invocation) };
}

/** What is longer than the window goes through a pager. */
function writeLong(text: string, { rows }: Terminal): void {
  const isLong = rows !== undefined && text.split('\n').length > rows;
  if (isLong) page(text);
  else writeOutput(text);
}
