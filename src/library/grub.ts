/**
 * The library entry `bootmend/grub`: the formats, and the sentences of what is wrong with a file.
 */
export * from '../grub/index.ts';
export { describeProblem } from '../report/describe-problem.ts';
