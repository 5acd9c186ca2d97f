import fc from 'fast-check';

/** Names that generated files assign: two that decide a command line, one of mkconfig's, two of the file's own. */
export const generatedNames = [
  'GRUB_CMDLINE_LINUX',
  'GRUB_CMDLINE_LINUX_DEFAULT',
  'GRUB_TIMEOUT',
  'X',
  'Y_1',
];

const name = fc.constantFrom(...generatedNames);
const plain = fc.constantFrom(
  'quiet',
  'a=b',
  '0',
  'splash',
  'x.y=1,2',
  '\xe9',
  'ro',
  '--',
  '%',
  '@',
  'a#b',
  '}',
  '{',
  '\r',
);
const inQuotes = fc.constantFrom(
  ' ',
  'a',
  'a b',
  '#',
  ';',
  '&',
  '|',
  '\t',
  '\n',
  '~',
  '*',
  '  ',
  'q=1',
  '}',
  '\xff\x80',
);
const joined = (part: fc.Arbitrary<string>, maxLength = 3): fc.Arbitrary<string> =>
  fc.array(part, { maxLength }).map((parts) => parts.join(''));

const { list } = fc.letrec<{
  /** Between double quotes. */
  quoted: string;
  /** Behind an equals sign. */
  unquoted: string;
  expansion: string;
  assignment: string;
  command: string;
  condition: string;
  list: string;
}>((tie) => ({
  expansion: fc.oneof(
    { weight: 4, arbitrary: name.map((text) => `$${text}`) },
    { weight: 4, arbitrary: name.map((text) => `\${${text}}`) },
    fc
      .tuple(
        name,
        fc.constantFrom(':-', '-', ':+', '+', ':=', '='),
        fc.constantFrom('w', 'a b', '', '$X', '\\}'),
      )
      .map(([text, operator, word]) => `\${${text}${operator}${word}}`),
    fc.constantFrom('$(echo a b)', '`echo c`', '$((1+2))', `\${#X}`, `\${X%a*}`, '$#'),
  ),
  quoted: joined(
    fc.oneof(
      { weight: 4, arbitrary: plain },
      { weight: 3, arbitrary: inQuotes },
      {
        weight: 3,
        arbitrary: tie('expansion').map((text) =>
          text.startsWith('$') && !/\W$/.test(text) ? `${text} ` : text,
        ),
      },
      fc.constantFrom('\\$', '\\"', '\\\\', '\\`', '\\a', '\\\n', "'", "'a b'", '$ ', '$%'),
    ),
    6,
  ),
  unquoted: joined(
    fc.oneof(
      { weight: 3, arbitrary: plain },
      { weight: 4, arbitrary: tie('quoted').map((text) => `"${text}"`) },
      {
        weight: 2,
        arbitrary: joined(fc.oneof(plain, inQuotes, fc.constantFrom('\\', '"', '$X', '`')), 4).map(
          (text) => `'${text}'`,
        ),
      },
      { weight: 1, arbitrary: tie('expansion') },
      fc.constantFrom('\\ ', '\\$', '\\"', '\\a', "\\'", '""\\\n', '\\;'),
    ),
    3,
  ),
  assignment: fc.tuple(name, tie('unquoted')).map(([text, value]) => `${text}=${value}`),
  condition: fc.oneof(
    fc.constantFrom('true', 'false', ':', '! true', 'test -f /nowhere', '[ -d / ]'),
    fc
      .tuple(name, fc.constantFrom('=', '!='), plain)
      .map(([text, operator, word]) => `[ "$${text}" ${operator} '${word}' ]`),
    name.map((text) => `[ -n "$${text}" ]`),
    name.map((text) => `test -z "$${text}"`),
    name.map((text) => `[ $${text} ]`),
    tie('assignment'),
  ),
  command: fc.oneof(
    { maxDepth: 2 },
    { weight: 8, arbitrary: tie('assignment') },
    { weight: 2, arbitrary: fc.tuple(tie('assignment'), tie('assignment')).map((two) => two.join(' ')) },
    fc
      .tuple(fc.constantFrom('export', 'export', 'command export'), tie('assignment'))
      .map((two) => two.join(' ')),
    name.map((text) => `export ${text}`),
    name.map((text) => `unset ${text}`),
    fc.tuple(name, joined(plain)).map(([text, word]) => `: "\${${text}:=${word}}"`),
    fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('command')).map((three) => three.join(' ')),
    fc.tuple(tie('condition'), tie('list')).map(([condition, body]) => `if ${condition}; then\n${body}\nfi`),
    fc
      .tuple(tie('condition'), tie('list'), tie('condition'), tie('list'), tie('list'))
      .map(([a, b, c, d, e]) => `if ${a}; then ${b}\nelif ${c}\nthen ${d}\nelse\n${e}\nfi`),
    fc
      .tuple(name, plain, tie('list'), fc.constantFrom('*', 'a*', 'quiet|ro'), tie('list'))
      .map(
        ([text, word, a, pattern, b]) =>
          `case "$${text}" in\n'${word}') ${a} ;;\n(${pattern})\n${b}\n;;\nesac`,
      ),
    fc.tuple(name, tie('list')).map(([text, body]) => `for ${text} in a 'b c' $X; do ${body}\ndone`),
    tie('list').map((body) => `while false; do ${body}\ndone`),
    tie('list').map((body) => `until true; do\n${body}\ndone`),
    tie('list').map((body) => `for i in 1 2; do ${body}\nbreak; done`),
    tie('list').map((body) => `{ ${body}\n}`),
    tie('list').map((body) => `( ${body}\n)`),
    tie('list').map((body) => `f() {\n${body}\n}\nf a`),
    fc.tuple(tie('list'), tie('assignment')).map(([body, before]) => `h() {\n${body}\n}\n${before} h`),
    tie('list').map((body) => `g() { [ "$X" ] && return 0; ${body}\n}; g`),
    fc.tuple(tie('command'), tie('command')).map(([a, b]) => `{ ${a}\n} | { ${b}\n}`),
    tie('quoted').map((text) => `: <<E\n${text.replace(/[$`\\]/g, '')}\nE\n`),
    tie('assignment').map((text) => `: <<-'E'\n"$(\n${text}\n$( \`\n\tE\n`),
    tie('assignment').map((text) => `eval '${text.replace(/'/g, '')}'`),
    fc.constantFrom(
      ': # a comment "with \' quotes',
      'set +e',
      'set -e',
      'Y_1=$X # comment',
      'cd /',
      'read X </dev/null || :',
      'X=1 :',
      'X=2 true',
      'return',
      '[ "$X" ] || return 0',
    ),
  ),
  list: fc
    .array(fc.tuple(tie('command'), fc.constantFrom('\n', '\n', '\n\n', ' \t\n', '\n  ')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((items) => items.map((item) => item.join('')).join('')),
}));

/** A file that both dash and bash parse. */
export const defaultsText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', 'X=1\nY_1="a b"\n'),
    list,
    fc.constantFrom('', 'GRUB_CMDLINE_LINUX=end', '# end', '\n'),
  )
  .map((parts) => parts.join(''));
