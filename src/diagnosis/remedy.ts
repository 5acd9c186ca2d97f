import type { WordGoal } from '../cmdline/revise-words.ts';

/** What stops the kernel-memory leak, mildest first. */
export type Remedy = 'none' | 'nokmem' | 'disable';

/** Turns off the accounting that leaks, and nothing else. */
export const NOKMEM = 'cgroup.memory=nokmem';
/** Turns the whole memory controller off, and every memory limit with it. */
export const DISABLE = 'cgroup_disable=memory';

/** What a command line holds with each remedy; the other remedy's word goes, as it would do nothing there. */
export const REMEDY_WORDS: Readonly<Record<Remedy, WordGoal>> = {
  none: { set: [], unset: [] },
  nokmem: { set: [NOKMEM], unset: [DISABLE] },
  disable: { set: [DISABLE], unset: [NOKMEM] },
};
