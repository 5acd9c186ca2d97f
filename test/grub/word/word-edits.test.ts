import { describe, expect, test } from 'vitest';
import type { WordEdit } from '../../../src/cmdline/word-edit.ts';
import { defaultsWords } from '../../../src/grub/defaults/defaults-words.ts';
import { editDefaultsValue } from '../../../src/grub/defaults/edit-defaults.ts';
import { evaluateDefaults } from '../../../src/grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../../../src/grub/defaults/parse-defaults.ts';
import {
  editKernelCmdline,
  kernelCmdlineWords,
  parseKernelCmdlineFile,
} from '../../../src/grub/loader-entry/kernel-cmdline-file.ts';
import { editOptions, optionsWords, parseLoaderEntry } from '../../../src/grub/loader-entry/loader-entry.ts';
import type { LoaderEntryReader } from '../../../src/grub/loader-entry/option-text.ts';
import type { Result } from '../../../src/grub/problem.ts';
import { editBootLine } from '../../../src/grub/script/edit-boot-line.ts';
import { applyTextEdits, type TextEdit } from '../../../src/grub/text-edit.ts';
import { bootLinesOf, menuOf } from '../script/evaluated-text.ts';

/** A format's file with the words `a b c`, edited: the words that are read afterwards, or the code against it. */
type Edit = (edits: readonly WordEdit[]) => readonly string[] | string;

function told(
  text: string,
  result: Result<readonly TextEdit[]>,
  read: (text: string) => readonly { readonly text: string }[],
): readonly string[] | string {
  if (!result.ok) return result.problem.code;
  return read(applyTextEdits(text, result.value)).map((word) => word.text);
}

function value<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

const bootLine: Edit = (edits) => {
  const text = 'linux /v a b c\n';
  const lineOf = (script: string) => {
    const [line] = bootLinesOf(menuOf(script));
    if (line === undefined) throw new Error('no line');
    return line;
  };
  return told(text, editBootLine(lineOf(text), edits), (edited) => lineOf(edited).words);
};

const defaultsValue: Edit = (edits) => {
  const text = 'GRUB_X="a b c"\n';
  const sources = (file: string) => [{ path: '/d', file: value(parseDefaults(file)) }];
  const result = editDefaultsValue(sources(text), 'dash', 'GRUB_X', edits);
  const own = result.ok ? { ok: true as const, value: result.value.flatMap((file) => file.edits) } : result;
  return told(
    text,
    own,
    (edited) => defaultsWords(evaluateDefaults(sources(edited), 'dash').get('GRUB_X')).words,
  );
};

const options =
  (reader: LoaderEntryReader): Edit =>
  (edits) => {
    const text = 'title t\nlinux /v\noptions a b c\n';
    const result = editOptions(parseLoaderEntry(text), reader, edits);
    return told(text, result, (edited) => optionsWords(parseLoaderEntry(edited), reader));
  };

const kernelCmdline: Edit = (edits) => {
  const text = 'a b c\n';
  const result = editKernelCmdline(value(parseKernelCmdlineFile(text)), 'systemd-boot', edits);
  return told(text, result, (edited) =>
    kernelCmdlineWords(value(parseKernelCmdlineFile(edited)), 'systemd-boot'),
  );
};

const formats: readonly (readonly [string, Edit])[] = [
  ['grub.cfg', bootLine],
  ['/etc/default/grub', defaultsValue],
  ["an entry's options, RHEL 8", options('grub-el8')],
  ["an entry's options, GRUB 2.14", options('grub-blsuki')],
  ["an entry's options, systemd-boot", options('systemd-boot')],
  ['/etc/kernel/cmdline', kernelCmdline],
];

const insert = (index: number, word: string): WordEdit => ({ kind: 'insert', index, word });
const replace = (index: number, word: string): WordEdit => ({ kind: 'replace', index, word });
const remove = (index: number): WordEdit => ({ kind: 'remove', index });

describe.each(formats)('word edits of %s', (_, edit) => {
  test.each([
    { rule: 'none', edits: [], words: 'a b c' },
    { rule: 'a word in front', edits: [insert(0, 'n')], words: 'n a b c' },
    { rule: 'a word between', edits: [insert(1, 'n')], words: 'a n b c' },
    { rule: 'a word at the end', edits: [insert(3, 'n')], words: 'a b c n' },
    {
      rule: 'two words at one place, in the order given',
      edits: [insert(1, 'n'), insert(1, 'm')],
      words: 'a n m b c',
    },
    { rule: 'a replaced word', edits: [replace(1, 'n')], words: 'a n c' },
    { rule: 'a removed word', edits: [remove(0)], words: 'b c' },
    { rule: 'two removed words', edits: [remove(2), remove(1)], words: 'a' },
    {
      rule: 'a word in front of one that changes',
      edits: [replace(1, 'm'), insert(1, 'n')],
      words: 'a n m c',
    },
    { rule: 'a word in front of one that goes', edits: [remove(1), insert(1, 'n')], words: 'a n c' },
    { rule: 'a word behind one that goes', edits: [insert(2, 'n'), remove(1)], words: 'a n c' },
    {
      rule: 'a word in place of all',
      edits: [remove(0), remove(1), remove(2), insert(3, 'nn')],
      words: 'nn',
    },
    {
      rule: 'indices count before any edit',
      edits: [remove(0), replace(2, 'n'), insert(2, 'm')],
      words: 'b m n',
    },
  ])('$rule', ({ edits, words }) => {
    expect(edit(edits)).toEqual(words.split(' '));
  });

  test.each([
    { rule: 'an empty word', edits: [insert(1, '')], code: 'empty-word' },
    { rule: 'an empty word in place of one', edits: [replace(1, '')], code: 'empty-word' },
    { rule: 'a newline', edits: [insert(1, 'n\nm')], code: 'control-character' },
    { rule: 'a quote that never closes', edits: [insert(1, 'n"m o')], code: 'double-quote' },
  ])('refused: $rule', ({ edits, code }) => {
    expect(edit(edits)).toBe(code);
  });

  test.each([
    { rule: 'an insert beyond the end', edits: [insert(4, 'n')] },
    { rule: 'a word that is not there', edits: [remove(3)] },
    { rule: 'a word replaced twice', edits: [replace(1, 'n'), replace(1, 'm')] },
    { rule: 'a word replaced and removed', edits: [replace(1, 'n'), remove(1)] },
    { rule: 'a word removed twice', edits: [remove(1), remove(1)] },
  ])('a bug of the caller: $rule', ({ edits }) => {
    expect(() => edit(edits)).toThrow(RangeError);
  });
});

test('a boot line is edited in the file that it was read from', () => {
  const text = 'linux /v a b c\n';
  const [line] = bootLinesOf(menuOf(text));
  if (line === undefined) throw new Error('no line');
  const first = editBootLine(line, [insert(0, 'n')]);
  const second = editBootLine(line, [insert(3, 'm')]);
  if (!first.ok || !second.ok) throw new Error('refused');
  expect(line.file.text).toBe(text);
  expect(applyTextEdits(line.file.text, [...second.value, ...first.value])).toBe('linux /v n a b c m\n');
});
