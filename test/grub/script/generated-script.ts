import fc from 'fast-check';

const bareByte = fc.constantFrom(...'abcxyzABC0189=,:/.()[]!~^%@+-_*?`#\u00e9\u00ff\u00a0\u000b\u007f');
const anyByte = fc.constantFrom(...'ab01 \t\n#;{}|&<>$*?!~()[]=/\\"\'`\u00e9\u0001');
const name = fc.constantFrom('v', 'w', 'x');

const variable = fc.oneof(
  name.map((n) => `$${n}`),
  name.map((n) => `\${${n}}`),
  fc.constantFrom('$1', '$2', '${1}', '${12}', '$#', '$@', '$*', '${@}', '${*}', '$0', '$?'),
);

const bare = fc.string({ unit: bareByte, minLength: 1, maxLength: 6 });
const escaped = anyByte.map((byte) => `\\${byte}`);
const singleQuoted = fc
  .string({ unit: anyByte.filter((byte) => byte !== "'"), maxLength: 6 })
  .map((text) => `'${text}'`);
const doubleQuotedPiece = fc.oneof(
  { weight: 4, arbitrary: anyByte.filter((byte) => byte !== '"' && byte !== '$' && byte !== '\\') },
  anyByte.map((byte) => `\\${byte}`),
  variable,
);
const doubleQuoted = fc.array(doubleQuotedPiece, { maxLength: 5 }).map((pieces) => `"${pieces.join('')}"`);
const translated = fc
  .array(
    fc.oneof(
      anyByte.filter((byte) => byte !== '"' && byte !== '$' && byte !== '\\'),
      name.map((n) => `\${${n}}`),
      fc.constantFrom('\\\\', '\\"', '\\a', '$v', '$w'),
    ),
    { maxLength: 4 },
  )
  .map((pieces) => `$"${pieces.join('')}"`);

/** One word of a command line: pieces in every quoting, with escapes, variables and continuations. */
export const word = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: bare },
      { weight: 2, arbitrary: escaped },
      { weight: 2, arbitrary: singleQuoted },
      { weight: 3, arbitrary: doubleQuoted },
      { weight: 3, arbitrary: variable },
      { weight: 1, arbitrary: translated },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => pieces.join(''));

const reserved = fc.constantFrom('if', 'then', 'fi', 'for', 'in', 'do', 'done', 'function', 'case');
const blank = fc.constantFrom(' ', ' ', ' ', '\t', '  ', ' \\\n', ' \\\n  ', '\\\n ');
const words = fc.array(fc.oneof({ weight: 9, arbitrary: word }, reserved), { maxLength: 5 });

/** A call of `linux`, the command whose arguments are compared. */
const call = fc
  .tuple(words, fc.infiniteStream(blank), fc.constantFrom('', '', ' # note', ' ', ' #"it\'s'))
  .map(([all, blanks, tail]) => `linux${all.map((w) => `${blanks.next().value}${w}`).join('')}${tail}`);

const assignment = fc
  .tuple(fc.constantFrom('set ', ''), name, word)
  .map(([set, n, value]) => `${set}${n}=${value}`);
const condition = fc.oneof(
  fc.constantFrom('true', 'false', '! true', '! false', '[ a = a ]', 'test a = b', '[ ! a ]'),
  fc.tuple(name, word).map(([n, value]) => `[ "$${n}" = ${value} ]`),
  name.map((n) => `test -n "$${n}"`),
  name.map((n) => `[ x$${n} = x -o -z "$${n}" ]`),
);

interface Pieces {
  readonly statement: string;
  readonly list: string;
}

const { statement } = fc.letrec<Pieces>((tie) => ({
  list: fc
    .tuple(
      fc.array(tie('statement'), { minLength: 1, maxLength: 3, depthIdentifier: 'script' }),
      fc.constantFrom('', '\n', '\n\n', '\n # comment\n', '\n#dropped "it\'s\n'),
    )
    .map(([statements, lead]) => `${lead} ${statements.join('\n')}\n`),
  statement: fc.oneof(
    { depthSize: 'small', depthIdentifier: 'script' },
    { weight: 5, arbitrary: call },
    { weight: 3, arbitrary: assignment },
    fc
      .tuple(condition, tie('list'), condition, tie('list'), tie('list'), fc.constantFrom(0, 1, 2, 3))
      .map(([test, body, other, second, last, form]) => {
        const elif = form === 1 || form === 3 ? `elif ${other}\nthen ${second}` : '';
        const otherwise = form >= 2 ? `else ${last}` : '';
        return `if ${test}; then ${body}${elif}${otherwise}fi`;
      }),
    fc
      .tuple(name, words, tie('list'))
      .map(([n, all, body]) => `for ${n} in ${all.join(' ')}\ndo ${body}done`),
    fc
      .tuple(fc.constantFrom('while true', 'until false'), tie('list'))
      .map(([head, body]) => `${head}; do ${body}break\ndone`),
    fc.tuple(fc.constantFrom('f', 'g'), words).map(([f, all]) => `${f} ${all.join(' ')}`),
    fc.constantFrom('shift', 'setparams a "b c"', 'unset v', 'true', 'export w', 'v=a w=b'),
  ),
}));

const definition = fc
  .tuple(fc.constantFrom('f', 'g'), fc.array(fc.oneof(call, assignment), { minLength: 1, maxLength: 3 }))
  .map(([f, body]) => `function ${f} {\n${body.join('\n')}\n}`);

/** Nothing of what another script left behind. */
const cleanStart = 'unset v; unset w; unset x\nfunction f {\ntrue\n}\nfunction g {\nfalse\n}\n';

/** A script of GRUB's grammar that calls `linux` with whatever words it likes. */
export const generatedScript = fc
  .tuple(
    fc.array(definition, { maxLength: 1 }),
    fc.array(fc.oneof(assignment, call), { maxLength: 2 }),
    fc.array(statement, { minLength: 1, maxLength: 4 }),
  )
  .map(([functions, first, rest]) => `${cleanStart}${[...functions, ...first, ...rest].join('\n')}\n`);

/** Tokens in any order: mostly no script that GRUB would accept. */
export const tokenSoup = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('\n', ';', '{', '}', ' ', '\n', ';', ' {', ' }', '\\\n') },
      {
        weight: 4,
        arbitrary: fc.constantFrom(...'if then elif else fi for i in do done while until'.split(' ')),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom('menuentry a', 'true', 'echo a b', 'a=b', 'function', 'f', '[ a ]'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('|', '&&', '[[', ']]', ';;', '$', '"', "'", '#', '#x\n', '\\', '\r', '\0'),
      },
      { weight: 2, arbitrary: word },
    ),
    { maxLength: 25 },
  )
  .map((tokens) => tokens.join(' '));

/** Pieces that GRUB and grub-script-check read differently, between others; no loop among them runs for ever. */
export const readOtherwise = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        ' ',
        '"',
        "'",
        '\\\n',
        '\\',
        '\n',
        ';',
        '{',
        '}',
        '$v',
        '$"',
        '[[',
        'm {',
        'if ',
        'then',
        'fi',
        'do',
        'done',
      ],
      ...['for i in', '#', '\n#', '\r\n', '\\\r\n', '\r', '\r#', '\0', "# it's\n"],
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''));
