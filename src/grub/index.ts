/**
 * The boot configuration formats, each lossless: the library entry `bootmend/grub`.
 */

export { defaultsWords } from './defaults/defaults-words.ts';
export { editDefaultsValue } from './defaults/edit-defaults.ts';
export {
  type DefaultsSource,
  type DefaultsValue,
  type DefaultsValues,
  evaluateDefaults,
} from './defaults/evaluate-defaults.ts';
export { parseDefaults } from './defaults/parse-defaults.ts';
export {
  type Command as DefaultsCommand,
  type DefaultsFile,
  type FunctionDefinition as DefaultsFunctionDefinition,
  printDefaults,
  type Span as DefaultsSpan,
} from './defaults/syntax.ts';
export {
  type EnvironmentBlock,
  environmentVariables,
  parseEnvironmentBlock,
  printEnvironmentBlock,
  setEnvironmentVariables,
} from './environment-block.ts';
export {
  editLinuxLines,
  linuxLines,
  type MenuSurroundings,
  readGrubMenu,
} from './linux-lines.ts';
export { expandOptions } from './loader-entry/expand-options.ts';
export {
  editKernelCmdline,
  kernelCmdlineWords,
  parseKernelCmdlineFile,
} from './loader-entry/kernel-cmdline-file.ts';
export {
  editOptions,
  loaderEntryFields,
  optionsWords,
  parseLoaderEntry,
  printLoaderEntry,
} from './loader-entry/loader-entry.ts';
export type { LoaderEntryReader } from './loader-entry/option-text.ts';
export { findDefaultEntry, findFallbackEntries } from './menu/default-entry.ts';
export type { EntryRules, MenuItem } from './menu/menu-item.ts';
export type { Problem, Result } from './problem.ts';
export type { BootLine, BootWord } from './script/boot-line.ts';
export { editBootLine } from './script/edit-boot-line.ts';
export { evaluateMenu, type MenuInput } from './script/evaluate-menu.ts';
export type { GrubMenu, GrubMenuItem } from './script/grub-menu.ts';
export { cmdlineLimit, loaderCmdline, loaderCmdlineWithImage, overlongBy } from './script/loader-cmdline.ts';
export { parseGrubScript } from './script/parser.ts';
export type {
  Command as GrubCommand,
  FunctionDefinition as GrubFunctionDefinition,
} from './script/syntax-tree.ts';
export {
  type GrubScript,
  printGrubScript,
  type Statement,
  type StatementList,
} from './script/syntax-tree.ts';
export type { Span } from './script/token.ts';
export { applyTextEdits, type TextEdit } from './text-edit.ts';
export { positionAt, type TextPosition } from './text-position.ts';
export { quoteGrubWord } from './word/quote-grub-word.ts';
