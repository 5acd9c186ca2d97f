import { describe, expect, test } from 'vitest';
import type { WordEdit } from '../../../src/cmdline/word-edit.ts';
import {
  editKernelCmdline,
  kernelCmdlineWords,
  parseKernelCmdlineFile,
} from '../../../src/grub/loader-entry/kernel-cmdline-file.ts';
import { applyTextEdits } from '../../../src/grub/text-edit.ts';
import { hasShared } from '../../oracle/available.ts';
import { corpusFiles } from '../../oracle/corpus.ts';

function edit(text: string, edits: readonly WordEdit[]): string {
  const file = parseKernelCmdlineFile(text);
  if (!file.ok) return file.problem.code;
  const edited = editKernelCmdline(file.value, 'grub-el8', edits);
  return edited.ok ? applyTextEdits(text, edited.value) : edited.problem.code;
}

const insert = (index: number, word = 'new=1'): WordEdit => ({ kind: 'insert', index, word });

test.each([
  { name: 'one line', text: 'root=x ro\n', edits: [insert(2)], after: 'root=x ro new=1\n' },
  { name: 'no final newline', text: 'root=x ro', edits: [insert(2)], after: 'root=x ro new=1' },
  { name: 'a newline is a blank', text: 'root=x\nro\n', edits: [insert(2)], after: 'root=x\nro new=1\n' },
  { name: 'CRLF', text: 'root=x ro\r\n', edits: [insert(2)], after: 'root=x ro new=1\r\n' },
  { name: 'an empty file', text: '', edits: [insert(0)], after: 'new=1' },
  { name: 'only a newline', text: '\n', edits: [insert(0)], after: 'new=1\n' },
  {
    name: 'remove',
    text: 'root=x ro quiet\n',
    edits: [{ kind: 'remove', index: 1 }],
    after: 'root=x quiet\n',
  },
  { name: 'a comment line is refused', text: 'root=x\n # ro\n', edits: [insert(0)], after: 'comment-line' },
  {
    name: 'a dollar is refused where GRUB reads it',
    text: 'root=x\n',
    edits: [insert(1, 'a$b')],
    after: 'word-not-writable',
  },
] satisfies readonly { name: string; text: string; edits: readonly WordEdit[]; after: string }[])(
  '$name',
  ({ text, edits, after }) => {
    expect(edit(text, edits)).toBe(after);
  },
);

describe.runIf(hasShared('corpus/kernel-cmdline'))('the corpus', () => {
  test.each(corpusFiles('kernel-cmdline'))('$name takes a word and gives it back', ({ text }) => {
    const words = text.split(/\s+/).filter((word) => word !== '');
    const file = parseKernelCmdlineFile(text);
    if (!file.ok) throw new Error(file.problem.code);
    expect(kernelCmdlineWords(file.value, 'systemd-boot').map((word) => word.text)).toEqual(words);
    const after = edit(text, [insert(words.length)]);
    expect(after).toHaveLength(text.length + ' new=1'.length);
    expect(edit(after, [{ kind: 'remove', index: words.length }])).toBe(text);
  });
});
