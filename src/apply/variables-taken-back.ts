import {
  environmentVariables,
  parseEnvironmentBlock,
  setEnvironmentVariables,
} from '../grub/environment-block.ts';

/** An environment block before and after one change of ours; latin1. */
export interface BlockChange {
  readonly before: string;
  readonly after: string;
}

/** Written and cleared by GRUB itself, to boot an entry once: util/grub.d/00_header.in. */
const ONE_SHOT = 'next_entry';

/**
 * GRUB's environment block with our own changes taken out of it and everything that GRUB wrote since left in; undefined where
 * a variable that we changed has another value by now, or where a text is no block that can be written. A one-shot entry that
 * GRUB has used since is no such value.
 *
 * @param changes ours, oldest first
 * @param current latin1
 */
export function variablesTakenBack(changes: readonly BlockChange[], current: string): string | undefined {
  const originals = new Map<string, string | undefined>();
  const ours = new Map<string, string | undefined>();
  for (const change of changes) {
    const [before, after] = [variablesOf(change.before), variablesOf(change.after)];
    if (before === undefined || after === undefined) return undefined;
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(name) === after.get(name)) continue;
      if (!originals.has(name)) originals.set(name, before.get(name));
      ours.set(name, after.get(name));
    }
  }
  const block = parseEnvironmentBlock(current);
  const now = variablesOf(current);
  if (!block.ok || now === undefined) return undefined;
  for (const [name, original] of originals) {
    const value = now.get(name);
    const isUsed = name === ONE_SHOT && (value ?? '') === '';
    if (value !== ours.get(name) && value !== original && !isUsed) return undefined;
  }
  const edited = setEnvironmentVariables(block.value, originals);
  return edited.ok ? edited.value : undefined;
}

function variablesOf(text: string): ReadonlyMap<string, string> | undefined {
  const block = parseEnvironmentBlock(text);
  return block.ok ? environmentVariables(block.value) : undefined;
}
