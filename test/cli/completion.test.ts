import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import type { Shell } from '../../src/cli/completion-script.ts';
import { hasProgram } from '../oracle/available.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'bootmend-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The words that a shell offers at the end of a command line, in a home that holds nothing else. */
type Ask = (
  script: string,
  line: readonly string[],
) => { readonly offered: string[]; readonly complaint: string };

const ASK: Readonly<Record<Shell, Ask>> = {
  bash: (script, line) =>
    answer('bash', [
      '--norc',
      '-c',
      `source ${script}; COMP_WORDS=(${line.map(quote).join(' ')}); COMP_CWORD=${line.length - 1}
      $(complete -p bootmend | sed 's/.*-F \\([^ ]*\\).*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]),
  // Completion itself works inside zsh's line editor only; what it is told is taken down instead.
  zsh: (script, line) =>
    answer('zsh', [
      '-f',
      '-c',
      `source ${script}
      compadd() { while [ "$1" != -- ]; do shift; done; shift; print -l -- "$@" }
      words=(${line.map(quote).join(' ')}); CURRENT=$#words; $_comps[bootmend]`,
    ]),
  fish: (script, line) =>
    answer('fish', ['--no-config', '-c', `source ${script}; complete -C ${quote(line.join(' '))}`]),
};

function quote(word: string): string {
  return `'${word}'`;
}

function answer(shell: Shell, args: readonly string[]) {
  const { stdout, stderr } = spawnSync(shell, args, {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ZDOTDIR: folder },
  });
  const offered = stdout.split('\n').map((row) => row.split('\t')[0] ?? '');
  return { offered: offered.filter((word) => word !== ''), complaint: stderr };
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const script = join(folder, `script.${shell}`);
  writeFileSync(script, runCli(['completion', shell]).stdout);

  test.runIf(hasProgram(shell)).each([
    { line: ['bootmend', ''], offers: COMMANDS.map(({ name }) => name) },
    { line: ['bootmend', 'fix', '--'], offers: ['--dry-run', '--remedy', '--root', '--yes'] },
    { line: ['bootmend', 'fix', '--remedy', ''], offers: ['auto', 'nokmem', 'disable'] },
    { line: ['bootmend', 'completion', ''], offers: ['bash', 'zsh', 'fish'] },
  ])('offers at the end of $line', ({ line, offers }) => {
    const { offered, complaint } = ASK[shell](script, line);
    expect(complaint).toBe('');
    expect(offered).toEqual(expect.arrayContaining([...offers]));
  });
});

test.runIf(hasProgram('bash')).each([
  {
    line: ['bootmend', 'fix', '--remedy', '='],
    offers: ['auto', 'nokmem', 'disable', 'thp-madvise', 'thp-never'],
  },
  { line: ['bootmend', 'fix', '--remedy', '=', 'no'], offers: ['nokmem'] },
])('bash parts at the sign of equality: $line', ({ line, offers }) => {
  expect(ASK.bash(join(folder, 'script.bash'), line).offered).toEqual(offers);
});
