import { TRIAL_ENTRY_ID } from '../../facts/entry-kind.ts';
import {
  environmentVariables,
  parseEnvironmentBlock,
  setEnvironmentVariables,
} from '../../grub/environment-block.ts';
import type { FileChange } from '../build-plan.ts';
import { withoutTrialBlock } from './trial-block.ts';

/** A file that a trial was written to, as it is now; latin1, undefined where it is not there. */
export interface TrialFile {
  readonly path: string;
  readonly text: string | undefined;
  /** The trial made it. */
  readonly isOurs: boolean;
}

/**
 * What takes the entry of a trial out of its files again and leaves all else in them. Where the entry is still to be booted,
 * that goes first, so that GRUB is never told to boot an entry that is not there.
 */
export function trialRemoval(files: readonly TrialFile[]): readonly FileChange[] {
  const changes = files.map(({ path, text, isOurs }): FileChange => {
    return { path, before: text, after: withoutTrial(path, text, isOurs), decides: 'next-boot' };
  });
  const isBlock = ({ before }: FileChange) => blockOf(before) !== undefined;
  return [...changes.filter(isBlock), ...changes.filter((change) => !isBlock(change))].filter(
    ({ before, after }) => before !== after,
  );
}

/** Whether a block tells GRUB to boot a trial's entry. */
export function namesTrial(text: string): boolean {
  const block = blockOf(text);
  return block !== undefined && environmentVariables(block).get('next_entry') === TRIAL_ENTRY_ID;
}

function withoutTrial(path: string, text: string | undefined, isOurs: boolean): string | undefined {
  if (text === undefined) return undefined;
  if (path.endsWith(`/${TRIAL_ENTRY_ID}.conf`)) return undefined;
  const block = blockOf(text);
  if (block !== undefined) {
    const edited = setEnvironmentVariables(block, new Map([['next_entry', undefined]]));
    return namesTrial(text) && edited.ok ? edited.value : text;
  }
  const rest = withoutTrialBlock(text);
  return rest === '' && isOurs ? undefined : rest;
}

function blockOf(text: string | undefined) {
  const block = text === undefined ? undefined : parseEnvironmentBlock(text);
  return block?.ok === true ? block.value : undefined;
}

/**
 * The changes of a plan for the files as they are without a trial, and those that take the trial out, as one: a file of both
 * goes from what it is now to what the plan makes of it.
 */
export function joinedChanges(
  permanent: readonly FileChange[],
  removal: readonly FileChange[],
): readonly FileChange[] {
  const planned = permanent.map((change) => {
    const trial = removal.find(({ path }) => path === change.path);
    return trial === undefined ? change : { ...change, before: trial.before };
  });
  const others = removal.filter(({ path }) => !permanent.some((change) => change.path === path));
  const named = others.filter(({ after }) => after !== undefined && blockOf(after) !== undefined);
  return [...named, ...planned, ...others.filter((change) => !named.includes(change))];
}
