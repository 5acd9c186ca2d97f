import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';
import {
  type GrubScript,
  printGrubScript,
  readSpan,
  type Statement,
  type StatementList,
} from '../../../src/grub/script/syntax-tree.ts';
import type { Span } from '../../../src/grub/script/token.ts';
import { generatedScript, tokenSoup } from './generated-script.ts';

function parsed(text: string): GrubScript {
  const result = parseGrubScript(text);
  if (!result.ok) throw new Error(`${result.problem.code} at ${result.problem.at.offset} of ${text}`);
  return result.value;
}

function refusal(text: string): { code: string; line: number; column: number; found: string } | undefined {
  const result = parseGrubScript(text);
  if (result.ok) return undefined;
  const { code, at, found } = result.problem;
  return { code, line: at.line, column: at.column, found };
}

/** A statement as nested arrays of words. */
function outline(script: GrubScript, statement: Statement): unknown {
  const list = (of: StatementList) => of.map((inner) => outline(script, inner));
  switch (statement.kind) {
    case 'command': {
      const words = statement.words.map((span) => readSpan(script.text, span));
      return statement.block === undefined ? words : [...words, list(statement.block)];
    }
    case 'if':
      return {
        if: statement.branches.map(({ condition, body }) => [list(condition), list(body)]),
        ...(statement.otherwise === undefined ? {} : { else: list(statement.otherwise) }),
      };
    case 'for':
      return {
        for: statement.name,
        in: statement.words.map((span) => readSpan(script.text, span)),
        do: list(statement.body),
      };
    case 'function':
      return { function: statement.name, body: list(statement.body) };
    default:
      return { [statement.kind]: list(statement.condition), do: list(statement.body) };
  }
}

function wordsOf(list: StatementList): Span[] {
  return list.flatMap((statement) => {
    const lists =
      'branches' in statement ? statement.branches.flatMap((each) => [each.condition, each.body]) : [];
    if ('condition' in statement) lists.push(statement.condition);
    if ('body' in statement) lists.push(statement.body);
    if ('otherwise' in statement && statement.otherwise !== undefined) lists.push(statement.otherwise);
    if ('block' in statement && statement.block !== undefined) lists.push(statement.block);
    return [...('words' in statement ? statement.words : []), ...lists.flatMap(wordsOf)];
  });
}

function outlineOf(text: string): unknown[] {
  const script = parsed(text);
  return script.statements.map((statement) => outline(script, statement));
}

describe('what the tree holds', () => {
  test.each([
    { rule: 'words are parted by blanks and tabs', text: 'a b\tc', tree: [['a', 'b', 'c']] },
    { rule: 'a semicolon parts commands and words', text: 'a b;c', tree: [['a', 'b'], ['c']] },
    { rule: 'a comment begins at a word only', text: 'a b#c #d e', tree: [['a', 'b#c']] },
    { rule: 'a comment is not continued', text: 'a #b\\\nc', tree: [['a'], ['c']] },
    { rule: 'a quote in a comment opens nothing', text: "a #it's\nb", tree: [['a'], ['b']] },
    {
      rule: 'quotations and escapes stay in their word',
      text: `a'b c'"d \\" e"f\\ g`,
      tree: [[`a'b c'"d \\" e"f\\ g`]],
    },
    { rule: 'a string goes over lines', text: '"a\nb" c', tree: [['"a\nb"', 'c']] },
    { rule: 'a continuation joins a word', text: 'a\\\nb c', tree: [['a\\\nb', 'c']] },
    {
      rule: 'a continuation before a blank is a word of its own',
      text: 'a \\\n b',
      tree: [['a', '\\\n', 'b']],
    },
    { rule: 'a line that begins with # vanishes from a string', text: '"a\n#b\nc"', tree: [['"a\nc"']] },
    {
      rule: 'a line that begins with # vanishes behind a continuation',
      text: 'a \\\n#b\n c',
      tree: [['a', '\\\n', 'c']],
    },
    { rule: 'a carriage return vanishes', text: 'a\rb\r\nc\r', tree: [['ab'], ['c']] },
    { rule: 'a NUL ends its line', text: 'a b\0c d\ne', tree: [['a', 'b'], ['e']] },
    { rule: 'a brace opens a block without a blank', text: 'm a{b c}', tree: [['m', 'a', [['b', 'c']]]] },
    { rule: 'blocks nest', text: 's a {\nm b {\nc\n}\n}', tree: [['s', 'a', [['m', 'b', [['c']]]]]] },
    {
      rule: 'reserved words are words behind a command',
      text: 'a if then fi',
      tree: [['a', 'if', 'then', 'fi']],
    },
    { rule: 'a quoted reserved word is a command', text: "'if' a", tree: [["'if'", 'a']] },
    {
      rule: 'if, elif, else',
      text: 'if a; then b; elif c\nthen d; e; else f\nfi',
      tree: [
        {
          if: [
            [[['a']], [['b']]],
            [[['c']], [['d'], ['e']]],
          ],
          else: [['f']],
        },
      ],
    },
    {
      rule: 'for',
      text: 'for i in a if "b c"; do d; done',
      tree: [{ for: 'i', in: ['a', 'if', '"b c"'], do: [['d']] }],
    },
    { rule: 'for over nothing', text: 'for i in\ndo d; done', tree: [{ for: 'i', in: [], do: [['d']] }] },
    { rule: 'while', text: 'while a; do b; done', tree: [{ while: [['a']], do: [['b']] }] },
    { rule: 'until', text: 'until a\ndo\nb\ndone', tree: [{ until: [['a']], do: [['b']] }] },
    { rule: 'function', text: 'function f\n{\na; b\n}', tree: [{ function: 'f', body: [['a'], ['b']] }] },
  ])('$rule', ({ text, tree }) => {
    expect(outlineOf(text)).toEqual(tree);
  });
});

describe('what is refused, and where', () => {
  test.each([
    { text: "a\nb 'c", code: 'unterminated-quote', line: 2, column: 3, found: "'c" },
    { text: 'a "b', code: 'unterminated-quote', line: 1, column: 3, found: '"b' },
    { text: 'a b\\\n', code: 'unterminated-continuation', line: 1, column: 4, found: '\\' },
    { text: 'a $', code: 'stray-dollar', line: 1, column: 3, found: '$' },
    { text: 'a "b${c" d', code: 'stray-dollar', line: 1, column: 5, found: '${c" d' },
    { text: 'a | b', code: 'unsupported-operator', line: 1, column: 3, found: '| b' },
    { text: 'a [[ b ]]', code: 'unsupported-operator', line: 1, column: 3, found: '[[ b ]]' },
    { text: 'a;;b', code: 'unexpected-semicolon', line: 1, column: 2, found: ';;b' },
    { text: 'a\n;b', code: 'unexpected-semicolon', line: 2, column: 1, found: ';b' },
    { text: 'a }', code: 'unexpected-brace', line: 1, column: 3, found: '}' },
    { text: '{ a }', code: 'unexpected-brace', line: 1, column: 1, found: '{ a }' },
    { text: 'function f { a }', code: 'unexpected-brace', line: 1, column: 16, found: '}' },
    { text: 'm a { b } c', code: 'unexpected-word', line: 1, column: 11, found: 'c' },
    { text: 'if a; then b; fi c', code: 'unexpected-word', line: 1, column: 18, found: 'c' },
    { text: 'a\nfi', code: 'unexpected-reserved-word', line: 2, column: 1, found: 'fi' },
    { text: 'case', code: 'unexpected-reserved-word', line: 1, column: 1, found: 'case' },
    {
      text: 'for a-b in c; do d; done',
      code: 'expected-name',
      line: 1,
      column: 5,
      found: 'a-b in c; do d; done',
    },
    { text: 'function if {\na\n}', code: 'expected-name', line: 1, column: 10, found: 'if {' },
    { text: 'for i of a; do b; done', code: 'expected-in', line: 1, column: 7, found: 'of a; do b; done' },
    { text: 'function f a', code: 'expected-opening-brace', line: 1, column: 12, found: 'a' },
    { text: 'm a {\n# b\n}', code: 'empty-body', line: 3, column: 1, found: '}' },
    { text: 'if a; then fi', code: 'empty-body', line: 1, column: 12, found: 'fi' },
    { text: 'm a {\nb\n', code: 'unclosed-block', line: 1, column: 5, found: '{' },
    { text: 'a\n if b; then\nc\n', code: 'unclosed-statement', line: 2, column: 2, found: 'if b; then' },
    { text: `a ${'b'.repeat(8192)}`, code: 'token-too-long', line: 1, column: 3, found: 'b'.repeat(80) },
    { text: `echo "a\n#"b\nc"\n`, code: 'checker-rejects', line: 3, column: 2, found: '"' },
  ])('$code: $text', ({ text, ...expected }) => {
    expect(refusal(text)).toEqual(expected);
  });

  test.each([
    { what: 'word', text: (n: number) => `a ${'b'.repeat(n)}\n`, most: 8191 },
    { what: 'string over lines', text: (n: number) => `a "${'b'.repeat(n - 3)}\n"\n`, most: 8191 },
    { what: 'word that is continued', text: (n: number) => `a ${'b'.repeat(n - 2)}\\\n b\n`, most: 8190 },
    { what: 'run of blanks', text: (n: number) => `a${' '.repeat(n)}b\n`, most: 8191 },
    { what: 'comment', text: (n: number) => ` #${'b'.repeat(n - 1)}\na\n`, most: 8189 },
    {
      what: 'comment in column 1, for the checker',
      text: (n: number) => `#${'b'.repeat(n - 1)}\na\n`,
      most: 8189,
    },
  ])('a $what has at most $most bytes', ({ text, most }) => {
    expect(parseGrubScript(text(most)).ok).toBe(true);
    expect(parseGrubScript(text(most + 1)).ok).toBe(false);
  });
});

describe('bounds', () => {
  test.each([
    { what: 'words of a command', text: (n: number) => `a${' b'.repeat(n)}\n`, most: 4999 },
    { what: 'words of a for', text: (n: number) => `for i in${' a'.repeat(n)}; do b; done\n`, most: 5000 },
    { what: 'submenus', text: (n: number) => `${'s a {\n'.repeat(n)}b\n${'}\n'.repeat(n)}`, most: 499 },
    {
      what: 'conditions',
      text: (n: number) => `${'if '.repeat(n)}a${'; then b; fi'.repeat(n)}\n`,
      most: 499,
    },
    { what: 'elif', text: (n: number) => `if a; then b; ${'elif c; then d; '.repeat(n)}fi\n`, most: 498 },
    { what: 'loops', text: (n: number) => `${'while a; do '.repeat(n)}b${'; done'.repeat(n)}\n`, most: 499 },
  ])('takes $most $what and not one more', ({ text, most }) => {
    expect(parseGrubScript(text(most)).ok).toBe(true);
    expect(['nesting-too-deep', 'too-many-words']).toContain(refusal(text(most + 1))?.code);
  });

  test.each(['s a {\n', 'if a; then ', 'while ', 'if a; then b; else '])(
    'refuses 100,000 times %j',
    (opening) => {
      expect(refusal(opening.repeat(100_000))?.code).toBe('nesting-too-deep');
    },
  );
});

describe('no byte is lost', () => {
  const anyBytes = fc.string({ unit: fc.constantFrom(...'ab "\'\\\n\r\0#$;{} \t\u00ff'), maxLength: 60 });

  test.each([
    { name: 'bytes', texts: anyBytes },
    { name: 'tokens', texts: tokenSoup },
    { name: 'scripts', texts: generatedScript },
  ])('print(parse(x)) is x for generated $name', ({ texts }) => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = parseGrubScript(text);
        if (result.ok) expect(printGrubScript(result.value)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('between the tokens stand nothing but blanks, comments and skipped lines', () => {
    fc.assert(
      fc.property(generatedScript, (text) => {
        const result = parseGrubScript(text);
        fc.pre(result.ok && !/[\r\0]/.test(text));
        let done = 0;
        for (const { start, end } of [...result.value.tokens, { start: text.length, end: text.length + 1 }]) {
          expect(end).toBeGreaterThan(start);
          expect(text.slice(done, start)).toMatch(/^(?:[ \t]|#.*\n?)*$/);
          done = end;
        }
      }),
    );
  });

  test('every word is one of a command, a name, or a reserved word', () => {
    const reserved = /^(?:if|then|elif|else|fi|for|in|do|done|while|until|function)$/;
    fc.assert(
      fc.property(generatedScript, (text) => {
        const result = parseGrubScript(text);
        fc.pre(result.ok);
        const inCommands = new Set(wordsOf(result.value.statements));
        const words = result.value.tokens.filter(({ kind }) => kind === 'word');
        expect(words.length).toBeGreaterThanOrEqual(inCommands.size);
        let before = '';
        for (const word of words) {
          const read = readSpan(text, word);
          if (!inCommands.has(word) && before !== 'for' && before !== 'function')
            expect(read).toMatch(reserved);
          before = inCommands.has(word) ? '' : read;
        }
      }),
    );
  });

  test('CR LF at the end of lines changes no word', () => {
    fc.assert(
      fc.property(generatedScript, (text) => {
        const unix = parseGrubScript(text);
        const dos = parseGrubScript(text.replaceAll('\n', '\r\n'));
        fc.pre(unix.ok && dos.ok);
        const outlineIn = (script: GrubScript) =>
          script.statements.map((statement) => outline(script, statement));
        expect(outlineIn(dos.value)).toEqual(outlineIn(unix.value));
      }),
    );
  });
});
