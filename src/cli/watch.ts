import { setTimeout as sleep } from 'node:timers/promises';
import { growthPerHour, hoursLeft } from '../diagnosis/growth.ts';
import { findSymptoms } from '../diagnosis/symptoms.ts';
import { readMemorySample } from '../facts/running/memory-sample.ts';
import { openHost } from '../host/root-host.ts';
import { renderJson } from '../report/json.ts';
import { error } from '../report/message.ts';
import { renderMessage } from '../report/message-line.ts';
import type { Say } from '../report/messages/catalogue.ts';
import type { Report, SymptomReport } from '../report/report.ts';
import type { TextOptions } from '../report/text-options.ts';
import { type DrawPlot, figures, renderWatch, type TimedSample } from '../report/watch-text.ts';
import { EXIT } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { targetOf } from './target.ts';
import type { Terminal } from './terminal.ts';
import { ENDING_SIGNALS } from './with-signals.ts';
import { writeMessages, writeOutput } from './write-output.ts';

/** How often a sample is taken unless it is said. */
export const USUAL_SECONDS = 10;
/** What a plot is made from: a day of the usual samples. */
const MOST_SAMPLES = 8640;
/** Clears the screen and goes to its top (ECMA-48, ED and CUP). */
const CLEAR = '\x1b[2J\x1b[H';

/**
 * Take a sample of this host's memory again and again, until `q` or Ctrl-C: a screen with plots on a terminal, else a line a sample.
 *
 * @returns the exit code
 */
export async function watch(invocation: Invocation, say: Say, terminal: Terminal): Promise<number> {
  const { options, words } = invocation;
  const host = await openHost(options.root ?? '/');
  const text: TextOptions = {
    ...terminal,
    say,
    isVerbose: options.verbose,
    hasDiffs: false,
    target: targetOf(invocation),
  };
  const isScreen = terminal.isTerminal && !options.json;
  const { default: chart } = isScreen ? await import('asciichart') : { default: undefined };
  const draw: DrawPlot = (series, how) => chart?.plot([...series], how) ?? '';
  const ending = listenForEnd(isScreen);
  const samples: TimedSample[] = [];
  const pause = Number(words[0] ?? USUAL_SECONDS) * 1000;
  try {
    while (!ending.signal.aborted) {
      const sample = await readMemorySample(host, undefined);
      if (sample === undefined) {
        writeMessages(renderMessage(error('verify.nothing-known'), text));
        return EXIT.refused;
      }
      samples.push({ at: Date.now(), sample });
      if (samples.length > MOST_SAMPLES) samples.shift();
      const symptoms = judged(samples);
      if (options.json)
        writeOutput(await renderJson(lineOf(invocation, symptoms), say, (told) => told, new Date()));
      else if (isScreen)
        writeOutput(`${CLEAR}${renderWatch(samples, symptoms, draw, text)}${say('watch.keys')}\n`);
      else writeOutput(`${new Date().toISOString()}  ${figures(symptoms, say).join('  ')}\n`);
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
    }
    return ending.signal.reason === 'quit' ? EXIT.done : EXIT.interrupted;
  } finally {
    ending.stop();
    host.close();
  }
}

function lineOf({ command, options }: Invocation, symptoms: SymptomReport): Report {
  return { command, root: options.root ?? '/', exitCode: EXIT.done, symptoms, messages: [] };
}

/** The newest sample with the growth of all of them. */
function judged(samples: readonly TimedSample[]): SymptomReport {
  const sample = samples.at(-1)?.sample ?? {};
  const points = samples.flatMap(({ at, sample: { unreclaimable } }) =>
    unreclaimable === undefined ? [] : [{ at, value: unreclaimable }],
  );
  const growth = growthPerHour(points);
  const left = hoursLeft(sample.available, growth);
  return {
    ...findSymptoms(sample),
    sample,
    ...(growth === undefined ? {} : { growthPerHour: Math.round(growth) }),
    ...(left === undefined ? {} : { hoursLeft: left }),
  };
}

/** `q`, Ctrl-C, a signal, or a reader that is gone. */
function listenForEnd(isScreen: boolean): { readonly signal: AbortSignal; readonly stop: () => void } {
  const ending = new AbortController();
  const interrupt = () => ending.abort('interrupted');
  const quit = () => ending.abort('quit');
  for (const name of ENDING_SIGNALS) process.on(name, interrupt);
  process.stdout.on('error', quit);
  const { stdin } = process;
  const isReading = isScreen && stdin.isTTY;
  const onKey = (key: Buffer) => {
    if (key.includes('q')) quit();
    if (key.includes('\x03')) interrupt();
  };
  if (isReading) {
    stdin.setRawMode(true);
    stdin.on('data', onKey);
  }
  const stop = () => {
    for (const name of ENDING_SIGNALS) process.off(name, interrupt);
    if (!isReading) return;
    stdin.off('data', onKey);
    stdin.setRawMode(false);
    stdin.pause();
  };
  return { signal: ending.signal, stop };
}
