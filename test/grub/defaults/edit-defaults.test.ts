import { describe, expect, test } from 'vitest';
import { applyWordEdits } from '../../../src/cmdline/revise-words.ts';
import type { WordEdit } from '../../../src/cmdline/word-edit.ts';
import { defaultsWords } from '../../../src/grub/defaults/defaults-words.ts';
import { editDefaultsValue } from '../../../src/grub/defaults/edit-defaults.ts';
import { evaluateDefaults } from '../../../src/grub/defaults/evaluate-defaults.ts';
import { applyTextEdits } from '../../../src/grub/text-edit.ts';
import { sourcesOf } from './defaults-files.ts';
import type { ShellName } from './real-shell.ts';

const insert = (index: number, word = 'new=1'): WordEdit => ({ kind: 'insert', index, word });
const remove = (index: number): WordEdit => ({ kind: 'remove', index });
const replace = (index: number, word: string): WordEdit => ({ kind: 'replace', index, word });

/** The files after the edits, or why not and where. */
function edit(
  texts: readonly string[],
  edits: readonly WordEdit[],
  shell: ShellName = 'dash',
  name = 'X',
): readonly string[] | string {
  const sources = sourcesOf(texts);
  const edited = editDefaultsValue(sources, shell, `GRUB_${name}`, edits);
  if (!edited.ok) {
    const { code, at, found } = edited.problem;
    return `${code} ${at.line}:${at.column} ${found}`;
  }
  return sources.map(({ path, file }) => {
    const own = edited.value.find((candidate) => candidate.path === path);
    return applyTextEdits(file.text, own?.edits ?? []);
  });
}

/** The same for one file, with a word put behind the last one. */
function append(text: string, shell: ShellName = 'dash'): string {
  const words = defaultsWords(evaluateDefaults(sourcesOf([text]), shell).get('GRUB_X')).words.length;
  const result = edit([text], [insert(words)], shell);
  return typeof result === 'string' ? result : (result[0] ?? '');
}

describe('a word in between', () => {
  test.each([
    {
      rule: 'a word that holds a variable is skipped over',
      text: 'GRUB_X="a $V b"\n',
      index: 2,
      after: 'GRUB_X="a new=1 $V b"\n',
    },
    {
      rule: 'a word that another variable brings is not, going to the left',
      text: 'P=b\nGRUB_X="a $P"\n',
      index: 2,
      after: 'P=b\nGRUB_X="a $P new=1"\n',
    },
    {
      rule: 'nor going to the right',
      text: 'P=b\nGRUB_X="$P a"\n',
      index: 0,
      after: 'P=b\nGRUB_X="$P a new=1"\n',
    },
    {
      rule: 'nor is a --',
      text: 'P=--\nGRUB_X="$P a"\n',
      index: 0,
      after: 'no-safe-place 2:1 GRUB_X="$P a"',
    },
  ])('$rule', ({ text, index, after }) => {
    const result = edit([text], [insert(index)]);
    expect(typeof result === 'string' ? result : result[0]).toBe(after);
  });
});

describe('a new word behind the last one', () => {
  test.each([
    { name: 'double quotes', text: 'GRUB_X="a b"\n', after: 'GRUB_X="a b new=1"\n' },
    { name: 'single quotes', text: "GRUB_X='a b'\n", after: "GRUB_X='a b new=1'\n" },
    { name: 'an unquoted value gets double quotes', text: 'GRUB_X=a\n', after: 'GRUB_X="a new=1"\n' },
    {
      name: 'an unquoted value with an escape gets a quoted piece',
      text: 'GRUB_X=a\\ b\n',
      after: 'GRUB_X=a\\ b" new=1"\n',
    },
    { name: 'empty double quotes', text: 'GRUB_X=""\n', after: 'GRUB_X="new=1"\n' },
    { name: 'empty single quotes', text: "GRUB_X=''\n", after: "GRUB_X='new=1'\n" },
    { name: 'nothing behind the equals sign', text: 'GRUB_X=\n', after: 'GRUB_X="new=1"\n' },
    { name: 'blanks at both ends stay', text: 'GRUB_X=" a "\n', after: 'GRUB_X=" a new=1 "\n' },
    { name: 'only blanks', text: 'GRUB_X=" "\n', after: 'GRUB_X="  new=1"\n' },
    { name: 'CRLF, quoted', text: 'GRUB_X="a"\r\nY=1\r\n', after: 'GRUB_X="a new=1"\r\nY=1\r\n' },
    { name: 'CRLF, unquoted', text: 'GRUB_X=a\r\n', after: 'GRUB_X="a new=1"\r\n' },
    { name: 'CRLF, empty quotes', text: 'GRUB_X=""\r\n', after: 'GRUB_X="new=1"\r\n' },
    { name: 'CRLF, nothing', text: 'GRUB_X=\r\n', after: 'GRUB_X="new=1"\r\n' },
    { name: 'a continued line', text: 'GRUB_X="a \\\n  b"\n', after: 'GRUB_X="a \\\n  b new=1"\n' },
    { name: 'pieces in several quotings', text: `GRUB_X="a "'b c'\n`, after: `GRUB_X="a "'b c new=1'\n` },
    {
      name: 'export, a comment and a second command',
      text: ' export GRUB_X="a"; Y=1 # c\n',
      after: ' export GRUB_X="a new=1"; Y=1 # c\n',
    },
    {
      name: 'the assignment that decides, not an earlier one',
      text: 'GRUB_X="a"\nGRUB_X="b"\n',
      after: 'GRUB_X="a"\nGRUB_X="b new=1"\n',
    },
    {
      name: 'no comment that looks like an assignment',
      text: '#GRUB_X="a"\nGRUB_X="b"\n#GRUB_X="c"\n',
      after: '#GRUB_X="a"\nGRUB_X="b new=1"\n#GRUB_X="c"\n',
    },
    { name: 'in front of a comment of GRUB', text: 'GRUB_X="a #b"\n', after: 'GRUB_X="a new=1 #b"\n' },
    { name: 'in front of a semicolon of GRUB', text: 'GRUB_X="a;b"\n', after: 'GRUB_X="a new=1;b"\n' },
    {
      name: 'in front of a variable of GRUB',
      text: 'GRUB_X="a \\$tuned_params"\n',
      after: 'GRUB_X="a new=1 \\$tuned_params"\n',
    },
    { name: 'in front of a command', text: 'GRUB_X="a $(b)"\n', after: 'GRUB_X="a new=1 $(b)"\n' },
    { name: 'behind a command that is all there is', text: 'GRUB_X=$(b)\n', after: 'GRUB_X=$(b)" new=1"\n' },
    { name: 'behind another variable', text: 'GRUB_X="$Y"\n', after: 'GRUB_X="$Y new=1"\n' },
    {
      name: 'inside an if that is taken',
      text: 'if true; then GRUB_X="a"; fi\n',
      after: 'if true; then GRUB_X="a new=1"; fi\n',
    },
    { name: 'a missing variable', text: 'Y=1\n', after: 'Y=1\nGRUB_X="new=1"\n' },
    { name: 'a missing variable and a missing final newline', text: 'Y=1', after: 'Y=1\nGRUB_X="new=1"\n' },
    { name: 'a missing variable in an empty file', text: '', after: 'GRUB_X="new=1"\n' },
    {
      name: 'a missing variable in a CRLF file: the line gets no CR, which would be part of the value',
      text: 'Y=1\r\n',
      after: 'Y=1\r\nGRUB_X="new=1"\n',
    },
    {
      name: 'a value that a condition decides',
      text: 'GRUB_X=a\n[ -f /b ] && GRUB_X=c\n',
      after: 'GRUB_X=a\n[ -f /b ] && GRUB_X=c\nGRUB_X="$GRUB_X new=1"\n',
    },
    {
      name: 'a value that a loop makes',
      text: 'for a in b c; do GRUB_X="$GRUB_X $a"; done',
      after: 'for a in b c; do GRUB_X="$GRUB_X $a"; done\nGRUB_X="$GRUB_X new=1"\n',
    },
    {
      name: 'a value that a sourced file makes',
      text: '. /etc/other\n',
      after: '. /etc/other\nGRUB_X="$GRUB_X new=1"\n',
    },
    {
      name: 'a value that another variable has taken over',
      text: 'GRUB_X=a\nGRUB_Y="$GRUB_X"\n',
      after: 'GRUB_X=a\nGRUB_Y="$GRUB_X"\nGRUB_X="$GRUB_X new=1"\n',
    },
  ])('$name', ({ text, after }) => {
    expect(append(text)).toBe(after);
  });

  test('bash: behind +=', () => {
    expect(append('GRUB_X="a"\nGRUB_X+=" b"\n', 'bash')).toBe('GRUB_X="a"\nGRUB_X+=" b new=1"\n');
  });

  test('the line of TuneD stays as it is, whatever stands in front', () => {
    const tuned = `GRUB_X="\${GRUB_X:+$GRUB_X }\\$tuned_params"\n`;
    expect(append(`GRUB_X="a"\n${tuned}`)).toBe(`GRUB_X="a new=1"\n${tuned}`);
    expect(append(`GRUB_X=""\n${tuned}`)).toBe(`GRUB_X="new=1"\n${tuned}`);
    expect(append(`Y=1\n${tuned}`)).toBe(`Y=1\n${tuned}GRUB_X="$GRUB_X new=1"\n`);
  });
});

describe('other edits', () => {
  const zfs = `GRUB_X="\${GRUB_X} root=ZFS=\\"rpool/ROOT\\" boot=zfs"`;
  test.each([
    { name: 'in front', texts: ['GRUB_X="a b"'], edits: [insert(0)], after: ['GRUB_X="new=1 a b"'] },
    { name: 'between', texts: ['GRUB_X="a b"'], edits: [insert(1)], after: ['GRUB_X="a new=1 b"'] },
    {
      name: 'in front of --',
      texts: ['GRUB_X="a -- b"'],
      edits: [insert(1)],
      after: ['GRUB_X="a new=1 -- b"'],
    },
    {
      name: 'in front of -- that is the first word',
      texts: ['GRUB_X="-- b"'],
      edits: [insert(0)],
      after: ['GRUB_X="new=1 -- b"'],
    },
    {
      name: 'two at one place',
      texts: ['GRUB_X="a b"'],
      edits: [insert(1, 'x'), insert(1, 'y')],
      after: ['GRUB_X="a x y b"'],
    },
    { name: 'remove the first', texts: ['GRUB_X="a b c"'], edits: [remove(0)], after: ['GRUB_X="b c"'] },
    { name: 'remove one between', texts: ['GRUB_X="a  b c"'], edits: [remove(1)], after: ['GRUB_X="a c"'] },
    { name: 'remove the last', texts: ['GRUB_X="a b "'], edits: [remove(1)], after: ['GRUB_X="a "'] },
    { name: 'remove the only one', texts: ['GRUB_X="a"'], edits: [remove(0)], after: ['GRUB_X=""'] },
    { name: 'remove the only one, unquoted', texts: ['GRUB_X=a'], edits: [remove(0)], after: ['GRUB_X='] },
    {
      name: 'remove all',
      texts: ['GRUB_X="a b c"'],
      edits: [remove(0), remove(1), remove(2)],
      after: ['GRUB_X=""'],
    },
    {
      name: 'remove two and add one',
      texts: ['GRUB_X="a b c"'],
      edits: [remove(1), remove(2), insert(3)],
      after: ['GRUB_X="a new=1"'],
    },
    { name: 'replace', texts: ['GRUB_X="a b c"'], edits: [replace(1, 'x=y')], after: ['GRUB_X="a x=y c"'] },
    {
      name: 'replace over two quotings',
      texts: [`GRUB_X="a b"'c d'`],
      edits: [replace(1, 'x')],
      after: [`GRUB_X="a x"' d'`],
    },
    {
      name: 'replace a word with quotes of GRUB',
      texts: ['GRUB_X="a dyndbg=\\"file x +p\\" b"'],
      edits: [replace(1, 'x')],
      after: ['GRUB_X="a x b"'],
    },
    {
      name: 'words of two files',
      texts: ['GRUB_X="a b"\n', zfs],
      edits: [remove(1), remove(3)],
      after: ['GRUB_X="a"\n', `GRUB_X="\${GRUB_X} root=ZFS=\\"rpool/ROOT\\""`],
    },
    {
      name: 'a drop-in that adds to the value takes the new word',
      texts: ['GRUB_X="a"\n', zfs],
      edits: [insert(3)],
      after: ['GRUB_X="a"\n', `GRUB_X="\${GRUB_X} root=ZFS=\\"rpool/ROOT\\" boot=zfs new=1"`],
    },
    {
      name: 'a drop-in that overrides takes the new word',
      texts: ['GRUB_X="a"\n', 'GRUB_X="b"\n'],
      edits: [insert(1)],
      after: ['GRUB_X="a"\n', 'GRUB_X="b new=1"\n'],
    },
    {
      name: 'a drop-in that decides about something else',
      texts: ['GRUB_X="a"\n', 'GRUB_Y="b"\n'],
      edits: [insert(1)],
      after: ['GRUB_X="a new=1"\n', 'GRUB_Y="b"\n'],
    },
    {
      name: 'a line of our own, the second time',
      texts: ['. /b\nGRUB_X="$GRUB_X new=1"\n'],
      edits: [replace(1, 'x')],
      after: ['. /b\nGRUB_X="$GRUB_X x"\n'],
    },
    {
      name: 'a word before what a condition adds',
      texts: ['GRUB_X="a b"\n[ -f /c ] && GRUB_X="$GRUB_X d"\n'],
      edits: [remove(0)],
      after: ['GRUB_X="b"\n[ -f /c ] && GRUB_X="$GRUB_X d"\n'],
    },
    { name: 'nothing', texts: ['GRUB_X="a"'], edits: [], after: ['GRUB_X="a"'] },
  ])('$name', ({ texts, edits, after }) => {
    expect(edit(texts, edits)).toEqual(after);
  });

  test.each([
    {
      quoting: 'double',
      text: 'GRUB_X="a"',
      dollar: 'GRUB_X="a memmap=64M\\\\\\$0x1000"',
      blank: 'GRUB_X="a dyndbg=\\"file x +p\\""',
    },
    {
      quoting: 'single',
      text: "GRUB_X='a'",
      dollar: "GRUB_X='a memmap=64M\\$0x1000'",
      blank: `GRUB_X='a dyndbg="file x +p"'`,
    },
    {
      quoting: 'no',
      text: 'GRUB_X=a',
      dollar: 'GRUB_X="a memmap=64M\\\\\\$0x1000"',
      blank: 'GRUB_X="a dyndbg=\\"file x +p\\""',
    },
  ])(
    'what GRUB would take for its own is written for both, in $quoting quotes',
    ({ text, dollar, blank }) => {
      expect(edit([text], [insert(1, 'memmap=64M$0x1000')])).toEqual([dollar]);
      expect(edit([text], [insert(1, 'dyndbg=file x +p')])).toEqual([blank]);
    },
  );
});

describe('refused, with the place', () => {
  test.each([
    {
      name: 'a word of another variable',
      text: 'Y="a b"\nGRUB_X="$Y c"',
      edits: [remove(0)],
      problem: 'word-not-editable 1:4 a b"',
    },
    {
      name: 'a word that a command makes',
      text: 'GRUB_X="a $(b)"',
      edits: [remove(1)],
      problem: 'word-not-editable 1:11 $(b)"',
    },
    {
      name: 'a word inside braces',
      text: `GRUB_X="\${GRUB_Y:-a b}"`,
      edits: [remove(0)],
      problem: 'word-not-editable 1:19 a b}"',
    },
    {
      name: 'a word that another variable has taken over',
      text: 'GRUB_X="a"\nGRUB_Y="$GRUB_X"',
      edits: [remove(0)],
      problem: 'other-variable 1:1 GRUB_X="a"',
    },
    {
      name: 'a word that may have gone into a value which a loop makes',
      text: 'GRUB_X="a b"\nfor i in 1 2; do GRUB_Y="$GRUB_X$i"; done',
      edits: [remove(0)],
      problem: 'other-variable 1:1 GRUB_X="a b"',
    },
    {
      name: 'a word that a function brings',
      text: 'f() { GRUB_X="$GRUB_X a"; }\nf; f',
      edits: [remove(0)],
      problem: 'word-not-editable 2:4 f',
    },
    {
      name: 'a word that is made of one piece twice',
      text: 'GRUB_X="a"\nGRUB_X="$GRUB_X$GRUB_X"',
      edits: [replace(0, 'b')],
      problem: 'word-not-editable 1:9 a"',
    },
    {
      name: 'an open quote of GRUB',
      text: `GRUB_X="it's"`,
      edits: [insert(0)],
      problem: `grub-syntax 1:1 GRUB_X="it's"`,
    },
    {
      name: 'a brace of GRUB',
      text: 'GRUB_X="a={1}"',
      edits: [insert(0)],
      problem: 'grub-syntax 1:1 GRUB_X="a={1}"',
    },
    {
      name: '+= in dash',
      text: 'GRUB_X="a"\nGRUB_X+=" b"',
      edits: [insert(0)],
      problem: 'append-operator 2:1 GRUB_X+=" b"',
    },
    {
      name: 'blanks around =',
      text: 'GRUB_Y = 5\nGRUB_X="a"',
      edits: [insert(0)],
      problem: 'blanks-around-equals 1:1 GRUB_Y = 5',
    },
    {
      name: 'a missing variable behind a return',
      text: 'return\n',
      edits: [insert(0)],
      problem: 'no-safe-place 1:1 return',
    },
    {
      name: 'a quote in the word',
      text: 'GRUB_X="a"',
      edits: [insert(1, `it's`)],
      problem: `loader-adds-backslash 1:1 it's`,
    },
    {
      name: 'a newline in the word',
      text: 'GRUB_X="a"',
      edits: [insert(1, 'a\nb')],
      problem: 'control-character 1:1 a\nb',
    },
    { name: 'an empty word', text: 'GRUB_X="a"', edits: [insert(1, '')], problem: 'empty-word 1:1 ' },
  ])('$name', ({ text, edits, problem }) => {
    expect(edit([text], edits)).toBe(problem);
  });

  test('an index that is not there is a bug of the caller', () => {
    expect(() => edit(['GRUB_X="a"'], [remove(1)])).toThrow(RangeError);
    expect(() => edit(['GRUB_X="a"'], [insert(2)])).toThrow(RangeError);
  });
});

test('words come out as the edits say', () => {
  const sources = sourcesOf([`GRUB_X='a  "b c"'"\t\\$d e"\n`]);
  const words = defaultsWords(evaluateDefaults(sources, 'dash').get('GRUB_X')).words.map(({ text }) => text);
  expect(words).toEqual(['a', 'b c', '$d', 'e']);
  const edits = [remove(0), replace(1, 'f g'), insert(3, 'h')];
  const after = edit([sources[0]?.file.text ?? ''], edits);
  const again = sourcesOf(typeof after === 'string' ? [] : after);
  const found = defaultsWords(evaluateDefaults(again, 'dash').get('GRUB_X')).words.map(({ text }) => text);
  expect(found.toSorted()).toEqual([...applyWordEdits(words, edits)].sort());
});
