/**
 * A kernel command line as the kernel itself reads it: the library entry `bootmend/cmdline`.
 */
export {
  type Cmdline,
  cmdlineWords,
  kernelWordCount,
  type PlacedParameter,
  parseCmdline,
  printCmdline,
} from './cmdline.ts';
export { isCommaList, listTokens, mergeTokens } from './comma-list.ts';
export { consoleDevices, lineSlots } from './line-slots.ts';
export { isSameName, type Parameter, parseEarlyParameter, parseParameter } from './parameter.ts';
export { applyWordEdits, reviseWords, type WordGoal } from './revise-words.ts';
export { mountsRoot } from './root-mount.ts';
export { isRepeatable } from './slot-rules.ts';
export type { WordEdit } from './word-edit.ts';
