import { isSameName } from './parameter.ts';

/**
 * Parameters whose value is a set of tokens between commas, where each occurrence on the line adds to the set.
 * Two words of them say the same as one word with both tokens.
 *
 * Sources: cgroup_memory() in mm/memcontrol.c, cgroup_disable() and cgroup_no_v1() in kernel/cgroup/cgroup.c,
 * module_blacklist in kernel/module/main.c takes one list only and is therefore not here.
 */
const COMMA_LIST_PARAMETERS: readonly string[] = ['cgroup.memory', 'cgroup_disable', 'cgroup_no_v1'];

/** Whether a parameter's value is a list of tokens that the kernel compares one by one. */
export function isCommaList(name: string): boolean {
  return COMMA_LIST_PARAMETERS.some((known) => isSameName(known, name));
}

/**
 * The tokens of a list value in order; empty ones are dropped, as the kernel skips them.
 *
 * Source: the strsep() loops of the handlers named above: case-sensitive, no trimming.
 */
export function listTokens(value: string | undefined): readonly string[] {
  return (value ?? '').split(',').filter((token) => token !== '');
}

/** All tokens once, in the order of their first appearance. */
export function mergeTokens(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
