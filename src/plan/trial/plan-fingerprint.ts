import { environmentVariables, parseEnvironmentBlock } from '../../grub/environment-block.ts';
import type { FileEdit, Plan } from '../plan.ts';
import { sha256 } from '../sha256.ts';

/**
 * A hash of what a plan does to its files: equal for the same change of the same texts. Unlike the plan's id it does not
 * depend on what GRUB itself writes into an environment block when it boots: of such a file only the variables count that
 * the plan changes.
 */
export function planFingerprint({ edits }: Plan): string {
  return sha256(JSON.stringify(edits.map((edit) => [edit.path, changeOf(edit)])));
}

function changeOf({ before, after, beforeSha256, afterSha256 }: FileEdit): unknown {
  const [was, becomes] = [variablesOf(before), variablesOf(after)];
  if (was === undefined || becomes === undefined) return [beforeSha256, afterSha256];
  const names = [...new Set([...was.keys(), ...becomes.keys()])].sort();
  return names
    .filter((name) => was.get(name) !== becomes.get(name))
    .map((name) => [name, was.get(name), becomes.get(name)]);
}

function variablesOf(text: string | undefined): ReadonlyMap<string, string> | undefined {
  const block = text === undefined ? undefined : parseEnvironmentBlock(text);
  return block?.ok === true ? environmentVariables(block.value) : undefined;
}
