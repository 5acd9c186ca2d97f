import type { Destination } from '../remote/destination.ts';
import { hostSummary } from '../report/host-summary.ts';
import { renderJson } from '../report/json.ts';
import { labelledRows } from '../report/labelled.ts';
import { redactReport, redactText } from '../report/redact.ts';
import type { Report } from '../report/report.ts';
import { worstExit } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { type Reaching, reportThere } from './report-there.ts';
import type { Terminal } from './terminal.ts';
import { writeMessages, writeOutput } from './write-output.ts';

/** What is kept of a machine's report: a hundred of them are not held in memory. */
interface HostResult {
  readonly host: string;
  readonly exitCode: number;
  readonly summary: string;
  /** Whether bootmend itself answered there. */
  readonly isAnswer: boolean;
}

/**
 * Run a command that only looks on several machines, some at a time: a line for each as it comes and a table in the order in which they
 * were named; with `--json` a document for each as it comes.
 *
 * @returns the worst of their exit codes
 */
export async function runOnHosts(
  invocation: Invocation,
  destinations: readonly Destination[],
  forks: number,
  reaching: Reaching,
  terminal: Terminal,
): Promise<number> {
  const results = await withForks(destinations, forks, async (destination) => {
    const report = await reportThere(invocation, destination, reaching);
    return tell(invocation, destination.text, report, reaching, terminal);
  });
  const { json, quiet } = invocation.options;
  if (!json && !quiet) writeOutput(tableOf(results, reaching, terminal));
  return worstExit(results.map(({ exitCode }) => exitCode));
}

async function tell(
  { options }: Invocation,
  host: string,
  whole: Report,
  { say }: Reaching,
  { isTerminal, paint }: Terminal,
): Promise<HostResult> {
  const redact = options.redact ? redactText : (shown: string) => shown;
  const report = options.redact ? redactReport(whole) : whole;
  if (options.json) writeOutput(await renderJson(report, say, redact, new Date()));
  const summary = redact(hostSummary(report, say));
  const failure = report.messages.find(({ level }) => level === 'error');
  if (failure !== undefined) writeMessages(`${paint('red', say('level.error'))}: ${host}: ${summary}\n`);
  else if (isTerminal && !options.json && !options.quiet) writeMessages(`${host}: ${summary}\n`);
  const isAnswer = failure === undefined || !failure.code.startsWith('remote.');
  return { host, exitCode: report.exitCode, summary, isAnswer };
}

/** The results in the order of the tasks; at most so many run at a time. */
async function withForks<Task, Result>(
  tasks: readonly Task[],
  forks: number,
  run: (task: Task) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = tasks.entries();
  const work = async () => {
    for (const [index, task] of waiting) results[index] = await run(task);
  };
  await Promise.all(Array.from({ length: Math.min(forks, tasks.length) }, work));
  return results;
}

function tableOf(results: readonly HostResult[], { say }: Reaching, { paint, columns }: Terminal): string {
  const longest = Math.max(...results.map(({ host }) => host.length));
  const rows = results.map(({ host, exitCode, summary }) => ({
    label: `${host.padEnd(longest)}  ${String(exitCode).padStart(3)}`,
    text: summary,
  }));
  const answered = results.filter(({ isAnswer }) => isAnswer).length;
  const counts = { total: results.length, answered, others: results.length - answered };
  return `${labelledRows(rows, { paint, columns })}${say('fleet.counts', counts)}\n`;
}
