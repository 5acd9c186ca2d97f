import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultsWords } from '../../../src/grub/defaults/defaults-words.ts';
import { parseDefaults } from '../../../src/grub/defaults/parse-defaults.ts';
import { hasShared } from '../../oracle/available.ts';
import { recordedRows, unescapeColumn } from '../../oracle/recorded.ts';
import { evaluateTexts } from './defaults-files.ts';
import { hasShell, type ShellName, sourceInShell } from './real-shell.ts';
import { defaultsText, generatedNames } from './sh-arbitrary.ts';

const shells = ['dash', 'bash'] as const;

/** What is said of the variable `X`, in short. */
function say(texts: readonly string[], shell: ShellName = 'dash', name = 'GRUB_X'): string {
  const values = evaluateTexts(texts, shell);
  if (values.stopped !== undefined) {
    const { code, at } = values.stopped;
    return `stopped: ${code} ${at.line}:${at.column}`;
  }
  const value = values.get(name);
  if (value.kind === 'known') return `=${value.value}`;
  return value.kind === 'unset' ? 'unset' : `unknown: ${value.because} ${value.at.line}:${value.at.column}`;
}

describe('known', () => {
  test.each([
    { name: 'double quotes', text: 'GRUB_X="a b"', value: '=a b' },
    { name: 'single quotes', text: "GRUB_X='a $b'", value: '=a $b' },
    { name: 'unquoted', text: 'GRUB_X=a', value: '=a' },
    { name: 'empty', text: 'GRUB_X=', value: '=' },
    { name: 'a backslash in double quotes', text: 'GRUB_X="\\$a \\"b\\" \\\\ \\c"', value: '=$a "b" \\ \\c' },
    { name: 'the last assignment decides', text: 'GRUB_X=a\nGRUB_X=b', value: '=b' },
    { name: 'a reference to itself', text: `GRUB_X=a\nGRUB_X="\${GRUB_X} b"`, value: '=a b' },
    { name: 'the line of TuneD', text: `GRUB_X=a\nGRUB_X="\${GRUB_X:+$GRUB_X }\\$t"`, value: '=a $t' },
    {
      name: 'the line of TuneD where nothing was set',
      text: `GRUB_X="\${GRUB_X:+$GRUB_X }\\$t"`,
      value: '=$t',
    },
    { name: 'a default', text: `GRUB_X="\${GRUB_Y:-a b}"`, value: '=a b' },
    { name: 'a default that is assigned', text: `: "\${GRUB_X:=a}"`, value: '=a' },
    { name: 'another variable', text: 'Y="b c"; GRUB_X="a $Y"', value: '=a b c' },
    { name: 'export', text: 'export GRUB_X="a b"', value: '=a b' },
    { name: 'unset', text: 'GRUB_X=a; unset GRUB_X', value: 'unset' },
    { name: 'commented out', text: '#GRUB_X=a', value: 'unset' },
    {
      name: 'a condition that is known',
      text: 'if [ "$GRUB_Y" = "" ]; then GRUB_X=a; else GRUB_X=b; fi',
      value: '=a',
    },
    {
      name: 'a branch that is not taken',
      text: 'GRUB_X=a\nfalse && GRUB_X=b\ntrue || GRUB_X=c',
      value: '=a',
    },
    {
      name: 'a loop and a case about something else',
      text: 'GRUB_X=a\nfor i in b c; do Y=$i; case $i in b) Z=d;; esac; done\nwhile false; do Y=b; done',
      value: '=a',
    },
    {
      name: 'a condition about something else',
      text: 'GRUB_X=a\nif [ -f /b ]; then GRUB_Y=c; fi',
      value: '=a',
    },
    { name: 'a condition in front', text: 'if [ -f /b ]; then GRUB_X=c; fi\nGRUB_X=a', value: '=a' },
    { name: 'a file sourced in front', text: '. /etc/other\nGRUB_X=a', value: '=a' },
    { name: 'a subshell changes nothing', text: 'GRUB_X=a\n(GRUB_X=b)\nGRUB_X=c | cat\n', value: '=a' },
    { name: 'a function in front', text: 'f() { GRUB_X=b; }\nf\nGRUB_X=a', value: '=a' },
    { name: 'a function that is not called', text: 'GRUB_X=a\nf() { GRUB_X=b; }', value: '=a' },
    {
      name: 'subshells, pipes and background commands in a loop',
      text: 'GRUB_X=a\nfor i in b; do (GRUB_X=b); GRUB_X=c | cat; GRUB_X=d & done',
      value: '=a',
    },
    { name: 'a program changes nothing', text: 'GRUB_X=a\nlogger "$GRUB_X" > /dev/null', value: '=a' },
    {
      name: 'a builtin behind a sourced file',
      text: '. /etc/other\nGRUB_X=a\nif [ -f /b ] || command -v c; then GRUB_Y=d; fi',
      value: '=a',
    },
    { name: 'CR is a byte', text: 'GRUB_X="a"\r\n', value: '=a\r' },
    { name: 'a word that would be split elsewhere', text: 'Y="a  b"; GRUB_X=$Y', value: '=a  b' },
  ])('$name', ({ text, value }) => {
    for (const shell of shells) expect([shell, say([text], shell)]).toEqual([shell, value]);
  });

  test('drop-ins come behind the main file', () => {
    expect(say(['GRUB_X=a', `GRUB_X="$GRUB_X b"`, 'GRUB_Y=c'])).toBe('=a b');
  });

  test('a return ends its own file only', () => {
    expect(say(['GRUB_X=a\nreturn\nGRUB_X=b', 'GRUB_Y=c'], 'dash', 'GRUB_Y')).toBe('=c');
    expect(say(['GRUB_X=a\nreturn\nGRUB_X=b', 'GRUB_Y=c'])).toBe('=a');
  });

  test('the place of the deciding assignment is told', () => {
    const value = evaluateTexts(['GRUB_X=a\n', '# b\n\n  GRUB_X="$GRUB_X b"\n'], 'dash').get('GRUB_X');
    const decidedBy = { path: '/etc/default/grub.d/50-a.cfg', line: 3, column: 3, offset: 7 };
    expect(value).toMatchObject({ kind: 'known', decidedBy });
  });
});

describe('unknown, and why', () => {
  test.each([
    { name: 'a command', text: 'GRUB_X="a $(b)"', value: 'unknown: command-substitution 1:11' },
    { name: 'backquotes', text: 'GRUB_X=`b`', value: 'unknown: command-substitution 1:8' },
    { name: 'arithmetic', text: 'GRUB_X=$((1+1))', value: 'unknown: arithmetic 1:8' },
    { name: 'a variable from outside', text: 'GRUB_X="a $HOME"', value: 'unknown: environment 1:11' },
    { name: 'a tilde', text: 'GRUB_X=~/b', value: 'unknown: environment 1:8' },
    {
      name: 'a condition',
      text: 'GRUB_X=a\nif [ -f /b ]; then GRUB_X=c; fi',
      value: 'unknown: condition 2:1',
    },
    {
      name: 'a condition in short',
      text: 'GRUB_X=a\n[ -f /b ] && GRUB_X=c',
      value: 'unknown: condition 2:14',
    },
    { name: 'a case', text: 'case $(uname) in a) GRUB_X=a;; esac', value: 'unknown: condition 1:1' },
    { name: 'a loop', text: 'for a in b c; do GRUB_X="$GRUB_X $a"; done', value: 'unknown: loop 1:1' },
    { name: 'a sourced file', text: 'GRUB_X=a\n. /etc/other', value: 'unknown: source 2:1' },
    { name: 'eval', text: 'GRUB_X=a\neval "$Y"', value: 'unknown: eval 2:1' },
    { name: 'read', text: 'read GRUB_X < /etc/other', value: 'unknown: command 1:6' },
    { name: 'a command whose name is not known', text: 'GRUB_X=a\n$Y b', value: 'unknown: command 2:1' },
    { name: 'a variable of grub-mkconfig', text: 'GRUB_X=$GRUB_DEVICE', value: 'unknown: environment 1:8' },
    { name: 'a part taken off', text: `GRUB_Y=ab; GRUB_X=\${GRUB_Y%b}`, value: 'unknown: pattern 1:19' },
    {
      name: 'a program behind a sourced file, which may be a function',
      text: '. /etc/other\nGRUB_X=a\nb',
      value: 'unknown: command 3:1',
    },
    {
      name: 'eval in a loop, behind another one',
      text: 'eval "$Y"\nGRUB_X=a\nfor i in b c; do eval "$Z"; done',
      value: 'unknown: loop 3:1',
    },
    {
      name: 'unset in a function',
      text: 'GRUB_X=a\nf() { unset GRUB_X; }\nf',
      value: 'unknown: command 3:1',
    },
    {
      name: 'an assignment in front of a function',
      text: 'GRUB_X=a\nf() { :; }\nGRUB_X=b f',
      value: 'unknown: command 3:1',
    },
    {
      name: 'a function behind a condition',
      text: '[ -f /a ] && f() { GRUB_X=a; }\nGRUB_X=b\nf',
      value: 'unknown: command 3:1',
    },
    {
      name: 'a function that calls another one',
      text: 'f() { g; }\ng() { GRUB_X=a; }\nGRUB_X=b\nf',
      value: 'unknown: command 4:1',
    },
    {
      name: 'a function of a later definition',
      text: 'f() { :; }\nif [ -f /a ]; then f() { GRUB_X=a; }; fi\nGRUB_X=b\nf',
      value: 'unknown: command 4:1',
    },
    {
      name: 'a case that has but one branch to take',
      text: 'case "" in a) GRUB_X=a;; *) GRUB_X=b;; esac',
      value: 'unknown: condition 1:1',
    },
    ...[
      'for GRUB_X in a b; do :; done',
      'while a; do read -r Y "GRUB_X"; done',
      'until a; do : "${GRUB_X:=a}"; done',
      'for i in a; do : $((GRUB_X = 1)); done',
      'for i in a; do export GRUB_X=$i; done',
      'for i in a; do unset GRUB_X; done',
      'for i in a; do . /etc/other; done',
      'for i in a; do $i GRUB_X; done',
      'for i in a; do export $i; done',
      'for i in a; do return; done\nGRUB_X=b',
      'f() { GRUB_X=c; }; for i in a; do f; done',
    ].map((text) => ({
      name: `assigned in ${text}`,
      text,
      value: text.endsWith('b')
        ? 'unknown: condition 1:1'
        : text.startsWith('f(')
          ? 'unknown: loop 1:20'
          : 'unknown: loop 1:1',
    })),
  ])('$name', ({ text, value }) => {
    for (const shell of shells) expect([shell, say([text], shell)]).toEqual([shell, value]);
  });

  test('quadrupling a value does not eat the memory', () => {
    const text = `GRUB_X=ab\n${'GRUB_X="$GRUB_X$GRUB_X$GRUB_X$GRUB_X"\n'.repeat(60)}`;
    expect(say([text])).toMatch(/^unknown: too-long /);
  });

  test('loops in loops do not eat the time', () => {
    const text = `${'for a in b; do GRUB_X="$GRUB_X c"; '.repeat(40)}:${'; done'.repeat(40)}`;
    expect(say([text])).toMatch(/^(unknown: loop 1:1|stopped: too-complex .*)$/);
  });

  test('a function that calls itself ends', () => {
    expect(say(['GRUB_X=a\nf() { f; f; }\nf'])).toBe('=a');
    const many = `f() { ${'f; '.repeat(1000)}}\n${'f\n'.repeat(10_000)}GRUB_X=a`;
    expect(say([many])).toMatch(/^stopped: too-complex/);
    const nested = `f() { ${'if a; then '.repeat(50)}f${'; fi'.repeat(50)}; }\nf\nGRUB_X=a`;
    expect(say([nested])).toMatch(/^=a|^stopped: too-complex/);
  });
});

describe('where grub-mkconfig would end, or reading does', () => {
  test.each([
    {
      name: '+= in dash',
      text: 'GRUB_X=a\nGRUB_X+=" b"',
      dash: 'stopped: append-operator 2:1',
      bash: '=a b',
    },
    {
      name: 'blanks around =',
      text: 'GRUB_X = a',
      dash: 'stopped: blanks-around-equals 1:1',
      bash: 'stopped: blanks-around-equals 1:1',
    },
    {
      name: 'missing quotes',
      text: 'GRUB_X=a b',
      dash: 'stopped: assignment-before-command 1:1',
      bash: 'stopped: assignment-before-command 1:1',
    },
    {
      name: 'source in dash',
      text: 'source a\nGRUB_X=a',
      dash: 'stopped: command-not-found 1:1',
      bash: '=a',
    },
    { name: 'declare in dash', text: 'declare GRUB_X=a', dash: 'stopped: command-not-found 1:1', bash: '=a' },
    {
      name: 'an array in dash',
      text: 'GRUB_X=(a b)',
      dash: 'stopped: bash-syntax 1:8',
      bash: 'unknown: array 1:1',
    },
    { name: "$'…'", text: "GRUB_X=$'a b'", dash: '=$a b', bash: '=a b' },
    { name: '$"…"', text: 'GRUB_X=$"a b"', dash: '=$a b', bash: '=a b' },
    {
      name: 'a substitution of bash',
      text: `GRUB_X=\${GRUB_Y/a/b}`,
      dash: 'stopped: bad-substitution 1:8',
      bash: 'unknown: pattern 1:8',
    },
    {
      name: 'a command that fails',
      text: 'false\nGRUB_X=a',
      dash: 'stopped: command-fails 1:1',
      bash: 'stopped: command-fails 1:1',
    },
    { name: 'set +e', text: 'set +e\nfalse\nGRUB_X=a', dash: '=a', bash: '=a' },
    {
      name: 'set +e in one branch',
      text: 'if [ -f /b ]; then set +e; fi\nfalse\nGRUB_X=a',
      dash: '=a',
      bash: '=a',
    },
    { name: 'exit', text: 'GRUB_X=a\nexit 0', dash: 'stopped: exit 2:1', bash: 'stopped: exit 2:1' },
    {
      name: 'read-only',
      text: 'readonly GRUB_X=a\nGRUB_X=b',
      dash: 'stopped: read-only 2:1',
      bash: 'stopped: read-only 2:1',
    },
    {
      name: 'alias',
      text: 'alias export=:',
      dash: 'stopped: unfollowed-command 1:1',
      bash: 'stopped: unfollowed-command 1:1',
    },
    {
      name: '[[ in dash',
      text: '[[ a ]] && GRUB_X=a',
      dash: 'stopped: bash-syntax 1:1',
      bash: 'unknown: condition 1:12',
    },
    {
      name: 'exit in a branch that may not be taken',
      text: 'GRUB_X=a\n[ -f /b ] || exit 1',
      dash: '=a',
      bash: '=a',
    },
  ])('$name', ({ text, dash, bash }) => {
    expect({ dash: say([text], 'dash'), bash: say([text], 'bash') }).toEqual({ dash, bash });
  });
});

describe.runIf(hasShared('facts/oracle/default-grub.tsv'))('measured: sourced by dash, read by GRUB', () => {
  const rows = recordedRows('default-grub.tsv').map(([file = '', line = '', argv = '', , note = '']) => ({
    note,
    text: `${unescapeColumn(file)}\n`,
    value: unescapeColumn(line).slice('linux '.length),
    words: JSON.parse(argv) as readonly string[] | null,
  }));

  test.each(rows)('$note', ({ text, value, words }) => {
    const parsed = parseDefaults(text);
    const values = parsed.ok ? evaluateTexts([text], 'dash') : undefined;
    expect(values?.stopped === undefined).toBe(words !== null);
    if (words === null || values === undefined) return;
    const found = values.get('GRUB_CMDLINE_LINUX');
    if (found.kind !== 'known') {
      expect(text).toContain('`echo b`');
      return;
    }
    expect(found.value).toBe(value);
    const bare = defaultsWords(found).words.filter(
      (word) => !(word.kind === 'variable' && word.text.startsWith('$')),
    );
    expect(bare.map((word) => word.text)).toEqual(words);
  });
});

describe.runIf(hasShell('dash') && hasShell('bash'))('real shells', () => {
  test.each(shells)('%s gives every variable of a generated file the value that we know', (shell) => {
    const seed = Number(process.env['BOOTMEND_SEED'] ?? Date.now() % 1_000_000);
    console.info(`generated files: BOOTMEND_SEED=${seed}`);
    const texts = fc.sample(defaultsText, { seed, numRuns: 1000 });
    const answers = sourceInShell(
      shell,
      texts.map((text) => [text]),
      generatedNames,
    );
    expect(answers).toHaveLength(texts.length);
    const wrong: string[] = [];
    let known = 0;
    for (const [index, text] of texts.entries()) {
      const values = evaluateTexts([text], shell);
      const answer = answers[index];
      if (values.stopped !== undefined && answer?.exitCode === 0)
        wrong.push(`${values.stopped.code}: ${text}`);
      if (values.stopped !== undefined || answer?.exitCode !== 0) continue;
      for (const [column, name] of generatedNames.entries()) {
        const value = values.get(name);
        if (value.kind === 'unknown') continue;
        known += 1;
        const ours = value.kind === 'known' ? value.value : undefined;
        const theirs = answer.values[column];
        if (ours !== theirs) wrong.push(`${name} is ${theirs}, not ${ours}: ${text}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(known).toBeGreaterThan(texts.length);
  });
});
