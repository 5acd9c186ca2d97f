import { readRunningState } from '../facts/running/running-state.ts';
import { standsOn } from '../verification/verify-words.ts';
import type { CommandContext } from './command-context.ts';
import { lastWords } from './verify-running.ts';

/** Whether the running line is not yet as the last change wants it; undefined where it is not known what runs. */
export async function rebootNeeded(host: CommandContext['host']): Promise<boolean | undefined> {
  const running = await readRunningState(host);
  if (running === undefined) return undefined;
  const last = await lastWords(host, running.release, undefined);
  const lacks = last?.set.some((word) => !standsOn(running.words, word)) === true;
  return lacks || last?.unset.some((word) => standsOn(running.words, word)) === true;
}
