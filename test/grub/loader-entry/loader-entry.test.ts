import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WordEdit } from '../../../src/cmdline/word-edit.ts';
import {
  editOptions,
  loaderEntryFields,
  optionsWords,
  parseLoaderEntry,
  printLoaderEntry,
} from '../../../src/grub/loader-entry/loader-entry.ts';
import type { LoaderEntryReader } from '../../../src/grub/loader-entry/option-text.ts';
import { applyTextEdits } from '../../../src/grub/text-edit.ts';
import { hasShared } from '../../oracle/available.ts';
import { corpusFiles } from '../../oracle/corpus.ts';

const readers = ['grub-el8', 'grub-blsuki', 'systemd-boot'] as const;

function fieldsOf(text: string, reader: LoaderEntryReader): readonly string[] {
  return loaderEntryFields(parseLoaderEntry(text), reader).map(({ key, value }) => `${key}|${value}`);
}

function wordsOf(text: string, reader: LoaderEntryReader): readonly string[] {
  return optionsWords(parseLoaderEntry(text), reader).map((word) => word.text);
}

function edit(text: string, reader: LoaderEntryReader, edits: readonly WordEdit[]): string {
  const edited = editOptions(parseLoaderEntry(text), reader, edits);
  return edited.ok ? applyTextEdits(text, edited.value) : edited.problem.code;
}

describe('fields', () => {
  const all = {
    'grub-el8': ['title|A b', 'linux|/v'],
    'grub-blsuki': ['title|A b', 'linux|/v'],
    'systemd-boot': ['title|A b', 'linux|/v'],
  };
  test.each([
    { name: 'key and value', text: 'title A b\nlinux /v\n', fields: all },
    { name: 'several blanks between', text: 'title   A b\nlinux  \t/v', fields: all },
    { name: 'comments, indented too', text: '# x\ntitle A b\n  # y\nlinux /v\n', fields: all },
    { name: 'an indented key', text: ' title A b\n\tlinux /v\n', fields: all },
    { name: 'CRLF', text: 'title A b\r\nlinux /v\r\n', fields: all },
    {
      name: 'a blank line ends the reading of GRUB',
      text: 'title A b\n\nlinux /v\n',
      fields: { ...all, 'grub-el8': ['title|A b'], 'grub-blsuki': ['title|A b'] },
    },
    {
      name: 'so does a key without a value',
      text: 'title A b\noptions\nlinux /v\n',
      fields: { ...all, 'grub-el8': ['title|A b'], 'grub-blsuki': ['title|A b'] },
    },
    {
      name: 'a tab behind the key, with blanks in the value, misleads the GRUB of RHEL 8',
      text: 'title\tA b\nlinux\t/v\n',
      fields: { ...all, 'grub-el8': ['title\tA|b', 'linux|/v'] },
    },
    {
      name: 'blanks alone are a value for the GRUB of RHEL 8',
      text: 'title  \nlinux /v\n',
      fields: { 'grub-el8': ['title|', 'linux|/v'], 'grub-blsuki': [], 'systemd-boot': ['linux|/v'] },
    },
  ])('$name', ({ text, fields }) => {
    for (const reader of readers) expect([reader, fieldsOf(text, reader)]).toEqual([reader, fields[reader]]);
  });
});

describe('option words', () => {
  test.each([
    {
      name: 'blanks separate',
      text: 'linux /v\noptions root=/dev/sda1  ro\n',
      reader: 'grub-el8',
      words: ['root=/dev/sda1', 'ro'],
    },
    {
      name: 'GRUB takes the first line only',
      text: 'linux /v\noptions a\noptions b\n',
      reader: 'grub-blsuki',
      words: ['a'],
    },
    {
      name: 'systemd-boot joins all lines',
      text: 'linux /v\noptions a\noptions b c\n',
      reader: 'systemd-boot',
      words: ['a', 'b', 'c'],
    },
    {
      name: 'variables are words',
      text: 'linux /v\noptions $kernelopts $tuned_params\n',
      reader: 'grub-el8',
      words: ['$kernelopts', '$tuned_params'],
    },
    {
      name: 'GRUB undoes its quotes',
      text: "linux /v\noptions dyndbg='file x +p' a\n",
      reader: 'grub-el8',
      words: ['dyndbg=file x +p', 'a'],
    },
    {
      name: 'systemd-boot leaves quotes to the kernel',
      text: 'linux /v\noptions dyndbg="file x +p" a;b\n',
      reader: 'systemd-boot',
      words: ['dyndbg="file x +p"', 'a;b'],
    },
    {
      name: 'a semicolon ends the words for GRUB',
      text: 'linux /v\noptions a;b c\n',
      reader: 'grub-el8',
      words: ['a'],
    },
    {
      name: 'the GRUB of RHEL keeps hexadecimal escapes',
      text: 'linux /v\noptions root=LABEL=My\\x20Disk\n',
      reader: 'grub-el8',
      words: ['root=LABEL=My\\x20Disk'],
    },
    { name: 'no options', text: 'linux /v\n', reader: 'grub-el8', words: [] },
  ] as const)('$name', ({ text, reader, words }) => {
    expect(wordsOf(text, reader)).toEqual(words);
  });
});

describe('editing', () => {
  const insert = (index: number, word = 'new=1'): WordEdit => ({ kind: 'insert', index, word });
  const remove = (index: number): WordEdit => ({ kind: 'remove', index });
  const replace = (index: number, word: string): WordEdit => ({ kind: 'replace', index, word });
  const entry = 'title A\nlinux /v\noptions root=x ro quiet\ninitrd /i\n';
  test.each([
    { name: 'append', text: entry, edits: [insert(3)], after: 'options root=x ro quiet new=1\n' },
    { name: 'insert in front', text: entry, edits: [insert(0)], after: 'options new=1 root=x ro quiet\n' },
    {
      name: 'remove takes the blank in front',
      text: entry,
      edits: [remove(1)],
      after: 'options root=x quiet\n',
    },
    { name: 'remove the first', text: entry, edits: [remove(0)], after: 'options ro quiet\n' },
    {
      name: 'remove two that stand together',
      text: entry,
      edits: [remove(0), remove(1)],
      after: 'options quiet\n',
    },
    {
      name: 'remove and append',
      text: entry,
      edits: [remove(2), insert(3)],
      after: 'options root=x ro new=1\n',
    },
    { name: 'replace', text: entry, edits: [replace(1, 'rw')], after: 'options root=x rw quiet\n' },
    {
      name: 'a word with blanks gets quotes',
      text: entry,
      edits: [replace(1, 'dyndbg=file x +p')],
      after: 'options root=x dyndbg="file x +p" quiet\n',
    },
    {
      name: 'trailing blanks and CR stay',
      text: 'linux /v\noptions ro  \r\n',
      edits: [insert(1)],
      after: 'options ro new=1  \r\n',
    },
    {
      name: 'behind a variable',
      text: 'linux /v\noptions $kernelopts\n',
      edits: [insert(1)],
      after: 'options $kernelopts new=1\n',
    },
    {
      name: 'between variables',
      text: 'linux /v\noptions $kernelopts $tuned_params\n',
      edits: [insert(1)],
      after: 'options $kernelopts new=1 $tuned_params\n',
    },
    {
      name: 'a missing line is added behind the last field',
      text: 'linux /v\ninitrd /i',
      edits: [insert(0)],
      after: 'linux /v\ninitrd /i\noptions new=1\n',
    },
    {
      name: 'in front of the blank line that ends the reading',
      text: 'linux /v\n\nx y\n',
      edits: [insert(0)],
      after: 'linux /v\noptions new=1\n\nx y\n',
    },
    {
      name: 'the line goes with its last word',
      text: 'linux /v\noptions a\ninitrd /i\n',
      edits: [remove(0)],
      after: 'linux /v\ninitrd /i\n',
    },
    {
      name: 'a `--` stays behind',
      text: 'linux /v\noptions a -- b\n',
      edits: [insert(1)],
      after: 'options a new=1 -- b\n',
    },
    {
      name: 'in front of a comment of GRUB',
      text: 'linux /v\noptions a #b\n',
      edits: [insert(1)],
      after: 'options a new=1 #b\n',
    },
  ])('GRUB: $name', ({ text, edits, after }) => {
    for (const reader of ['grub-el8', 'grub-blsuki'] as const)
      expect(edit(text, reader, edits)).toContain(after);
  });

  test.each([
    {
      name: 'append goes to the last line',
      text: 'linux /v\noptions a\noptions b\n',
      edits: [insert(2)],
      after: 'linux /v\noptions a\noptions b new=1\n',
    },
    {
      name: 'a word of the first line is removed there',
      text: 'linux /v\noptions a c\noptions b\n',
      edits: [remove(0)],
      after: 'linux /v\noptions c\noptions b\n',
    },
    {
      name: 'all words go with all lines',
      text: 'linux /v\noptions a\noptions b\n',
      edits: [remove(0), remove(1)],
      after: 'linux /v\n',
    },
    {
      name: 'the only word of the second line',
      text: 'linux /v\noptions a\noptions b\n',
      edits: [remove(1)],
      after: 'linux /v\noptions a\noptions \n',
    },
    {
      name: 'dollar and semicolon are bytes',
      text: 'linux /v\noptions a\n',
      edits: [insert(1, 'memmap=64M$0x1;2')],
      after: 'linux /v\noptions a memmap=64M$0x1;2\n',
    },
    {
      name: 'blanks are kept by the quotes of the kernel',
      text: 'linux /v\noptions a\n',
      edits: [insert(1, 'dyndbg=file x +p')],
      after: 'linux /v\noptions a dyndbg="file x +p"\n',
    },
    {
      name: 'quotes that are there stay',
      text: 'linux /v\noptions a\n',
      edits: [insert(1, 'x="b c"')],
      after: 'linux /v\noptions a x="b c"\n',
    },
  ])('systemd-boot: $name', ({ text, edits, after }) => {
    expect(edit(text, 'systemd-boot', edits)).toBe(after);
  });

  test.each([
    {
      name: 'no linux',
      text: 'title A\noptions a\n',
      reader: 'grub-el8',
      edits: [insert(1)],
      code: 'no-linux',
    },
    {
      name: 'linux behind a blank line',
      text: 'options a\n\nlinux /v\n',
      reader: 'grub-el8',
      edits: [insert(0)],
      code: 'no-linux',
    },
    {
      name: 'a dollar, which blscfg takes for a variable',
      text: entry,
      reader: 'grub-el8',
      edits: [insert(3, 'memmap=64M$0x1')],
      code: 'word-not-writable',
    },
    {
      name: 'a double quote',
      text: entry,
      reader: 'grub-el8',
      edits: [insert(3, 'a="b')],
      code: 'double-quote',
    },
    {
      name: 'a backslash, which GRUB doubles',
      text: entry,
      reader: 'grub-el8',
      edits: [insert(3, 'a\\b')],
      code: 'loader-adds-backslash',
    },
    {
      name: 'a newline',
      text: entry,
      reader: 'systemd-boot',
      edits: [insert(3, 'a\nb')],
      code: 'control-character',
    },
    {
      name: 'an open quote',
      text: entry,
      reader: 'systemd-boot',
      edits: [insert(3, 'a="b')],
      code: 'double-quote',
    },
    {
      name: 'an open quote of the kernel in the file',
      text: 'linux /v\noptions a="b\n',
      reader: 'systemd-boot',
      edits: [insert(1)],
      code: 'open-quote',
    },
    {
      name: 'a word that is a variable',
      text: 'linux /v\noptions $kernelopts\n',
      reader: 'grub-el8',
      edits: [remove(0)],
      code: 'word-from-variable',
    },
    {
      name: 'braces',
      text: `linux /v\noptions \${kernelopts} a\n`,
      reader: 'grub-el8',
      edits: [insert(0)],
      code: 'grub-syntax',
    },
    {
      name: 'an open quote in the file',
      text: "linux /v\noptions it's\n",
      reader: 'grub-el8',
      edits: [insert(0)],
      code: 'grub-syntax',
    },
    {
      name: 'a word of one character behind a variable',
      text: 'linux /v\noptions $kernelopts\n',
      reader: 'grub-el8',
      edits: [insert(1, 'x')],
      code: 'word-lost',
    },
    {
      name: 'a word of one character alone',
      text: 'linux /v\n',
      reader: 'grub-blsuki',
      edits: [insert(0, 'x')],
      code: 'word-lost',
    },
  ] as const)('refused: $name', ({ text, reader, edits, code }) => {
    expect(edit(text, reader, edits)).toBe(code);
  });

  test('a tab behind the key becomes a blank for the GRUB of RHEL 8, which a blank in the value would mislead', () => {
    const tabbed = 'linux /v\noptions\tro\n';
    expect(edit(tabbed, 'grub-el8', [insert(1)])).toBe('linux /v\noptions ro new=1\n');
    expect(edit(tabbed, 'grub-blsuki', [insert(1)])).toBe('linux /v\noptions\tro new=1\n');
  });

  test('an index that is not there is a bug of the caller', () => {
    expect(() => edit(entry, 'grub-el8', [remove(3)])).toThrow(RangeError);
  });
});

const text = fc
  .array(
    fc.constantFrom(
      'options',
      'linux',
      'title',
      ' ',
      '  ',
      '\t',
      '\n',
      '\n',
      '\r\n',
      '#',
      'a=b',
      '/v',
      '$x',
      '"',
      "'",
      ';',
      '\xff',
      '--',
    ),
  )
  .map((parts) => parts.join(''));

test('every text prints identically, and an edit changes the words that it should', () => {
  const word = fc.constantFrom('new', 'n=1', 'n=a b', 'n;m');
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(...readers),
      fc.array(fc.tuple(fc.nat(5), fc.nat(2), word)),
      (body, reader, wanted) => {
        const file = `linux /v\n${body}`;
        expect(printLoaderEntry(parseLoaderEntry(file))).toBe(file);
        const words = wordsOf(file, reader);
        const edits: WordEdit[] = [];
        const expected: string[] = [];
        for (let index = 0; index <= words.length; index += 1) {
          const [, action = 9, added = ''] = wanted.find(([at]) => at === index) ?? [];
          const old = words[index];
          if (action === 0) edits.push(insert(index, added));
          if (action === 0)
            expected.push(reader === 'systemd-boot' && added.includes(' ') ? 'n="a b"' : added);
          if (old === undefined) continue;
          if (action === 1) edits.push({ kind: 'remove', index });
          else expected.push(old);
        }
        const edited = editOptions(parseLoaderEntry(file), reader, edits);
        if (edited.ok) expect(wordsOf(applyTextEdits(file, edited.value), reader)).toEqual(expected);
        else
          expect(['word-from-variable', 'grub-syntax', 'open-quote', 'word-lost']).toContain(
            edited.problem.code,
          );
      },
    ),
    { numRuns: 2000 },
  );
  function insert(index: number, added: string): WordEdit {
    return { kind: 'insert', index, word: added };
  }
});

describe.runIf(hasShared('corpus/bls'))('the corpus', () => {
  const files = corpusFiles('bls');

  test.each(files)('$name', ({ text: file }) => {
    const entry = parseLoaderEntry(file);
    expect(printLoaderEntry(entry)).toBe(file);
    for (const reader of readers) {
      const words = wordsOf(file, reader);
      const edits: readonly WordEdit[] = [{ kind: 'insert', index: words.length, word: 'new=1' }];
      const edited = editOptions(entry, reader, edits);
      if (!edited.ok) {
        expect([edited.problem.code, file.includes('\nefi ')]).toEqual(['no-linux', true]);
        continue;
      }
      const after = applyTextEdits(file, edited.value);
      expect(wordsOf(after, reader)).toEqual([...words, 'new=1']);
      expect(fieldsOf(after, reader).filter((field) => !field.startsWith('options|'))).toEqual(
        fieldsOf(file, reader).filter((field) => !field.startsWith('options|')),
      );
      const taken = editOptions(parseLoaderEntry(after), reader, [{ kind: 'remove', index: words.length }]);
      expect(taken.ok && applyTextEdits(after, taken.value)).toBe(file);
    }
  });
});
