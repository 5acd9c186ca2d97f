import { assertBytes } from '../../cmdline/assert-bytes.ts';
import type { WordEdit } from '../../cmdline/word-edit.ts';
import type { Result } from '../problem.ts';
import type { TextEdit } from '../text-edit.ts';
import { excerpt, positionAt } from '../text-position.ts';
import {
  editOptionText,
  type LoaderEntryReader,
  type OptionProblemCode,
  type OptionText,
  type OptionWord,
  optionTextWords,
} from './option-text.ts';

/** /etc/kernel/cmdline: the options of the entries that kernel-install will write. */
export interface KernelCmdlineFile {
  readonly text: string;
}

/** A line begins with `#`: a comment for mkinitcpio, words of the command line for kernel-install. */
export type KernelCmdlineFileCode = OptionProblemCode | 'comment-line';

/**
 * Read the file. Every white space separates words, newlines too.
 *
 * Source: systemd's 90-loaderentry.install and Red Hat's 20-grub.install, which squeeze white space to one blank.
 */
export function parseKernelCmdlineFile(text: string): Result<KernelCmdlineFile, KernelCmdlineFileCode> {
  assertBytes(text);
  for (let line = 0; line < text.length; line = text.indexOf('\n', line) + 1 || text.length) {
    let at = line;
    while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at += 1;
    if (text.charAt(at) !== '#') continue;
    return {
      ok: false,
      problem: { code: 'comment-line', at: positionAt(text, at), found: excerpt(text, at) },
    };
  }
  return { ok: true, value: { text } };
}

/** The words of the file, as the reader of the entries to come will separate them. */
export function kernelCmdlineWords(
  file: KernelCmdlineFile,
  reader: LoaderEntryReader,
): readonly OptionWord[] {
  return optionTextWords(wholeText(file), reader);
}

/**
 * The text edits that change the words of the file.
 *
 * @param edits indices count in `kernelCmdlineWords`; new words as the kernel is to get them
 * @throws RangeError for an index that is not there
 */
export function editKernelCmdline(
  file: KernelCmdlineFile,
  reader: LoaderEntryReader,
  edits: readonly WordEdit[],
): Result<readonly TextEdit[], KernelCmdlineFileCode> {
  return editOptionText(file.text, wholeText(file), reader, edits);
}

/** The bytes of the file with a blank for each newline: what the scripts put behind `options`. */
function wholeText({ text }: KernelCmdlineFile): readonly OptionText[] {
  return [{ text: text.replaceAll('\n', ' ').replaceAll('\r', ' '), offset: 0 }];
}
