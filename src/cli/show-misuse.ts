import { renderJson } from '../report/json.ts';
import type { Say } from '../report/messages/catalogue.ts';
import { redactReport, redactText } from '../report/redact.ts';
import type { Message, Report } from '../report/report.ts';
import type { CommandName } from './command-table.ts';
import { EXIT } from './exit-code.ts';
import type { InvocationOptions } from './invocation.ts';
import { writeMessages, writeOutput } from './write-output.ts';

/** A command line that can't be run, as far as it was understood. */
export interface MisusedCommandLine {
  /** Undefined where none was named, or none that there is. */
  readonly command: CommandName | undefined;
  readonly options: InvocationOptions;
}

/**
 * Show what is wrong with a command line: on stderr for people and, with `--json`, on stdout for machines.
 *
 * @returns the exit code
 */
export async function showMisuse(
  { command, options }: MisusedCommandLine,
  messages: readonly Message[],
  say: Say,
): Promise<number> {
  const redact = options.redact ? redactText : (shown: string) => shown;
  const root = options.root || '/';
  const whole: Report = { command, root, outcome: 'refused', exitCode: EXIT.usage, messages };
  const report = options.redact ? redactReport(whole) : whole;
  if (options.json) writeOutput(await renderJson(report, say, redact, new Date()));
  const detail = report.messages.map(({ code, data }) => redact(say(code, data))).join(' ');
  writeMessages(
    `${detail}\n${command === undefined ? say('usage.see-help') : say('usage.see-help-of', { command })}\n`,
  );
  return report.exitCode;
}
