import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDefaults } from '../../../src/grub/defaults/parse-defaults.ts';
import { printDefaults } from '../../../src/grub/defaults/syntax.ts';
import { hasShared } from '../../oracle/available.ts';
import { corpusFiles } from '../../oracle/corpus.ts';
import { createRandom, mutate } from './mutate.ts';
import { checkInShell, hasShell } from './real-shell.ts';
import { defaultsText } from './sh-arbitrary.ts';

function outcome(text: string): string {
  const parsed = parseDefaults(text);
  if (parsed.ok) return printDefaults(parsed.value) === text ? 'identical' : 'other bytes';
  const { code, at } = parsed.problem;
  return `${code} ${at.line}:${at.column}`;
}

describe('accepted, and printed identically', () => {
  test.each([
    { name: 'nothing', text: '' },
    { name: 'every quoting', text: `A=b'c d'"e $f \\" \\\\"\\ g\nB=\nC=""\n` },
    { name: 'no final newline', text: 'A=b' },
    { name: 'CRLF', text: 'A="b"\r\n# c\r\n' },
    { name: 'bytes that are no UTF-8', text: 'A="\xff\xe9"\n' },
    { name: 'several on a line', text: 'A=1 B=2; C=3\n' },
    { name: 'comments and continued lines', text: '# a \\\nA=b # "c\nD=e\\\nf\n' },
    { name: 'a number sign inside a word', text: 'A=b#c\nD=#e\n' },
    {
      name: 'expansions',
      text: `A=$b\${c}\${d:+e "f"}\${g:-'h i'}$(j "k)")\`l\\\`m\\\`\`$((1+(2*3)))$?$1\n`,
    },
    { name: 'append and array of bash', text: 'A+=b\nC=(d "e f" # g\n)\n' },
    { name: 'if, elif, else', text: 'if a; then b; elif c\nthen\nd; else e; fi >/dev/null 2>&1\n' },
    { name: 'case', text: 'case $a in b|"c") d;; (e) ;; *) f\nesac\n' },
    {
      name: 'loops',
      text: 'for a in b c; do d; done; for e do f; done\nwhile a; do b; done | until c; do d; done\n',
    },
    { name: 'functions', text: 'a() { b; }\nc () (d)\nfunction e { f; }\n' },
    { name: 'groups and lists', text: '{ a && ! b || c & } ; (d; e)\n' },
    { name: 'here-documents', text: `a <<B <<-"C"\n$x \${y} $(z)\nB\n\t"\${\n\tC\nd\n` },
    { name: 'redirections', text: 'a >b 2>>c <d 3<&1 >|e <>f\n' },
    { name: 'tests of bash', text: '[[ $a == b* && ( -n $c || $d =~ ^(x|y)$ ) ]] && (( e > 1 ))\n' },
    { name: 'keywords as arguments and values', text: 'a if then { }; B=if\n' },
  ])('$name', ({ text }) => {
    expect(outcome(text)).toBe('identical');
  });
});

describe('refused, with the place', () => {
  test.each([
    { name: 'an open double quote, where it opens', text: 'A=1\nB="c\n', problem: 'unclosed-quote 2:3' },
    { name: 'an open single quote', text: "A='b\n", problem: 'unclosed-quote 1:3' },
    { name: 'an open substitution', text: 'A=$(b\n', problem: 'unclosed-substitution 1:3' },
    { name: 'an open brace', text: `A="\${b"\n`, problem: 'shells-differ 1:7' },
    { name: 'open backquotes', text: 'A=`b\n', problem: 'unclosed-substitution 1:3' },
    { name: 'a here-document without its end', text: 'a <<B\nc\n', problem: 'unclosed-here-document 1:5' },
    { name: 'fi without if', text: 'A=1\nfi\n', problem: 'syntax 2:1' },
    { name: 'if without fi', text: 'if a; then b;\n', problem: 'syntax 2:1' },
    { name: 'an empty then', text: 'if a; then\nfi\n', problem: 'syntax 2:1' },
    { name: 'a closing bracket', text: 'A=1 )\n', problem: 'syntax 1:5' },
    { name: 'a template', text: "{% set data = salt['x']() %}\n", problem: 'syntax 1:24' },
    { name: 'a NUL', text: 'A=1\0\n', problem: 'nul-byte 1:4' },
    { name: 'a backslash at the end', text: 'A=b\\', problem: 'backslash-at-end 1:4' },
    {
      name: "a quote with a backslash in front, in $'…'",
      text: "A=$'b\\'c'\n",
      problem: 'shells-differ 1:3',
    },
    { name: 'quotes inside quoted braces', text: `A="\${b:-"c"}"\n`, problem: 'shells-differ 1:9' },
    { name: 'a subscript', text: 'A[1]=b\n', problem: 'shells-differ 1:1' },
    { name: 'process substitution', text: 'a <(b)\n', problem: 'shells-differ 1:3' },
  ])('$name', ({ text, problem }) => {
    expect(outcome(text)).toBe(problem);
  });

  test.each([
    { name: 'groups', text: '{ '.repeat(100_000) },
    { name: 'subshells', text: '( '.repeat(100_000) },
    { name: 'command substitutions', text: 'A=$('.repeat(100_000) },
    { name: 'parameters', text: `A=${`\${a:-`.repeat(100_000)}` },
    { name: 'quoted parameters', text: `A=${`"\${a:-$(b `.repeat(50_000)}` },
    { name: 'ifs', text: 'if '.repeat(100_000) },
    { name: 'functions', text: 'a() { '.repeat(100_000) },
    { name: 'cases', text: 'case a in b) '.repeat(100_000) },
    { name: 'arithmetic', text: 'A=$(('.repeat(100_000) },
  ])('100,000 nested $name, without overflowing the stack', ({ text }) => {
    expect(outcome(text)).toMatch(/^too-deep /);
  });

  test('forty levels are no problem', () => {
    expect(outcome(`${'if a; then '.repeat(40)}b${'; fi'.repeat(40)}`)).toBe('identical');
  });
});

test('whatever is accepted is printed identically', () => {
  fc.assert(fc.property(defaultsText, (text) => outcome(text) === 'identical'));
  const bits = fc.constantFrom(
    ...'ab=$(){}[]`\'"\\#;&|<>\n \t-+:!',
    'if ',
    'then ',
    'fi',
    'case ',
    ' in ',
    'esac',
    'do ',
    'done',
    '<<E\n',
  );
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 25 }), (parts) => outcome(parts.join('')) !== 'other bytes'),
    { numRuns: 5000 },
  );
});

describe.runIf(hasShared('corpus/default-grub'))('the corpus', () => {
  const files = corpusFiles('default-grub');

  test('every file is printed identically, but for one template of another program', () => {
    const refused = files
      .map(({ name, text }) => [name, outcome(text)])
      .filter(([, result]) => result !== 'identical');
    expect(refused).toEqual([
      ['default-grub/makinacorpus+makina-states__files_etc_default_grub@55cb1daa', 'syntax 6:39'],
    ]);
  });

  test.runIf(hasShell('dash') && hasShell('bash'))(
    'damaged files are accepted only where both shells accept them',
    () => {
      const random = createRandom(20_240_501);
      const seeds = [...files.map(({ text }) => text), ...fc.sample(defaultsText, { seed: 1, numRuns: 100 })];
      const texts: string[] = [];
      for (let count = 0; count < 1500; count += 1) {
        let text = seeds[random(seeds.length)] ?? '';
        for (let times = random(3); times >= 0; times -= 1) text = mutate(text, random);
        texts.push(text);
      }
      const dash = checkInShell('dash', texts);
      const bash = checkInShell('bash', texts);
      const wrong: string[] = [];
      let accepted = 0;
      for (const [index, text] of texts.entries()) {
        const parsed = parseDefaults(text);
        const both = dash[index] === true && bash[index] === true;
        if (parsed.ok) accepted += 1;
        if (parsed.ok && parsed.value.bashSyntax.length === 0 && !both) wrong.push(`accepted: ${text}`);
        if (parsed.ok && parsed.value.bashSyntax.length > 0 && bash[index] !== true)
          wrong.push(`for bash: ${text}`);
        // Both take a here-document without its end, and a NUL, with or without a warning.
        const strict = ['unclosed-here-document', 'nul-byte', 'backslash-at-end', 'shells-differ'];
        if (!parsed.ok && both && !strict.includes(parsed.problem.code)) wrong.push(`refused: ${text}`);
      }
      expect(wrong).toEqual([]);
      expect(accepted).toBeGreaterThan(500);
    },
  );
});
