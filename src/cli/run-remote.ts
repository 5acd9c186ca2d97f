import { type Destination, parseDestination } from '../remote/destination.ts';
import { error } from '../report/message.ts';
import type { Say } from '../report/messages/catalogue.ts';
import type { Message } from '../report/report.ts';
import { asBytes } from './argument-bytes.ts';
import { type Invocation, isForWriting } from './invocation.ts';
import { openOutput } from './report-output.ts';
import { artefactsHere, nothingToSend, type Reaching } from './report-there.ts';
import { runOnHost } from './run-on-host.ts';
import { sendingProgress } from './sending-progress.ts';
import { showMisuse } from './show-misuse.ts';
import { sudoHere } from './sudo-password.ts';
import type { Terminal } from './terminal.ts';

/**
 * Run one command on other machines and show what it reports there.
 *
 * @returns the exit code
 */
export async function runRemote(invocation: Invocation, say: Say, terminal: Terminal): Promise<number> {
  const { options } = invocation;
  const destinations = options.host.flatMap((text) => parseDestination(text) ?? []);
  const misuse = misuseOf(invocation, destinations);
  if (misuse !== undefined) return showMisuse(invocation, [misuse], say);
  const [destination] = destinations;
  const output = await openOutput(invocation, say, terminal);
  const artefacts = artefactsHere();
  if (destination === undefined || artefacts.length === 0) {
    const report = nothingToSend(invocation);
    await output.finish(report);
    return report.exitCode;
  }
  const report = await withSignals((signal) => {
    const reaching: Reaching = {
      say,
      canAsk: terminal.canAsk,
      artefacts,
      sudo: sudoHere(options.sudo, say('ask.sudo-password')),
      onSend: options.json || options.quiet ? () => undefined : sendingProgress(say),
      signal,
    };
    return runOnHost(invocation, destination, reaching, output);
  });
  await output.finish(report);
  return report.exitCode;
}

function misuseOf(invocation: Invocation, destinations: readonly Destination[]): Message | undefined {
  const { host } = invocation.options;
  const known = new Set(destinations.map(({ text }) => text));
  const other = host.find((text) => !known.has(text));
  if (other !== undefined) return error('error.host-not-understood', { host: asBytes(other) });
  const isSpread = host.length > 1 && isForWriting(invocation);
  return isSpread ? error('error.several-hosts', { name: invocation.command }) : undefined;
}

/** What runs on another machine ends there by itself; here the wait for it ends. */
async function withSignals<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interruption = new AbortController();
  const stop = () => interruption.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    return await run(interruption.signal);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop);
  }
}
