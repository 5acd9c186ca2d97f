import { openHost } from '../host/root-host.ts';
import { isProcMissing } from '../host/walk-path.ts';
import { renderJson } from '../report/json.ts';
import { error } from '../report/message.ts';
import { renderMessage } from '../report/message-line.ts';
import type { Say } from '../report/messages/catalogue.ts';
import { redactReport, redactText } from '../report/redact.ts';
import type { Message, Report } from '../report/report.ts';
import type { TextOptions } from '../report/text-options.ts';
import { asBytes } from './argument-bytes.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { showMisuse } from './show-misuse.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { unexpectedFailure } from './unexpected-failure.ts';
import { writeMessages, writeOutput } from './write-output.ts';

/**
 * Run one command and show what it reports. The commands that read the boot configuration are one bundle: they walk the
 * same road, and a dozen small files take longer to load than one. `probe` does without that road.
 *
 * @returns the exit code
 */
export async function runCommand(invocation: Invocation, say: Say): Promise<number> {
  const { options } = invocation;
  const root = options.root ?? '/';
  const host = await openRoot(root);
  if (host === undefined) {
    return showMisuse(invocation, [error('error.no-root', { path: asBytes(root) })], say);
  }
  const terminal = openTerminal(options.color);
  const output = await openOutput(invocation, say, terminal);
  if (host === 'no-proc') {
    const messages = [error('error.no-proc')];
    await output.finish({
      command: invocation.command,
      root,
      outcome: 'refused',
      exitCode: EXIT.failed,
      messages,
    });
    return EXIT.failed;
  }
  const { canAsk } = terminal;
  let report: Report;
  try {
    report = await reportOf({ invocation, host, say, canAsk, show: output.show });
  } catch (failure) {
    if (process.env['BOOTMEND_DEBUG'] && failure instanceof Error) writeMessages(`${failure.stack}\n`);
    report = unexpectedFailure(invocation, canAsk, failure);
  }
  if (report.exitCode === EXIT.usage) return showMisuse(invocation, report.messages, say);
  await output.finish(report);
  return report.exitCode;
}

async function reportOf(context: CommandContext): Promise<Report> {
  const { command } = context.invocation;
  if (command === 'probe') return (await import('./commands/probe.ts')).probe(context);
  return (await import('./boot-commands.ts')).runBootCommand(command, context);
}

/** The machine or the directory that stands for one; undefined where the directory can't be entered. */
async function openRoot(root: string): Promise<CommandContext['host'] | 'no-proc' | undefined> {
  try {
    return await openHost(root);
  } catch (failure) {
    if (isProcMissing(failure)) return 'no-proc';
    if (failure instanceof Error && 'code' in failure) return undefined;
    throw failure;
  }
}

/** Where reports go: people get text as it comes and messages on stderr, machines one document at the end. */
async function openOutput({ options }: Invocation, say: Say, { paint }: Terminal) {
  const text: TextOptions = { say, paint, isVerbose: options.verbose };
  const redact = options.redact ? redactText : (shown: string) => shown;
  const showText = options.json || options.quiet ? () => {} : await textWriter(text, redact);
  const tell = (messages: readonly Message[]) => {
    for (const message of messages) {
      const isWanted =
        message.level === 'error' || (!options.quiet && (message.level === 'warning' || !options.json));
      if (isWanted) writeMessages(redact(renderMessage(message, text)));
    }
  };
  let isShown = false;
  let told = 0;
  return {
    /** What is to be seen before a question, with every warning that there is by then. */
    show: (whole: Report) => {
      const report = options.redact ? redactReport(whole) : whole;
      isShown = true;
      showText(report);
      tell(report.messages);
      told = report.messages.length;
    },
    finish: async (whole: Report) => {
      const report = options.redact ? redactReport(whole) : whole;
      if (options.json) writeOutput(await renderJson(report, say, redact));
      else showText(isShown ? unseen(report) : report);
      tell(report.messages.slice(told));
    },
  };
}

async function textWriter(options: TextOptions, redact: (text: string) => string) {
  const { renderText } = await import('../report/text.ts');
  return (report: Report) => {
    writeOutput(redact(renderText(report, options)));
  };
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
