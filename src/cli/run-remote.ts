import { setMaxListeners } from 'node:events';
import { type Destination, parseDestination } from '../remote/destination.ts';
import { error } from '../report/message.ts';
import type { Say } from '../report/messages/catalogue.ts';
import type { Message, Report } from '../report/report.ts';
import { asBytes } from './argument-bytes.ts';
import { type Invocation, isForWriting } from './invocation.ts';
import { openOutput, type ReportOutput } from './report-output.ts';
import { artefactsHere, nothingToSend, type Reaching } from './report-there.ts';
import { runOnHost } from './run-on-host.ts';
import { runOnHosts } from './run-on-hosts.ts';
import { sendingProgress } from './sending-progress.ts';
import { showMisuse } from './show-misuse.ts';
import { sudoHere } from './sudo-password.ts';
import type { Terminal } from './terminal.ts';
import { withSignals } from './with-signals.ts';

const USUAL_FORKS = 10;
const MOST_FORKS = 200;

/**
 * Run one command on other machines and show what it reports there.
 *
 * @returns the exit code
 */
export async function runRemote(invocation: Invocation, say: Say, terminal: Terminal): Promise<number> {
  const { options } = invocation;
  const destinations = options.host.flatMap((text) => parseDestination(text) ?? []);
  const forks = Number(options.forks ?? USUAL_FORKS);
  const misuse = misuseOf(invocation, destinations, forks);
  if (misuse !== undefined) return showMisuse(invocation, [misuse], say);
  const artefacts = artefactsHere();
  if (artefacts.length === 0)
    return finish(nothingToSend(invocation), await openOutput(invocation, say, terminal));
  const [destination, ...others] = destinations;
  // What runs on another machine ends there by itself; here the wait for it ends.
  return withSignals(async (signal) => {
    // Each session has its own.
    setMaxListeners(0, signal);
    const isAlone = others.length === 0;
    const reaching: Reaching = {
      say,
      canAsk: terminal.canAsk && isAlone,
      artefacts,
      sudo: sudoHere(options.sudo, say('ask.sudo-password')),
      onSend: isAlone && !options.json && !options.quiet ? sendingProgress(say) : () => undefined,
      signal,
    };
    if (destination === undefined || !isAlone) {
      return runOnHosts(invocation, destinations, forks, reaching, terminal);
    }
    const output = await openOutput(invocation, say, terminal);
    return finish(await runOnHost(invocation, destination, reaching, output), output);
  });
}

async function finish(report: Report, output: ReportOutput): Promise<number> {
  await output.finish(report);
  return report.exitCode;
}

function misuseOf(
  invocation: Invocation,
  destinations: readonly Destination[],
  forks: number,
): Message | undefined {
  const { host, forks: given = '' } = invocation.options;
  const known = new Set(destinations.map(({ text }) => text));
  const other = host.find((text) => !known.has(text));
  if (other !== undefined) return error('error.host-not-understood', { host: asBytes(other) });
  const isSpread = host.length > 1 && isForWriting(invocation);
  if (isSpread) return error('error.several-hosts', { name: invocation.command });
  const isCount = Number.isInteger(forks) && forks >= 1 && forks <= MOST_FORKS;
  return isCount
    ? undefined
    : error('error.forks-not-understood', { given: asBytes(given), most: MOST_FORKS });
}
