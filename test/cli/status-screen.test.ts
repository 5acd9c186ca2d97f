import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/report/wrap-text.ts';
import { copyFixture, runCli } from './run-cli.ts';

function screen(fixture: string, ...words: readonly string[]): readonly string[] {
  const { stdout } = runCli(['status', '--root', copyFixture(fixture), ...words]);
  return stdout.trimEnd().split('\n');
}

describe('status of a host with three kernels and a word that does nothing', () => {
  const lines = screen('centos-7.3-dead-word');

  test('fits on a terminal of 80 columns and 24 lines', () => {
    expect(lines.length).toBeLessThanOrEqual(24);
    // A path that the user gave is as long as it is.
    for (const line of lines.slice(0, -1)) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  test('begins with the verdict and ends with the next command', () => {
    expect(lines[0]).toContain('cgroup.memory=nokmem is set and does nothing');
    expect(lines.at(-1)).toMatch(/^Next +bootmend fix --root \//);
  });

  test('shows the line that three entries share once, with ^ under the word that is ignored', () => {
    const at = lines.findIndex((line) => line.includes('^'));
    expect(lines[at]).toMatch(/^ +\^{20} ignored by all 3$/);
    expect(lines[at - 1]?.indexOf('cgroup.memory=nokmem')).toBe(lines[at]?.indexOf('^'));
    expect(lines.join('\n').match(/crashkernel=auto/g)).toHaveLength(1);
  });

  test('orders kernels by release, the newest first, and marks the one that boots next', () => {
    const releases = lines.flatMap((line) => /^ {2}(3\.10\.0\S+)( \*)?/.exec(line)?.slice(1, 3) ?? []);
    expect(releases).toEqual([
      '3.10.0-514.6.1.el7.x86_64',
      ' *',
      '3.10.0-514.2.2.el7.x86_64',
      undefined,
      '3.10.0-514.el7.x86_64',
      undefined,
    ]);
  });

  test('names the places of the words by file and line', () => {
    expect(lines.join('\n')).toMatch(/next boot +\/boot\/grub2\/grub\.cfg:100 115 130\n/);
    expect(lines.join('\n')).toMatch(/later kernels +\/etc\/default\/grub:6\n/);
  });
});

test.each([
  { fixture: 'centos-7.3', begins: /^Slab memory leaks with every container, and no word/ },
  { fixture: 'rocky-8', begins: /^It is not known whether slab memory leaks here\.$/ },
  { fixture: 'debian-12', begins: /^No kernel here leaks slab memory: there is nothing to do\.$/ },
])('$fixture: the verdict', ({ fixture, begins }) => {
  expect(screen(fixture)[0]).toMatch(begins);
});

test('where nothing is to be done, no command is named', () => {
  expect(screen('debian-12').join('\n')).not.toContain('bootmend fix');
});

test('after fix, the verdict is that nothing leaks', () => {
  const root = copyFixture('centos-7.3-dead-word');
  runCli(['fix', '--yes', '--root', root]);
  expect(runCli(['status', '--root', root]).stdout).toMatch(
    /^No kernel here leaks slab memory: cgroup_disable=memory is set/,
  );
});

test('in Chinese the columns stand below each other', () => {
  const lines = screen('centos-7.3-dead-word', '--lang', 'zh-CN');
  const head = lines.find((line) => line.includes('内核  ')) ?? '';
  const row = lines.find((line) => line.includes('514.6.1')) ?? '';
  const columnOf = (line: string, text: string) => displayWidth(line.slice(0, line.indexOf(text)));
  expect(columnOf(row, '被忽略')).toBe(columnOf(head, 'cgroup.memory=nokmem'));
  expect(columnOf(row, '有效')).toBe(columnOf(head, 'cgroup_disable=memory'));
});
