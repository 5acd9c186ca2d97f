import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WordEdit } from '../../../src/cmdline/word-edit.ts';
import { type BootLineEditing, editBootLine } from '../../../src/grub/script/edit-boot-line.ts';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';
import { applyTextEdits } from '../../../src/grub/text-edit.ts';
import { bootLinesOf, menuOf } from './evaluated-text.ts';
import { word } from './generated-script.ts';

function edit(text: string, edits: readonly WordEdit[]): BootLineEditing {
  const [line] = bootLinesOf(menuOf(text));
  if (line === undefined) throw new Error(`no boot line in ${text}`);
  return editBootLine(line, edits);
}

function edited(text: string, ...edits: WordEdit[]): string {
  const editing = edit(text, edits);
  if (!editing.ok) throw new Error(editing.problem.code);
  return applyTextEdits(text, editing.value);
}

const insert = (index: number, inserted = 'X'): WordEdit => ({ kind: 'insert', index, word: inserted });
const replace = (index: number, replacement: string): WordEdit => ({
  kind: 'replace',
  index,
  word: replacement,
});
const remove = (index: number): WordEdit => ({ kind: 'remove', index });

describe('a new word', () => {
  test.each([
    { rule: 'comes behind the last one', text: 'linux /v ro\n', at: 1, result: 'linux /v ro X\n' },
    { rule: 'comes behind the image where there is none', text: 'linux /v\n', at: 0, result: 'linux /v X\n' },
    { rule: 'comes before blanks at the end', text: 'linux /v ro \t\n', at: 1, result: 'linux /v ro X \t\n' },
    { rule: 'comes before a comment', text: 'linux /v ro # a\n', at: 1, result: 'linux /v ro X # a\n' },
    { rule: 'comes before a carriage return', text: 'linux /v ro\r\n', at: 1, result: 'linux /v ro X\r\n' },
    {
      rule: 'comes before a continuation that leads nowhere',
      text: 'linux /v ro \\\n\n',
      at: 1,
      result: 'linux /v ro X \\\n\n',
    },
    {
      rule: 'comes before a continuation within its word',
      text: 'linux /v ro\\\n\n',
      at: 1,
      result: 'linux /v ro X\\\n\n',
    },
    {
      rule: 'comes at the end of a continued line',
      text: 'linux /v \\\n\tro\n',
      at: 1,
      result: 'linux /v \\\n\tro X\n',
    },
    { rule: 'comes before a semicolon', text: 'linux /v ro;boot\n', at: 1, result: 'linux /v ro X;boot\n' },
    {
      rule: 'comes before a brace',
      text: "menuentry 'a' {linux /v ro}\n",
      at: 1,
      result: "menuentry 'a' {linux /v ro X}\n",
    },
    { rule: 'needs no final newline', text: 'linux /v ro', at: 1, result: 'linux /v ro X' },
    { rule: 'comes before another one', text: 'linux /v ro -- a\n', at: 1, result: 'linux /v ro X -- a\n' },
    {
      rule: 'comes behind a variable that is empty',
      text: 'linux /v ro $a\n',
      at: 1,
      result: 'linux /v ro $a X\n',
    },
    {
      rule: 'comes behind the words of a variable',
      text: 'set a="b c"\nlinux /v $a\n',
      at: 2,
      result: 'set a="b c"\nlinux /v $a X\n',
    },
    {
      rule: 'comes in front of a variable',
      text: 'set a="b c"\nlinux /v $a\n',
      at: 0,
      result: 'set a="b c"\nlinux /v X $a\n',
    },
    {
      rule: 'comes behind a quoted one',
      text: `linux /v "a b"'c'\n`,
      at: 1,
      result: `linux /v "a b"'c' X\n`,
    },
    {
      rule: 'comes behind an option of the loader and the image',
      text: 'module --nounzip /v\n',
      at: 0,
      result: 'module --nounzip /v X\n',
    },
  ])('$rule', ({ text, at, result }) => {
    expect(edited(text, insert(at))).toBe(result);
  });

  test('is quoted where GRUB would read something else', () => {
    expect(edited('linux /v ro\n', insert(1, 'dyndbg=file a/* +p'))).toBe(
      'linux /v ro dyndbg="file a/* +p"\n',
    );
  });
});

describe('a removed word', () => {
  test.each([
    {
      rule: 'takes the blank in front of it along',
      text: 'linux /v a b c\n',
      at: 1,
      result: 'linux /v a c\n',
    },
    {
      rule: 'takes all blanks in front of it along',
      text: 'linux /v a \t b c\n',
      at: 1,
      result: 'linux /v a c\n',
    },
    { rule: 'leaves blanks behind it', text: 'linux /v a b  # c\n', at: 1, result: 'linux /v a  # c\n' },
    { rule: 'leaves the carriage return', text: 'linux /v a b\r\n', at: 1, result: 'linux /v a\r\n' },
    {
      rule: 'leaves a continuation that goes on',
      text: 'linux /v a \\\n b c\n',
      at: 1,
      result: 'linux /v a \\\n c\n',
    },
    {
      rule: 'takes a continuation that would go on to nothing',
      text: 'linux /v a \\\n b\n',
      at: 1,
      result: 'linux /v a\n',
    },
    {
      rule: 'takes such continuations at the end of the file',
      text: 'linux /v a \\\n \\\n b',
      at: 1,
      result: 'linux /v a',
    },
    {
      rule: 'takes a continuation of its own along',
      text: 'linux /v a \\\nb c\n',
      at: 1,
      result: 'linux /v a c\n',
    },
    { rule: 'is a whole quoted word', text: `linux /v 'a b'"c" d\n`, at: 0, result: 'linux /v d\n' },
  ])('$rule', ({ text, at, result }) => {
    expect(edited(text, remove(at))).toBe(result);
  });
});

describe('a replaced word', () => {
  test.each([
    {
      rule: 'keeps what is around it',
      text: 'linux /v a  b\tc\n',
      at: 1,
      by: 'X',
      result: 'linux /v a  X\tc\n',
    },
    { rule: 'is quoted anew', text: 'linux /v "a b"\n', at: 0, by: 'c;d', result: 'linux /v "c;d"\n' },
    {
      rule: 'keeps a continuation in front of it',
      text: 'linux /v \\\na b\n',
      at: 0,
      by: 'X',
      result: 'linux /v \\\nX b\n',
    },
    {
      rule: 'keeps a continuation behind it',
      text: 'linux /v a\\\n b\n',
      at: 0,
      by: 'X',
      result: 'linux /v X\\\n b\n',
    },
    {
      rule: 'loses a continuation within it',
      text: 'linux /v a\\\nb c\n',
      at: 0,
      by: 'X',
      result: 'linux /v X c\n',
    },
  ])('$rule', ({ text, at, by, result }) => {
    expect(edited(text, replace(at, by))).toBe(result);
  });
});

describe('what is refused', () => {
  const fromVariable = 'set a="b c"\nlinux /v $a d\n';
  const variable = {
    name: 'a',
    alternatives: undefined,
    assignments: [{ path: '/boot/grub/grub.cfg', offset: 4, line: 1, column: 5 }],
  };

  test.each([
    { text: 'linux /v ro {a,b}\n', edits: [insert(2)], code: 'block-argument' },
    { text: 'linux /v ro {a,b}\n', edits: [replace(0, 'rw')], code: 'block-argument' },
    { text: 'linux {a}\n', edits: [insert(0)], code: 'block-argument' },
    { text: fromVariable, edits: [remove(0)], code: 'word-from-variable', variable },
    { text: fromVariable, edits: [replace(1, 'X')], code: 'word-from-variable', variable },
    { text: fromVariable, edits: [insert(1)], code: 'inside-variable', variable },
    {
      text: 'linux /v ro$b\n',
      edits: [remove(0)],
      code: 'word-from-variable',
      variable: { name: 'b', alternatives: undefined, assignments: [] },
    },
    { text: 'linux\n', edits: [insert(0)], code: 'no-image' },
    { text: 'linux /v\n', edits: [insert(0, 'a\tb')], code: 'control-character' },
    { text: 'linux /v\n', edits: [insert(0, 'a="b c"')], code: 'double-quote' },
    { text: 'linux /v\n', edits: [insert(0, "it's")], code: 'loader-adds-backslash' },
    { text: 'linux /v\n', edits: [insert(0, 'a\\b')], code: 'loader-adds-backslash' },
  ])('$code: $edits in $text', ({ text, edits, code, ...rest }) => {
    const editing = edit(text, edits);
    expect(editing.ok ? undefined : editing.problem.code).toBe(code);
    if (!editing.ok) expect(editing.problem.variable).toEqual('variable' in rest ? rest.variable : undefined);
  });

  test('a word of the second file names the place of that file', () => {
    const [line] = bootLinesOf(menuOf(fromVariable));
    expect(line?.words[0]?.place).toMatchObject({ offset: 21, line: 2, column: 10 });
  });
});

describe('any edits of any line', () => {
  const plainWord = fc.string({ unit: fc.constantFrom(...'ab1=,.;{}$* #-'), minLength: 1, maxLength: 6 });
  const edits = fc.array(
    fc.record({ kind: fc.constantFrom('insert', 'replace', 'remove'), index: fc.nat(5), word: plainWord }),
    { minLength: 1, maxLength: 4 },
  );
  const gap = fc.constantFrom(' ', '  ', '\t', ' \\\n ', ' \\\r\n\t', '\\\n ', ' \\\n');
  const end = fc.constantFrom('\n', '', ' # c\n', '\r\n', ' \\\n\n', '; true\n', '\\\n\n');
  const lines = fc
    .tuple(
      fc.array(
        fc.tuple(
          gap,
          fc.oneof(
            word,
            plainWord.map((w) => `'${w}'`),
          ),
        ),
        { maxLength: 5 },
      ),
      end,
    )
    .map(([words, tail]) => `v=a\nw="b c"\nlinux /v${words.map(([g, w]) => g + w).join('')}${tail}`);

  /** Each word edited at most once, as a caller would have it. */
  function applicable(
    wanted: readonly { kind: string; index: number; word: string }[],
    count: number,
  ): WordEdit[] {
    const seen = new Set<number>();
    return wanted.flatMap(({ kind, index, word: text }): WordEdit[] => {
      if (kind === 'insert') return index > count ? [] : [insert(index, text)];
      if (index >= count || seen.has(index)) return [];
      seen.add(index);
      return [kind === 'remove' ? remove(index) : replace(index, text)];
    });
  }

  function revised(words: readonly string[], changes: readonly WordEdit[]): string[] {
    const result: string[] = [];
    for (let index = 0; index <= words.length; index += 1) {
      const here = changes.filter((change) => change.index === index);
      for (const change of here) if (change.kind === 'insert') result.push(change.word);
      const change = here.find((candidate) => candidate.kind !== 'insert');
      const current = words[index];
      if (change?.kind === 'replace') result.push(change.word);
      else if (change === undefined && current !== undefined) result.push(current);
    }
    return result;
  }

  test('change those words and no others', () => {
    fc.assert(
      fc.property(lines, edits, (text, wanted) => {
        fc.pre(parseGrubScript(text).ok);
        const [line] = bootLinesOf(menuOf(text));
        fc.pre(line?.words.every((each) => each.known) === true);
        const words = line?.words.map((each) => each.text) ?? [];
        const changes = applicable(wanted, words.length);
        const editing = edit(text, changes);
        if (!editing.ok) {
          expect(['word-from-variable', 'inside-variable']).toContain(editing.problem.code);
          return;
        }
        const after = bootLinesOf(menuOf(applyTextEdits(text, editing.value)));
        expect(after).toHaveLength(1);
        expect(after[0]?.words.map((each) => each.text)).toEqual(revised(words, changes));
      }),
      { numRuns: 3000 },
    );
  });
});
