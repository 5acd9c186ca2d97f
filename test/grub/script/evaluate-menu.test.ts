import { describe, expect, test } from 'vitest';
import type { BootLine } from '../../../src/grub/script/boot-line.ts';
import type { MenuInput } from '../../../src/grub/script/evaluate-menu.ts';
import type { GrubMenu, GrubMenuItem } from '../../../src/grub/script/grub-menu.ts';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';
import type { ScriptFile } from '../../../src/grub/script/script-file.ts';
import { hasProgram } from '../../oracle/available.ts';
import { bootsAsExpected, differingCalls } from '../../oracle/grub-emu.ts';
import { argumentsOf, bootLinesOf, menuOf } from './evaluated-text.ts';

const hasGrub = hasProgram('grub-emu');

function itemAt(menu: GrubMenu, path: readonly number[]): GrubMenuItem | undefined {
  let items = menu.items;
  let item: GrubMenuItem | undefined;
  for (const index of path) {
    item = items[index];
    items = item?.kind === 'submenu' ? item.children : [];
  }
  return item;
}

function lineAt(menu: GrubMenu, path: readonly number[]): BootLine | undefined {
  const item = itemAt(menu, path);
  return item?.kind === 'entry' ? item.bootLines[0] : undefined;
}

describe('what an entry hands to its loader, as GRUB boots it', () => {
  const scenarios = [
    {
      rule: 'the environment at the end of the configuration counts',
      config: 'set a=1\nmenuentry x {\nlinux /v $a\n}\nset a=2\n',
      path: [0],
      args: ['/v', '2'],
    },
    {
      rule: 'what the body sets counts',
      config: 'set a=1\nmenuentry x {\nset a="$a 2"\nlinux /v $a\n}\n',
      path: [0],
      args: ['/v', '1', '2'],
    },
    {
      rule: 'an entry of a submenu does not see what was not exported',
      config: 'set a=1\nset b=2\nexport b\nsubmenu s {\nmenuentry x {\nlinux /v "$a" "$b"\n}\n}\n',
      path: [0, 0],
      args: ['/v', '', '2'],
    },
    {
      rule: 'an entry of a submenu sees what the submenu sets',
      config: 'submenu s {\nset a=1\nmenuentry x {\nlinux /v "$a"\n}\nset a=2\n}\n',
      path: [0, 0],
      args: ['/v', '2'],
    },
    {
      rule: 'the parameters are the title and what follows it',
      config: 'menuentry \'a b\' --class c d --id e f {\nlinux /v $# "$1" $2 $3\n}\n',
      path: [0],
      args: ['/v', '3', 'a b', 'd', 'f'],
    },
    {
      rule: 'shift takes parameters away',
      config: "menuentry 'a b' c {\nshift\nlinux /v $# $1\n}\n",
      path: [0],
      args: ['/v', '1', 'c'],
    },
    {
      rule: 'chosen is the way of ids, with > doubled',
      config: 'submenu \'s > t\' {\nmenuentry x --id y {\nlinux /v "$chosen"\n}\n}\n',
      path: [0, 0],
      args: ['/v', 's >> t>y'],
    },
    {
      rule: 'a function makes entries',
      config: 'function f {\nmenuentry "$1" --id "$2" {\nlinux /v "$1" $chosen\n}\n}\nf "a b" c\nf d e\n',
      path: [1],
      args: ['/v', 'd', 'e'],
    },
    {
      rule: 'a loop makes entries',
      config: 'for i in a b c; do menuentry $i {\nlinux /v $1 $i\n}\ndone\n',
      path: [1],
      args: ['/v', 'b', 'c'],
    },
    {
      rule: 'a function may load the kernel',
      config: 'function f {\nlinux /v "$@" $a\n}\nmenuentry x {\nset a=1\nf b "c d"\n}\n',
      path: [0],
      args: ['/v', 'b', 'c d', '1'],
    },
    {
      rule: 'the last definition of a function counts',
      config: 'function f {\nset a=1\n}\nmenuentry x {\nf\nlinux /v $a\n}\nfunction f {\nset a=2\n}\n',
      path: [0],
      args: ['/v', '2'],
    },
    {
      rule: 'features of GRUB are set',
      config:
        'if [ x"${feature_menuentry_id}" = xy ]; then menuentry_id_option=--id; else menuentry_id_option=; fi\n' +
        'menuentry x $menuentry_id_option y {\nlinux /v $chosen\n}\n',
      path: [0],
      args: ['/v', 'y'],
    },
    {
      rule: 'a menuentry without a title, with a wrong option or without a body makes no entry',
      config:
        'menuentry {\ntrue\n}\nmenuentry a --class --id b {\ntrue\n}\nmenuentry c\nmenuentry d {\nlinux /v\n}\n',
      path: [0],
      args: ['/v'],
    },
    {
      rule: 'words that only look like options are operands',
      config: 'menuentry a -x --foo -- --id b {\nlinux /v "$@" "$chosen"\n}\n',
      path: [0],
      args: ['/v', 'a', '-x', '--foo', '--id', 'b', 'a'],
    },
    {
      rule: 'elif and else are taken in turn',
      config:
        'set a=2\nmenuentry x {\nif [ $a = 1 ]; then set b=1\nelif [ $a = 2 ]; then set b=2\nelse set b=3; fi\nlinux /v $b\n}\n',
      path: [0],
      args: ['/v', '2'],
    },
    {
      rule: 'root has no parentheses, however it is set',
      config: 'menuentry x {\nset root=(hd0,1)\nlinux /v ($root)/a\n}\n',
      path: [0],
      args: ['/v', '(hd0,1)/a'],
    },
    {
      rule: 'a name with a dash is set but never read',
      config: 'menuentry x {\nset a-b=1\nset a=2\nlinux /v $a-b\n}\n',
      path: [0],
      args: ['/v', '2-b'],
    },
    {
      rule: 'the command may come from a variable',
      config: 'set c="linux /v"\nmenuentry x {\n$c a\n}\n',
      path: [0],
      args: ['/v', 'a'],
    },
  ];

  test.each(scenarios)('$rule', ({ config, path, args }) => {
    const line = lineAt(menuOf(config), path);
    expect(line && argumentsOf(line)).toEqual(args);
    expect(line?.conditional).toBe(false);
  });

  test.runIf(hasGrub).each(scenarios)('GRUB too: $rule', async ({ config, path, args }) => {
    expect(await bootsAsExpected({ config, path, command: 'linux', expected: args })).toBe(true);
  });
});

describe('how commands run, as GRUB runs them', () => {
  const repeated = (piece: string, times: number) => piece.repeat(times);
  const scripts = [
    'function f {\nset x="${x}x"\nf\n}\nf; linux $x',
    'function f {\nset x="${x}x"\nif true; then f; fi\n}\nf; linux $x',
    'function f {\nset x="${x}x"\nfor v in a; do f; done\n}\nf; linux $x',
    `${repeated('if true; then ', 30)}x=a${repeated('; fi', 30)}; linux "$x"`,
    `${repeated('if true; then ', 31)}x=a${repeated('; fi', 31)}; linux "$x"`,
    `if false; then true; ${repeated('elif false; then true; ', 59)}else x=a; fi\nlinux "$x"`,
    `if false; then true; ${repeated('elif false; then true; ', 60)}else x=a; fi\nlinux "$x"`,
    'function f {\nif true; then linux a; return 3; fi\nlinux b\n}\nf; linux $?',
    'for x in a b c; do for v in 1 2; do linux $x $v; if [ $v = 1 ]; then continue 2; fi; linux no; done; done',
    'for x in a b c; do for v in 1 2; do linux $x $v; break 2; done; done; linux end',
    'for x in a b; do linux $x; break 0; linux z; break x; linux y; break 5; done; linux end',
    'x=1; until [ $x = 1111 ]; do linux $x; x=${x}1; done',
    'function f {\nfor x in a b; do linux $x; return; done\nlinux no\n}\nf; linux e',
    'function f {\nfor x in a b; do g; linux $x; done\n}\nfunction g {\nbreak\n}\nf; linux e',
    'linux a {b,c}; linux x={1}; linux a { b; c }; linux a {b {c} }; linux {b;c;}',
    'linux a {$b "c d" \\x}; linux a { b\nc }; linux a {if true; then echo; fi}',
    'function f {\nlinux $# "$1" "$2"\n}\nf a {b}',
    'if ! false; then linux a; fi; ! true; linux $?; ! false; linux $?; !; linux $?',
    'v="! false"; if $v; then linux y; else linux n; fi',
    'set v; linux $?; unset; linux $?; export; linux $?; shift; linux $?; return; linux $?; setparams a; linux $?',
    'function f {\nsetparams x y; linux $@; shift; linux $#; shift 2; linux $?\n}\nf a b c',
    '1=a; "#=b"; linux $1; a=c d=e; linux $a $d; unset a; unset d',
    'if [ 1 -lt 2 -a a = a ]; then linux a; fi; if [ 1 -gt 2 -o ! b = a ]; then linux b; fi',
    'if [ "(" a = b ")" -o -n c ]; then linux a; fi; if test -z ""; then linux b; fi; if test; then linux c; fi',
    'if [ v-2 -plt v-11 ]; then linux a; fi; if [ v-2 -pgt v-11 ]; then linux b; fi; if [ a "<" b ]; then linux c; fi',
    'if [ 010 -eq 8 ]; then linux a; fi; if [ 0x10 -eq 16 ]; then linux b; fi; if [ -5 -lt -4 ]; then linux c; fi',
  ].map((script) => ({ script: `unset v; unset x\n${script}\n` }));

  test.runIf(hasGrub).each(scripts)('$script', async ({ script }) => {
    const lines = bootLinesOf(menuOf(script));
    expect(lines.some((line) => line.conditional)).toBe(false);
    expect(await differingCalls([{ script, calls: lines.map(argumentsOf) }])).toEqual([]);
  });
});

/** Sources that know these files, by the path that the script names. */
function withFiles(files: Readonly<Record<string, string>>): Partial<MenuInput> {
  const readScript = (path: string): ScriptFile | undefined => {
    const text = files[path];
    const parsed = text === undefined ? undefined : parseGrubScript(text);
    return text !== undefined && parsed?.ok ? { path, text, script: parsed.value } : undefined;
  };
  return { readScript };
}

describe('other files', () => {
  test('source runs a file in the same environment', () => {
    const menu = menuOf('set a=1\nsource /b.cfg\nmenuentry x {\nlinux /v $a\n}\n', {
      ...withFiles({ '/b.cfg': 'set a="$a 2"\nmenuentry y {\nlinux /w $a\n}\n' }),
    });
    expect(bootLinesOf(menu).map(argumentsOf)).toEqual([
      ['/w', '1', '2'],
      ['/v', '1', '2'],
    ]);
    expect(menu.items.map((item) => item.place.path)).toEqual(['/b.cfg', '/boot/grub/grub.cfg']);
  });

  test('configfile leads to another menu, which sees what was exported', () => {
    const stub =
      "search.fs_uuid 1-2 root hd0,gpt2\nset prefix=($root)'/boot/grub'\nset a=1\nset b=2\nexport b\nconfigfile $prefix/grub.cfg\nset c=3\n";
    const target = 'menuentry x {\nlinux /v "$a" $b\n}\n';
    const menu = menuOf(stub, withFiles({ '($root)/boot/grub/grub.cfg': target }));
    expect(bootLinesOf(menu).map(argumentsOf)).toEqual([['/v', '', '2']]);
    expect(menu.variables.has('c')).toBe(false);
    expect(menu.problems).toEqual([]);
  });

  test('a configfile without entries leads back', () => {
    const menu = menuOf(
      'configfile /b.cfg\nmenuentry x {\nlinux /v $a\n}\n',
      withFiles({ '/b.cfg': 'set a=1\n' }),
    );
    expect(bootLinesOf(menu).map(argumentsOf)).toEqual([['/v']]);
  });

  test('a file that cannot be read is reported and passed over', () => {
    const menu = menuOf('source /b.cfg\nmenuentry x {\nlinux /v\n}\n');
    expect(menu.problems).toMatchObject([
      { code: 'config-unreadable', detail: '/b.cfg', conditional: false },
    ]);
    expect(menu.items).toHaveLength(1);
  });

  test('a file that sources itself comes to an end', () => {
    const menu = menuOf(
      'source /b.cfg\n',
      withFiles({ '/b.cfg': 'menuentry x {\ntrue\n}\nsource /b.cfg\n' }),
    );
    expect(menu.problems.at(-1)?.code).toBe('recursion-too-deep');
    expect(menu.items.length).toBeGreaterThan(5);
  });

  test('configfile in an entry is noted', () => {
    const menu = menuOf('menuentry x {\nsearch --set=root --file /b.cfg\nconfigfile ($root)/b.cfg\n}\n');
    expect(menu.items).toMatchObject([{ kind: 'entry', configFiles: ['($root)/b.cfg'] }]);
  });

  test('config_directory is that of the file', () => {
    const menu = menuOf('source ${config_directory}/b.cfg\nmenuentry x {\nlinux $config_file $a\n}\n', {
      ...withFiles({ '/boot/grub/b.cfg': 'set a=$config_file\n' }),
      variables: new Map([['config_file', '/boot/grub/grub.cfg']]),
    });
    expect(bootLinesOf(menu).map(argumentsOf)).toEqual([['/boot/grub/grub.cfg', '/boot/grub/b.cfg']]);
  });
});

describe('the environment block', () => {
  const block = new Map([
    ['saved_entry', 'y'],
    ['kernelopts', 'root=/dev/sda1 ro'],
  ]);
  const header =
    'set prefix=/boot/grub2\nif [ -s $prefix/grubenv ]; then\nset have_grubenv=true\nload_env\nfi\n' +
    'set default="${saved_entry}"\nmenuentry x {\nlinux /v $kernelopts\n}\n';

  test('brings variables, each with its place', () => {
    const asked: (string | undefined)[] = [];
    const readEnvironment = (path: string | undefined) => {
      asked.push(path);
      return block;
    };
    const menu = menuOf(header, { readEnvironment });
    expect(menu.variables.get('default')).toMatchObject({ text: 'y', known: true });
    const [line] = bootLinesOf(menu);
    expect(line?.words.map((word) => word.text)).toEqual(['root=/dev/sda1', 'ro']);
    expect(line?.words[0]?.variables).toMatchObject([
      { name: 'kernelopts', assignments: [{ line: 4, column: 1 }] },
    ]);
    expect(asked).toEqual([undefined, undefined]);
  });

  test('that is not there is not loaded', () => {
    const menu = menuOf(header);
    expect(menu.variables.get('default')).toMatchObject({ text: '', known: true });
    expect(menu.variables.has('have_grubenv')).toBe(false);
  });

  test('may be another file, and only some of its variables', () => {
    const menu = menuOf(
      'load_env --skip-sig --file /a/grubenv saved_entry\nload_env -f /b/grubenv next_entry\n',
      {
        readEnvironment: (path) => (path === '/a/grubenv' ? block : new Map([['next_entry', 'z']])),
      },
    );
    expect([...menu.variables.keys()].filter((name) => name.endsWith('_entry'))).toEqual([
      'saved_entry',
      'next_entry',
    ]);
    expect(menu.variables.has('kernelopts')).toBe(false);
  });
});

describe('what cannot be known', () => {
  test('both branches of an undecided condition run', () => {
    const menu = menuOf(
      'if loadfont a; then set m=b\nmenuentry x {\nlinux /v $m\n}\nelse set m=c\nmenuentry y {\nlinux /w\n}\nfi\nmenuentry z {\nlinux /u\n}\n',
    );
    expect(menu.items.map((item) => item.conditional)).toEqual([true, true, false]);
    expect(menu.variables.get('m')).toMatchObject({ known: false, alternatives: ['b', 'c'] });
    const [line] = bootLinesOf(menu);
    expect(line?.words).toMatchObject([
      { text: '$m', known: false, variables: [{ name: 'm', alternatives: ['b', 'c'] }] },
    ]);
  });

  test('a branch that is not there leaves the variable as it was', () => {
    const menu = menuOf('set m=b\nif loadfont a; then set m=c; fi\nif loadfont a; then set n=d; fi\n');
    expect(menu.variables.get('m')?.alternatives).toEqual(['c', 'b']);
    expect(menu.variables.get('n')?.alternatives).toEqual(['d', '']);
  });

  test.each([
    {
      rule: 'a loop that may run any number of times leaves no candidates',
      script: 'set m=a\nwhile loadfont a; do set m=b; done\n',
      m: { known: false, alternatives: undefined, exported: false },
    },
    {
      rule: 'a copy of an undecided variable has its candidates',
      script: 'if loadfont a; then set n=b; else set n=c; fi\nset m=$n\n',
      m: { known: false, alternatives: ['b', 'c'] },
    },
    {
      rule: 'a value that holds more than the variable has none',
      script: 'if loadfont a; then set n=b; else set n=c; fi\nset m=x$n\n',
      m: { known: false, alternatives: undefined },
    },
    {
      rule: 'what was assigned anew is the one candidate of its branch',
      script:
        'if loadfont a; then set m=b; else set m=c; fi\nif loadfont a; then set m=d; else set m=e; fi\n',
      m: { known: false, alternatives: ['d', 'e'] },
    },
    {
      rule: 'candidates of one branch and of the other are told once',
      script: 'set m=b\nif loadfont a; then set m=c; fi\nif loadfont a; then set m=b; fi\n',
      m: { known: false, alternatives: ['b', 'c'] },
    },
    {
      rule: 'a branch that makes it unknown leaves none',
      script: 'set m=b\nif loadfont a; then read m; fi\n',
      m: { known: false, alternatives: undefined },
    },
    {
      rule: 'eight candidates are told',
      script: `set m=0\n${[1, 2, 3, 4, 5, 6, 7].map((n) => `if loadfont a; then set m=${n}; fi\n`).join('')}`,
      m: { known: false, alternatives: ['7', '6', '5', '4', '3', '2', '1', '0'] },
    },
    {
      rule: 'nine are too many',
      script: `set m=0\n${[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `if loadfont a; then set m=${n}; fi\n`).join('')}`,
      m: { known: false, alternatives: undefined },
    },
    {
      rule: 'exported in one branch is exported',
      script: 'set m=b\nif loadfont a; then export m; fi\n',
      m: { known: true, text: 'b', exported: true },
    },
  ])('$rule', ({ script, m }) => {
    expect(menuOf(script).variables.get('m')).toMatchObject(m);
  });

  test('branches leave the text of what they do not change', () => {
    const { variables } = menuOf('read n\nset m=x$n\nif loadfont a; then set o=b; fi\n');
    expect(variables.get('m')).toMatchObject({ known: false, text: 'x$n' });
  });

  test('a loop leaves what it does not change', () => {
    const { variables } = menuOf('set m=a\nwhile loadfont a; do set n=b; done\n');
    expect(variables.get('m')).toMatchObject({ known: true, text: 'a' });
    expect(variables.get('n')).toMatchObject({ known: false, alternatives: undefined });
  });

  test('branches that agree decide', () => {
    const menu = menuOf('if loadfont a; then set m=b; else set m=b; fi\n');
    expect(menu.variables.get('m')).toMatchObject({ text: 'b', known: true });
    expect(menu.variables.get('m')?.assignments).toHaveLength(2);
  });

  test('a line under such a condition is conditional', () => {
    const lines = bootLinesOf(
      menuOf('menuentry x {\nif probe a; then linux /v a\nelse linux /v b; fi\ninitrd /i\n}\n'),
    );
    expect(lines.map((line) => [...argumentsOf(line), line.conditional])).toEqual([
      ['/v', 'a', true],
      ['/v', 'b', true],
      ['/i', false],
    ]);
  });

  test('what follows an undecided return is conditional, in that function only', () => {
    const lines = bootLinesOf(
      menuOf('function f {\nif probe a; then return; fi\nlinux /v\n}\nmenuentry x {\nf\nlinux /w\n}\n'),
    );
    expect(lines.map((line) => [...argumentsOf(line), line.conditional])).toEqual([
      ['/v', true],
      ['/w', false],
    ]);
  });

  test.each([
    'if probe a; then exit; fi',
    'function f {\nif probe a; then exit; fi\n}\nf',
    'for x in a b; do if probe a; then exit; fi; done',
  ])('what follows an undecided exit is conditional: %s', (script) => {
    const menu = menuOf(`${script}\nmenuentry x {\nlinux /v\n}\n`);
    expect(menu.items).toMatchObject([{ conditional: true }]);
    expect(bootLinesOf(menu).map((line) => line.conditional)).toEqual([false]);
  });

  test('the menu of an undecided configfile is conditional, as is what follows', () => {
    const files = withFiles({ '/b.cfg': 'menuentry b {\nlinux /b\n}\n' });
    const menu = menuOf('if probe a; then configfile /b.cfg; fi\nmenuentry c {\nlinux /c\n}\n', files);
    expect(menu.items).toMatchObject([
      { title: 'b', conditional: true },
      { title: 'c', conditional: true },
    ]);
  });

  test.each([
    'set a=b$"c"',
    'search --no-floppy --fs-uuid --set=a 1-2',
    'search -s a -f /x',
    'search --label b --set a',
    'search.fs_uuid 1-2 a hd0,1',
    'search.file /x a',
    'probe --set=a -u (hd0)',
    'regexp --set 1:a "(.*)" $b',
    'smbios --type 1 --set a',
    'read a',
    'while probe x; do set a="${a}b"; done',
    'for x in /boot/*; do set a=$x; done',
  ])('%s leaves a variable unknown', (script) => {
    expect(menuOf(`set a=1\n${script}\n`).variables.get('a')?.known).toBe(false);
  });

  test('search without a name sets root', () => {
    expect(menuOf('search --set --file /x\n').variables.get('root')?.known).toBe(false);
  });

  test('a pattern may become other words', () => {
    const [line] = bootLinesOf(menuOf("linux /boot/vm* a=* '*'\n"));
    expect(line?.image).toMatchObject({ text: '/boot/vm*', known: false, pattern: true });
    expect(line?.words.map((word) => word.known)).toEqual([true, true]);
  });

  test('a file test asks', () => {
    const testFile = (operator: string, path: string) => (path === '/a' ? operator === '-f' : undefined);
    const script = 'if [ -f /a ]; then b=1; fi\nif [ -d /a ]; then c=1; fi\nif [ -e /z ]; then d=1; fi\n';
    const { variables } = menuOf(script, { testFile });
    expect([variables.get('b')?.known, variables.has('c'), variables.get('d')?.known]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('bounds', () => {
  test.each([
    'while true; do true; done\n',
    'set a=b\nwhile true; do set a="$a$a"; done\n',
    'set a="b b"\nwhile true; do set a="$a $a"; linux $a $a $a; done\n',
    'set a="b b b b b b b b b b b b b b b b"\nfor x in $a $a; do for v in $a $a; do for w in $a $a; do for u in $a $a; do linux $a; done; done; done; done\n',
  ])('%s ends', (script) => {
    const start = process.cpuUsage();
    expect(menuOf(script).problems.map((problem) => problem.code)).toContain('too-many-commands');
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
  });

  test('a function that makes submenus of itself comes to an end', () => {
    const { problems } = menuOf('function f {\nsubmenu x {\nf\n}\nmenuentry y {\nf\n}\n}\nf\n');
    expect(new Set(problems.map((problem) => problem.code))).toEqual(new Set(['recursion-too-deep']));
  });

  test('490 submenus inside one another are followed', () => {
    const menu = menuOf(`${'submenu s {\n'.repeat(490)}menuentry x {\nlinux /v\n}\n${'}\n'.repeat(490)}`);
    let items = menu.items;
    let depth = 0;
    for (let item = items[0]; item?.kind === 'submenu'; item = items[0]) {
      items = item.children;
      depth += 1;
    }
    expect([depth, items[0]?.kind]).toEqual([490, 'entry']);
  });
});

describe('what else the menu tells', () => {
  test('titles, ids, classes, users', () => {
    const { items } = menuOf(
      "menuentry 'A b' --class gnu --class=os --id c --users '' {\ntrue\n}\nsubmenu D --unrestricted {\ntrue\n}\n",
    );
    expect(items).toMatchObject([
      { kind: 'entry', title: 'A b', id: 'c', classes: ['gnu', 'os'], users: '', unrestricted: false },
      {
        kind: 'submenu',
        title: 'D',
        id: 'D',
        classes: [],
        users: undefined,
        unrestricted: true,
        children: [],
      },
    ]);
    expect(items.map((item) => item.place.line)).toEqual([1, 4]);
  });

  test('where entries from loader files go', () => {
    const menu = menuOf('menuentry a {\ntrue\n}\nset blsdir=/x\nblscfg\nmenuentry b {\ntrue\n}\n');
    expect(menu.items.map((item) => item.kind)).toEqual(['entry', 'loader-entries', 'entry']);
    const placeholder = menu.items[1];
    expect(placeholder?.kind === 'loader-entries' && placeholder.variables.get('blsdir')?.text).toBe('/x');
  });

  test('what tboot starts is its first module: Linux, or Xen and Linux behind it', () => {
    const lines = bootLinesOf(
      menuOf(
        'menuentry x {\nmultiboot2 /tboot.gz logging=serial\nmodule2 /vmlinuz root=a ro\nmodule2 /initrd\nmodule2 /sinit.bin\n}\n' +
          'menuentry y {\nmultiboot /tboot.gz\nmodule /xen.gz b\nmodule /vmlinuz placeholder root=a\nmodule /initrd\n}\n',
      ),
    );
    expect(lines.map((line) => [line.role, ...argumentsOf(line)])).toEqual([
      ['other', '/tboot.gz', 'logging=serial'],
      ['linux', '/vmlinuz', 'root=a', 'ro'],
      ['other', '/initrd'],
      ['other', '/sinit.bin'],
      ['other', '/tboot.gz'],
      ['xen', '/xen.gz', 'b'],
      ['linux-under-xen', '/vmlinuz', 'placeholder', 'root=a'],
      ['other', '/initrd'],
    ]);
  });

  test("Xen's first module is a Linux kernel", () => {
    const lines = bootLinesOf(
      menuOf(
        'menuentry x {\nmultiboot2 /xen-4.gz placeholder dom0_mem=1G\nmodule2 /vmlinuz placeholder root=a ro\nmodule2 --nounzip /initrd\n}\n' +
          'menuentry y {\nmultiboot /gnumach.gz\nmodule /ext2fs a\n}\nmenuentry z {\nxen_hypervisor /x a\nxen_module /v b\n}\n',
      ),
    );
    expect(lines.map((line) => [line.role, ...argumentsOf(line)])).toEqual([
      ['xen', '/xen-4.gz', 'placeholder', 'dom0_mem=1G'],
      ['linux-under-xen', '/vmlinuz', 'placeholder', 'root=a', 'ro'],
      ['other', '/initrd'],
      ['other', '/gnumach.gz'],
      ['other', '/ext2fs', 'a'],
      ['xen', '/x', 'a'],
      ['linux-under-xen', '/v', 'b'],
    ]);
  });

  test('boot commands outside entries', () => {
    const menu = menuOf('linux /v a\ninitrd /i\nboot\nlinux /never\n');
    expect(menu.bootLines.map(argumentsOf)).toEqual([['/v', 'a'], ['/i']]);
  });

  test("Red Hat's GRUB keeps unquoted hex escapes", () => {
    const words = (keepsHexEscapes: boolean) =>
      bootLinesOf(menuOf("linux /v a\\x2db 'c\\x2dd' \\x \\e\\x2g\n", { keepsHexEscapes })).map(argumentsOf);
    expect(words(true)).toEqual([['/v', 'a\\x2db', 'c\\x2dd', 'x', 'ex2g']]);
    expect(words(false)).toEqual([['/v', 'ax2db', 'c\\x2dd', 'x', 'ex2g']]);
  });

  test('parameters behind an unknown one are not counted', () => {
    const [line] = bootLinesOf(menuOf('function f {\nlinux /v $1 $2 $#\n}\nf a /boot/* c\n'));
    expect(line?.words.map((word) => [word.text, word.known, word.single])).toEqual([
      ['a', true, true],
      ['/boot/*', false, false],
      ['3', false, false],
    ]);
  });

  test('where each word stands and what it is made of', () => {
    const [line] = bootLinesOf(menuOf('set a=1\nlinux /v ro x=$a "y z"\n'));
    expect(line?.words.map(({ text, place, variables }) => [text, place.column, variables.length])).toEqual([
      ['ro', 10, 0],
      ['x=1', 13, 1],
      ['y z', 18, 0],
    ]);
  });
});
