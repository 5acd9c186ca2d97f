import { renderJson } from '../report/json.ts';
import { renderMessage } from '../report/message-line.ts';
import type { Say } from '../report/messages/catalogue.ts';
import { redactReport, redactText } from '../report/redact.ts';
import type { Message, Report } from '../report/report.ts';
import type { TextOptions } from '../report/text-options.ts';
import type { Invocation } from './invocation.ts';
import { targetOf } from './target.ts';
import type { Terminal } from './terminal.ts';
import { writeMessages, writeOutput } from './write-output.ts';

/** Shows the report of a command, in two parts where a question stands between them. */
export interface ReportOutput {
  /** What is to be seen before a question, with every warning that there is by then. */
  readonly show: (report: Report) => void;
  /** The whole report, or what it adds to the one that was shown. */
  readonly finish: (report: Report) => Promise<void>;
}

/** Where reports go: people get text as it comes and messages on stderr, machines one document at the end. */
export async function openOutput(
  invocation: Invocation,
  say: Say,
  { paint, columns, isTerminal }: Terminal,
): Promise<ReportOutput> {
  const { options } = invocation;
  const text: TextOptions = {
    say,
    paint,
    columns,
    isVerbose: options.verbose,
    hasDiffs: options.verbose || !isTerminal,
    target: targetOf(invocation),
  };
  const redact = options.redact ? redactText : (shown: string) => shown;
  const render = options.json || options.quiet ? () => ({ body: '', closing: '' }) : await renderer(text);
  const tell = (messages: readonly Message[]) => {
    for (const message of messages) {
      const isWanted =
        message.level === 'error' || (!options.quiet && (message.level === 'warning' || !options.json));
      if (isWanted) writeMessages(redact(renderMessage(message, text)));
    }
  };
  const told = new Set<string>();
  /** The report, then its messages, each once, then what a question follows. */
  const showText = (report: Report) => {
    const { body, closing } = render(report);
    writeOutput(redact(body));
    tell(report.messages.filter((message) => !told.has(JSON.stringify(message))));
    writeOutput(redact(closing));
  };
  let isShown = false;
  return {
    show: (whole: Report) => {
      const report = options.redact ? redactReport(whole) : whole;
      isShown = true;
      showText(report);
      for (const message of report.messages) told.add(JSON.stringify(message));
    },
    finish: async (whole: Report) => {
      const report = options.redact ? redactReport(whole) : whole;
      if (options.json) writeOutput(await renderJson(report, say, redact, new Date()));
      showText(isShown ? unseen(report) : report);
    },
  };
}

async function renderer(options: TextOptions) {
  const { renderReport } = await import('../report/text.ts');
  return (report: Report) => renderReport(report, options);
}

/** What a report adds to the one that was shown before the question. */
function unseen({ command, root, exitCode, outcome, unrestored, backup, messages }: Report): Report {
  return {
    command,
    root,
    exitCode,
    messages,
    ...(outcome === undefined ? {} : { outcome }),
    ...(unrestored === undefined ? {} : { unrestored }),
    ...(backup === undefined ? {} : { backup }),
  };
}
