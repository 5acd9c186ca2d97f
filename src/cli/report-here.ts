import { openHost } from '../host/root-host.ts';
import { isProcMissing } from '../host/walk-path.ts';
import { error } from '../report/message.ts';
import type { Say } from '../report/messages/catalogue.ts';
import type { Report } from '../report/report.ts';
import { asBytes } from './argument-bytes.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import { hostName } from './host-name.ts';
import type { Invocation } from './invocation.ts';
import { unexpectedFailure } from './unexpected-failure.ts';
import { writeMessages } from './write-output.ts';

/** Run a command on this machine, or on the tree that stands for one. Whatever happens ends in a report. */
export async function reportHere(
  invocation: Invocation,
  say: Say,
  canAsk: boolean,
  output: Pick<CommandContext, 'show' | 'reveal'>,
): Promise<Report> {
  const root = invocation.options.root ?? '/';
  const start = { command: invocation.command, root, outcome: 'refused' } as const;
  const host = await openRoot(root);
  if (host === undefined) {
    return { ...start, exitCode: EXIT.usage, messages: [error('error.no-root', { path: asBytes(root) })] };
  }
  if (host === 'no-proc') return { ...start, exitCode: EXIT.failed, messages: [error('error.no-proc')] };
  try {
    const report = await reportOf({ invocation, host, say, canAsk, ...output });
    const name = invocation.options.json ? await hostName(host) : undefined;
    return name === undefined ? report : { ...report, host: name };
  } catch (failure) {
    if (process.env['BOOTMEND_DEBUG'] && failure instanceof Error) writeMessages(`${failure.stack}\n`);
    return unexpectedFailure(invocation, canAsk, failure);
  }
}

/**
 * The commands that read the boot configuration are one bundle: they walk the same road, and a dozen small files take longer
 * to load than one. `probe` does without that road.
 */
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
