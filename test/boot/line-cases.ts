/** A menu entry, by what stands in front of its `linux` command and behind the image's name. */
export interface LineCase {
  readonly name: string;
  /** Commands, each with its line end; latin1. */
  readonly before: string;
  readonly words: string;
}

/** Characters that mean something to GRUB, to its loader, to the kernel, or that people paste. */
const CHARACTERS: readonly (readonly [name: string, character: string])[] = [
  ['semicolon', ';'],
  ['hash', '#'],
  ['dollar', '$'],
  ['backslash', '\\'],
  ['single quote', "'"],
  ['double quote', '"'],
  ['blank', ' '],
  ['tab', '\t'],
  ['ampersand', '&'],
  ['bar', '|'],
  ['less', '<'],
  ['greater', '>'],
  ['opening brace', '{'],
  ['closing brace', '}'],
  ['parenthesis', '('],
  ['bracket', '['],
  ['exclamation mark', '!'],
  ['tilde', '~'],
  ['backtick', '`'],
  ['percent', '%'],
  ['equals', '='],
  ['comma', ','],
  ['colon', ':'],
  ['at', '@'],
  ['accent, UTF-8', '\xc3\xa9'],
  ['Chinese, UTF-8', '\xe4\xb8\xad'],
  ['half of UTF-8', '\xe4'],
  ['delete', '\x7f'],
];

/** A character in the middle of a word, in each way of writing it that makes a word of it. */
function spellings([name, character]: (typeof CHARACTERS)[number]): readonly LineCase[] {
  const inSingle = character === "'" ? "'\\''" : character;
  const inDouble = '$"\\'.includes(character) ? `\\${character}` : character;
  const written: readonly (readonly [how: string, words: string])[] = [
    ['behind a backslash', `t.a=x\\${character}y t.z`],
    ['in single quotes', `'t.a=x${inSingle}y' t.z`],
    ['in double quotes', `"t.a=x${inDouble}y" t.z`],
    ['as the value, quoted', `t.a='${inSingle}' t.z`],
    ['at the end of a word', `t.a=x\\${character} t.z`],
  ];
  return written.map(([how, words]) => ({ name: `${name} ${how}`, before: '', words }));
}

/** Functions that the cases call; a menu has them in front of its entries. */
export const LINE_CASE_FUNCTIONS = `function f {
  set v="$1-$2-$#"
}
function g {
  return 3
}
function h {
  shift
  set v="$1"
}
`;

type Row = readonly [name: string, words: string, before?: string];

const filler = (count: number): string => Array.from({ length: count }, (_, i) => `t.filler${i}`).join(' ');

const ROWS: readonly Row[] = [
  ['no words', ''],
  ['one', 't.a'],
  ['blanks between and behind', 't.a   t.b\t t.c   '],
  ['the same twice', 't.a=1 t.a=1 t.a=2'],
  ['an empty word in single quotes', "t.a '' t.b"],
  ['an empty word in double quotes', 't.a "" t.b'],
  ['an empty word at the end', "t.a ''"],
  ['quotes within a word', 't.a="b c"\'d e\'f'],
  ['quotes side by side', "'t.a='\"b\"'c'"],
  ['an empty pair within a word', "t.a=b''c"],
  ['a list in quotes', 't.dyndbg="file a.c +p; file b.c -p"'],
  ['the whole word in quotes', '"t.dyndbg=file a.c +p"'],
  ['a line that goes on', 't.a \\\n  t.b \\\n\tt.c'],
  ['a word that goes on', 't.a=b\\\nc t.d'],
  ['a word that goes on in double quotes', '"t.a=b\\\nc" t.d'],
  ['a backslash before a line end in single quotes', "'t.a=b\\\nc' t.d"],
  ['a comment behind', 't.a # t.b'],
  ['a hash within a word', 't.a#b t.c=#d'],
  ['a semicolon and a command behind', 't.a; true t.b'],
  ['a semicolon without blanks', 't.a;true'],
  ['a carriage return in the middle', 't.a\r t.b\r'],
  ['a dash and two', '- -- t.a'],
  ['what init gets', 't.a -- t.b t.c=d'],
  ['a backslash before a letter', 't.a=\\b\\c t.d'],
  ['a backslash before a letter in double quotes', '"t.a=\\b\\c" t.d'],
  ['two backslashes', 't.a=\\\\ t.b'],
  ['four backslashes in double quotes', '"t.a=\\\\\\\\" t.b'],
  ['hex as systemd writes it', "'t.a=/dev/disk/by-label/My\\x20Disk' t.b"],
  ['hex without quotes', 't.a=My\\x20Disk t.b'],
  ['a dollar that is no variable’s, behind a backslash', 't.memmap=64M\\$0x18000000 t.b'],
  ['a dollar in front of digits', 't.memmap=64M$0x18000000 t.b'],
  ['a variable that is not set', 't.a=$nope t.b'],
  ['one as a word of its own', 't.a $nope t.b'],
  ['the same in quotes', 't.a "$nope" t.b'],
  ['a variable', 't.a=$v t.b', 'set v=one\n'],
  ['one in braces', 't.a=x${v}y t.b', 'set v=one\n'],
  ['one with a blank', 't.a $v t.b', 'set v="t.one t.two"\n'],
  ['the same in quotes', 't.a "$v" t.b', 'set v="t.one two"\n'],
  ['one with a blank, glued', 't.a=x${v}y t.b', 'set v="one t.two"\n'],
  ['one with blanks at its ends', 't.a=x${v}y t.b', 'set v=" one "\n'],
  ['one with quotes in it', 't.a=$v t.b', 'set v=\'"one"\'\n'],
  ['one with a backslash in it', 't.a=$v t.b', "set v='o\\ne'\n"],
  ['one with a semicolon and a hash in it', 't.a=$v t.b', "set v='one;#two'\n"],
  ['one with a dollar in it', 't.a=$v t.b', "set v='$w'\nset w=two\n"],
  ['one in single quotes', "'t.a=$v' t.b", 'set v=one\n'],
  ['one in double quotes', '"t.a=$v x" t.b', 'set v=one\n'],
  ['one that another makes', 't.a=$v t.b', 'set w=two\nset v="$w.three"\n'],
  ['one set twice', 't.a=$v t.b', 'set v=one\nset v=two\n'],
  ['one without set', 't.a=$v t.b', 'v=one\n'],
  ['one that was taken away', 't.a=$v. t.b', 'set v=one\nunset v\n'],
  ['one whose name ends at a dash', 't.a=$v-w t.b', 'set v=one\n'],
  ['one whose name ends at a dot', 't.a=$v.w t.b', 'set v=one\n'],
  ['two side by side', 't.a=$v$w t.b', 'set v=one\nset w=two\n'],
  ['the image by a variable’s part', 't.a=$chosen t.b'],
  ['the last command’s success', 't.a=$? t.b', 'true\n'],
  ['its failure', 't.a=$? t.b', 'false\n'],
  ['the entry’s own parameters', 't.a=$# t.b'],
  ['a condition met', 't.a=$v t.b', 'if true; then set v=yes; else set v=no; fi\n'],
  ['one not met', 't.a=$v t.b', 'if false; then set v=yes; else set v=no; fi\n'],
  ['equal', 't.a=$v t.b', 'if [ a = a ]; then set v=yes; else set v=no; fi\n'],
  ['equal, with two', 't.a=$v t.b', 'if [ a == a ]; then set v=yes; else set v=no; fi\n'],
  ['not equal', 't.a=$v t.b', 'if [ a != a ]; then set v=yes; else set v=no; fi\n'],
  ['less, as text', 't.a=$v t.b', 'if [ 10 \\< 9 ]; then set v=yes; else set v=no; fi\n'],
  ['less, as a number', 't.a=$v t.b', 'if [ 10 -lt 9 ]; then set v=yes; else set v=no; fi\n'],
  ['greater or equal', 't.a=$v t.b', 'if [ 10 -ge 9 ]; then set v=yes; else set v=no; fi\n'],
  ['hexadecimal', 't.a=$v t.b', 'if [ 0x10 -eq 16 ]; then set v=yes; else set v=no; fi\n'],
  ['empty', 't.a=$v t.b', 'if [ -z "$nope" ]; then set v=yes; else set v=no; fi\n'],
  ['not empty', 't.a=$v t.b', 'if [ -n "$nope" ]; then set v=yes; else set v=no; fi\n'],
  ['one word alone', 't.a=$v t.b', 'if [ "$nope" ]; then set v=yes; else set v=no; fi\n'],
  ['not', 't.a=$v t.b', 'if [ ! a = b ]; then set v=yes; else set v=no; fi\n'],
  ['and', 't.a=$v t.b', 'if [ a = a -a b = c ]; then set v=yes; else set v=no; fi\n'],
  ['or', 't.a=$v t.b', 'if [ a = b -o b = b ]; then set v=yes; else set v=no; fi\n'],
  ['a file that is there', 't.a=$v t.b', 'if [ -f /vmlinuz ]; then set v=yes; else set v=no; fi\n'],
  ['one that is not', 't.a=$v t.b', 'if [ -f /nothing ]; then set v=yes; else set v=no; fi\n'],
  ['a directory', 't.a=$v t.b', 'if [ -d /boot ]; then set v=yes; else set v=no; fi\n'],
  ['a directory as a file', 't.a=$v t.b', 'if [ -f /boot ]; then set v=yes; else set v=no; fi\n'],
  ['a directory that exists', 't.a=$v t.b', 'if [ -e /boot ]; then set v=yes; else set v=no; fi\n'],
  ['a file with something in it', 't.a=$v t.b', 'if [ -s /vmlinuz ]; then set v=yes; else set v=no; fi\n'],
  ['elif', 't.a=$v t.b', 'if false; then set v=1; elif true; then set v=2; else set v=3; fi\n'],
  ['a condition in another', 't.a=$v t.b', 'if true; then if false; then set v=1; else set v=2; fi; fi\n'],
  ['a condition of two commands', 't.a=$v t.b', 'if false; true; then set v=1; else set v=2; fi\n'],
  ['a loop', 't.a=$v t.b', 'set v=\nfor i in a b c; do set v="$v$i"; done\n'],
  [
    'a loop with a variable’s words',
    't.a=$v t.b',
    'set w="a b"\nset v=\nfor i in $w; do set v="$v.$i"; done\n',
  ],
  ['while', 't.a=$v t.b', 'set v=\nwhile [ "$v" != xxx ]; do set v="x$v"; done\n'],
  ['until', 't.a=$v t.b', 'set v=\nuntil [ "$v" = xxx ]; do set v="x$v"; done\n'],
  ['break', 't.a=$v t.b', 'set v=\nfor i in a b c; do set v="$v$i"; if [ $i = b ]; then break; fi; done\n'],
  [
    'continue',
    't.a=$v t.b',
    'set v=\nfor i in a b c; do if [ $i = b ]; then continue; fi; set v="$v$i"; done\n',
  ],
  ['a function', 't.a=$v t.b', 'f one "two three"\n'],
  ['a function’s success', 't.a=$? t.b', 'g\n'],
  ['shift', 't.a=$v t.b', 'h one two\n'],
  ['setparams', 't.a=$1 t.b', 'setparams one two\n'],
  ['all parameters', 't.a $@ t.b', 'setparams t.one "t.two three"\n'],
  ['all parameters in quotes', 't.a "$@" t.b', 'setparams t.one "t.two three"\n'],
  ['all parameters as one', 't.a "$*" t.b', 'setparams t.one "t.two three"\n'],
  ['a comment line between', 't.a=$v t.b', 'set v=one\n# set v=two\n'],
  ['a comment line in a string', 't.a="$v" t.b', 'set v="a\n#b\nc"\n'],
  ['an escaped line end in a value', 't.a=$v t.b', 'set v=one\\\ntwo\n'],
  ['a translated text', 't.a=$v t.b', 'set v=$"one"\n'],
  ['test written out', 't.a=$v t.b', 'if test a = a; then set v=yes; else set v=no; fi\n'],
  ['a star with nothing to match', 't.a=* t.b=x?y'],
  ['a star in quotes', 't.a="*" t.b'],
  ['a long word', `t.a=${'x'.repeat(1500)} t.b`],
  ['many words', `${filler(120)} t.z`],
  ['one byte too many', `t.a=${'x'.repeat(2047 - 'BOOT_IMAGE=/vmlinuz t.a= t'.length)} t.z`],
  ['to the last byte', `t.a=${'x'.repeat(2047 - 'BOOT_IMAGE=/vmlinuz t.a= t.z'.length)} t.z`],
  ['a word too long in the middle', `t.a=${'x'.repeat(1900)} t.b=${'y'.repeat(300)} t.c`],
  ['quotes that the loader adds make it too long', `'t.a=b ${'x'.repeat(2000)}' 't.c=d e' t.f`],
];

/** The table: what GRUB and its loader make of words, each a line that the kernel can be asked for. */
export const LINE_CASES: readonly LineCase[] = [
  ...ROWS.map(([name, words, before = '']): LineCase => ({ name, before, words })),
  ...CHARACTERS.flatMap(spellings),
];

/** Cases whose words stand on one line, so that one boot judges them all. */
export interface LineGroup {
  readonly names: readonly string[];
  readonly before: string;
  readonly words: string;
}

const MOST_IN_GROUP = 12;

/** What a neighbour on the line would change, or be changed by. */
function standsAlone({ before, words }: LineCase): boolean {
  return (
    /\$[?#@*1]|setparams|chosen|^[fgh]\b/.test(before + words) ||
    /(?:^|[^\\'"xe])[;#]|\r| -- /.test(words) ||
    words.length > 600
  );
}

/** The same with variables of its own. */
function withOwnVariables(text: string, index: number): string {
  return text.replaceAll(
    /(\$\{?|\b(?:un)?set |^)([vw])(?![\w])/gm,
    (_, mark: string, name: string) => `${mark}${name}${index}`,
  );
}

/** All cases, as many on a line as can be without one changing another. */
export function lineGroups(): readonly LineGroup[] {
  const together = LINE_CASES.filter((one) => !standsAlone(one));
  const groups: LineGroup[] = LINE_CASES.filter(standsAlone).map(({ name, before, words }) => ({
    names: [name],
    before,
    words,
  }));
  for (let start = 0; start < together.length; start += MOST_IN_GROUP) {
    const members = together.slice(start, start + MOST_IN_GROUP);
    groups.push({
      names: members.map(({ name }) => name),
      before: members.map(({ before }, index) => withOwnVariables(before, index)).join(''),
      words: members.map(({ words }, index) => withOwnVariables(words, index)).join(' '),
    });
  }
  return groups;
}
