import { describe, expect, test } from 'vitest';
import { reviseWords } from '../../src/cmdline/revise-words.ts';
import { editLinuxLines, linuxLines, readGrubMenu } from '../../src/grub/linux-lines.ts';

const withQuiet = (words: readonly string[]) => reviseWords(words, { set: ['quiet'], unset: [] });
const entry = (name: string, ...lines: readonly string[]) =>
  `menuentry '${name}' {\n${lines.join('\n')}\n}\n`;

describe('every Linux line gets the word, and nothing else changes', () => {
  test.each([
    {
      rule: 'one',
      text: entry('A', '  linux /k ro # note'),
      after: entry('A', '  linux /k ro quiet # note'),
    },
    { rule: 'that has it already', text: entry('A', 'linux /k quiet'), after: entry('A', 'linux /k quiet') },
    {
      rule: 'in a submenu too',
      text: `submenu S {\n${entry('A', 'linux16 /k')}}\n`,
      after: `submenu S {\n${entry('A', 'linux16 /k quiet')}}\n`,
    },
    {
      rule: 'under Xen the kernel, not the hypervisor',
      text: entry(
        'X',
        'multiboot2 /xen.gz placeholder',
        'module2 /vmlinuz placeholder ro',
        'module2 /initrd',
      ),
      after: entry(
        'X',
        'multiboot2 /xen.gz placeholder',
        'module2 /vmlinuz placeholder ro quiet',
        'module2 /initrd',
      ),
    },
    {
      rule: 'once where two entries call one function',
      text: `function f {\nlinux /k ro\n}\n${entry('A', 'f')}${entry('B', 'f')}`,
      after: `function f {\nlinux /k ro quiet\n}\n${entry('A', 'f')}${entry('B', 'f')}`,
    },
  ])('$rule', ({ text, after }) => {
    expect(editLinuxLines(text, withQuiet)).toEqual({ ok: true, value: after });
  });
});

test.each([
  { rule: 'a file that GRUB refuses', text: "menuentry 'A' {\n", code: 'unclosed-block' },
  {
    rule: 'a word out of a variable',
    text: `a="x quiet"\n${entry('A', 'linux /k $a')}`,
    code: 'word-from-variable',
  },
])('$rule is a problem', ({ text, code }) => {
  const edited = editLinuxLines(text, (words) => reviseWords(words, { set: [], unset: ['quiet'] }));
  expect(edited).toMatchObject({ ok: false, problem: { code } });
});

test('lines of a file that is gone on with are not lines of this one', () => {
  const menu = readGrubMenu(`source /b.cfg\n${entry('A', 'linux /k')}`, { readScript: () => undefined });
  if (!menu.ok) throw new Error(menu.problem.code);
  expect(linuxLines(menu.value).map((line) => line.image?.text)).toEqual(['/k']);
  expect(linuxLines(menu.value, 'another')).toEqual([]);
});
