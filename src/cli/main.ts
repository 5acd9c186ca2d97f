import { loadCatalogue, type Say } from '../report/messages/catalogue.ts';
import type { Report } from '../report/report.ts';
import { renderMessage, renderText, type TextOptions } from '../report/text.ts';
import type { Command, CommandContext } from './command-context.ts';
import type { CommandName } from './command-table.ts';
import { EXIT } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { chooseLanguage } from './locale.ts';
import { settleUnfinished } from './settle-unfinished.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** Each command is loaded when it is called. */
const LOAD: Readonly<Record<CommandName, () => Promise<Command>>> = {
  status: async () => (await import('./commands/status.ts')).status,
  fix: async () => (await import('./commands/fix.ts')).fix,
  set: async () => (await import('./commands/set.ts')).set,
  unset: async () => (await import('./commands/set.ts')).unset,
  probe: async () => (await import('./commands/probe.ts')).probe,
  audit: async () => (await import('./commands/audit.ts')).audit,
  backups: async () => (await import('./commands/backups.ts')).backups,
  rollback: async () => (await import('./commands/rollback.ts')).rollback,
  completion: async () => (await import('./commands/completion.ts')).completion,
};

/**
 * Run one command line.
 *
 * @param argv without the interpreter and the script
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  const language = chooseLanguage(valueAfter(argv, '--lang'), process.env);
  const say = await loadCatalogue(language);
  const terminal = openTerminal(!argv.includes('--no-color'));
  const { parseArguments } = await import('./parse-arguments.ts');
  const parsed = await parseArguments(argv, say, terminal.columns);
  if (parsed.kind === 'help') {
    process.stdout.write(`${parsed.text}\n`);
    return EXIT.done;
  }
  if (parsed.kind === 'misuse') return misuse(say, parsed.text);
  const { invocation } = parsed;
  try {
    return await run(invocation, say, terminal);
  } catch (failure) {
    return unexpected(say, failure);
  }
}

async function run(invocation: Invocation, say: Say, terminal: Terminal): Promise<number> {
  const { options } = invocation;
  const root = options.root ?? '/';
  const host = await openRoot(root);
  if (host === undefined) return misuse(say, say('error.no-root', { path: root }));
  const command = await LOAD[invocation.command]();
  const output = openOutput(invocation, say, terminal);
  const context: CommandContext = {
    invocation,
    host,
    say,
    canAsk: terminal.canAsk,
    show: output.show,
  };
  const settled = await settleUnfinished(context);
  const report = settled.report ?? (await command(context));
  await output.finish({
    ...report,
    messages: settled.report === undefined ? [...settled.messages, ...report.messages] : report.messages,
  });
  return report.exitCode;
}

/** The machine or the directory that stands for one; undefined where the directory can't be entered. */
async function openRoot(root: string): Promise<CommandContext['host'] | undefined> {
  const { openHost } = await import('../host/root-host.ts');
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
  let shown: Report | undefined;
  return {
    show: (report: Report) => {
      shown = report;
      if (!options.json && !options.quiet) process.stdout.write(renderText(report, text));
    },
    finish: async (report: Report) => {
      if (options.json) {
        const { renderJson } = await import('../report/json.ts');
        process.stdout.write(renderJson(report, say));
      } else if (!options.quiet)
        process.stdout.write(renderText(shown === undefined ? report : unseen(report), text));
      for (const message of report.messages) {
        const isWanted =
          message.level === 'error' || (!options.quiet && (message.level === 'warning' || !options.json));
        if (isWanted) process.stderr.write(renderMessage(message, text));
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

function misuse(say: Say, detail: string): number {
  process.stderr.write(`${say('usage.misuse', { detail })}\n`);
  return EXIT.usage;
}

/** A bug of ours, or a failure that no command expected: one line, the whole story with BOOTMEND_DEBUG. */
function unexpected(say: Say, failure: unknown): number {
  const detail = failure instanceof Error ? failure.message : String(failure);
  process.stderr.write(`${say('level.error')}: ${say('error.unexpected', { detail })}\n`);
  if (process.env.BOOTMEND_DEBUG && failure instanceof Error) process.stderr.write(`${failure.stack}\n`);
  return EXIT.failed;
}

/** The language has to be known before the command line is read, since the reading can fail with a sentence. */
function valueAfter(argv: readonly string[], option: string): string | undefined {
  const index = argv.indexOf(option);
  if (index !== -1) return argv[index + 1];
  return argv.find((word) => word.startsWith(`${option}=`))?.slice(option.length + 1);
}
