import type { Say } from '../report/messages/catalogue.ts';
import type { Report } from '../report/report.ts';
import { EXIT } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { reportHere } from './report-here.ts';
import { openOutput } from './report-output.ts';
import { showMisuse } from './show-misuse.ts';
import { openTerminal } from './terminal.ts';
import { waitingNote } from './waiting-note.ts';

/**
 * Run one command, here or on other machines, and show what it reports.
 *
 * @returns the exit code
 */
export async function runCommand(invocation: Invocation, say: Say): Promise<number> {
  const terminal = openTerminal(invocation.options);
  const { host } = invocation.options;
  if (host.length > 0 && invocation.command !== 'completion') {
    const { runRemote } = await import('./run-remote.ts');
    return runRemote(invocation, say, terminal);
  }
  if (invocation.options.watch) return (await import('./watch.ts')).watch(invocation, say, terminal);
  const output = await openOutput(invocation, say, terminal);
  const ready = invocation.options.quiet ? () => undefined : waitingNote(say('progress.reading'));
  const show = (shown: Report) => {
    ready();
    output.show(shown);
  };
  const report = await reportHere(invocation, say, terminal.canAsk, { ...output, show });
  ready();
  if (report.exitCode === EXIT.usage) return showMisuse(invocation, report.messages, say);
  await output.finish(report);
  return report.exitCode;
}
