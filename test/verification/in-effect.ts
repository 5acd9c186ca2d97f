import { readRunningFacts } from '../../src/facts/running/running-facts.ts';
import { readRunningState } from '../../src/facts/running/running-state.ts';
import { openHost } from '../../src/host/root-host.ts';
import { verifyWords } from '../../src/verification/verify-words.ts';

/** What a tree's own proc and sys say of one word. */
export async function inEffect(tree: string, word: string) {
  const host = await openHost(tree);
  const state = await readRunningState(host);
  if (state === undefined) throw new Error(`${tree} tells nothing of what runs`);
  const running = await readRunningFacts(host, state, undefined, [], [word]);
  return verifyWords({ set: [word], unset: [] }, running, undefined)[0]?.inEffect;
}
