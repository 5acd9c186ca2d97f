import { openHost } from '../host/root-host.ts';
import { renderJson } from '../report/json.ts';
import type { Say } from '../report/messages/catalogue.ts';
import { redactReport, redactText } from '../report/redact.ts';
import type { Message, Report } from '../report/report.ts';
import { renderMessage, renderText, type TextOptions } from '../report/text.ts';
import type { Command, CommandContext } from './command-context.ts';
import type { CommandName } from './command-table.ts';
import { audit } from './commands/audit.ts';
import { backups } from './commands/backups.ts';
import { completion } from './commands/completion.ts';
import { fix } from './commands/fix.ts';
import { probe } from './commands/probe.ts';
import { rollback } from './commands/rollback.ts';
import { set, unset } from './commands/set.ts';
import { status } from './commands/status.ts';
import { EXIT } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { error } from './refusal-messages.ts';
import { settleUnfinished } from './settle-unfinished.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  status,
  fix,
  set,
  unset,
  probe,
  audit,
  backups,
  rollback,
  completion,
};

/**
 * Run one command and show what it reports. The commands are one bundle: they walk the same road, and a dozen small files
 * take longer to load than one.
 *
 * @returns the exit code
 */
export async function runCommand(invocation: Invocation, say: Say): Promise<number> {
  const { command, options } = invocation;
  const root = options.root ?? '/';
  const host = await openRoot(root);
  if (host === undefined) {
    process.stderr.write(`${say('usage.misuse', { detail: say('error.no-root', { path: root }) })}\n`);
    return EXIT.usage;
  }
  const terminal = openTerminal(options.color);
  const output = openOutput(invocation, say, terminal);
  const { canAsk } = terminal;
  let report: Report;
  try {
    report = await reportOf({ invocation, host, say, canAsk, show: output.show });
  } catch (failure) {
    report = { command, root, exitCode: EXIT.failed, messages: [unexpected(failure)] };
  }
  output.finish(report);
  return report.exitCode;
}

async function reportOf(context: CommandContext): Promise<Report> {
  const settled = await settleUnfinished(context);
  if (settled.report !== undefined) return settled.report;
  const report = await COMMANDS[context.invocation.command](context);
  return { ...report, messages: [...settled.messages, ...report.messages] };
}

/** The machine or the directory that stands for one; undefined where the directory can't be entered. */
async function openRoot(root: string): Promise<CommandContext['host'] | undefined> {
  try {
    return await openHost(root);
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure) return undefined;
    throw failure;
  }
}

/** Where reports go: people get text as it comes and messages on stderr, machines one document at the end. */
function openOutput({ options }: Invocation, say: Say, { paint }: Terminal) {
  const text: TextOptions = { say, paint, isVerbose: options.verbose };
  const redact = options.redact ? redactText : (shown: string) => shown;
  const showText = (report: Report) => {
    if (!options.json && !options.quiet) process.stdout.write(redact(renderText(report, text)));
  };
  let isShown = false;
  return {
    show: (report: Report) => {
      isShown = true;
      showText(options.redact ? redactReport(report) : report);
    },
    finish: (whole: Report) => {
      const report = options.redact ? redactReport(whole) : whole;
      if (options.json) process.stdout.write(renderJson(report, say, redact));
      else showText(isShown ? unseen(report) : report);
      for (const message of report.messages) {
        const isWanted =
          message.level === 'error' || (!options.quiet && (message.level === 'warning' || !options.json));
        if (isWanted) process.stderr.write(redact(renderMessage(message, text)));
      }
    },
  };
}

/** What a report adds to the one that was shown before the question. */
function unseen({ command, root, exitCode, outcome, backup, messages }: Report): Report {
  return {
    command,
    root,
    exitCode,
    messages,
    ...(outcome === undefined ? {} : { outcome }),
    ...(backup === undefined ? {} : { backup }),
  };
}

/** A bug of ours, or a failure that no command expected: one line, the whole story with BOOTMEND_DEBUG. */
function unexpected(failure: unknown): Message {
  if (process.env['BOOTMEND_DEBUG'] && failure instanceof Error) process.stderr.write(`${failure.stack}\n`);
  return error('error.unexpected', { detail: failure instanceof Error ? failure.message : String(failure) });
}
