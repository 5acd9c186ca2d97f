import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { copyFixture, runCli } from './run-cli.ts';

const launcher = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin/bootmend.js');

/** A root whose name a shell would take apart. */
function rootOf(fixture: string): string {
  const root = join(copyFixture(fixture), "a root's name");
  cpSync(copyFixture(fixture), root, { recursive: true, verbatimSymlinks: true });
  return root;
}

/** Every command of ours in what was printed: behind a label, a colon, a semicolon or a quote. */
function printedCommands(text: string): readonly string[] {
  const quoted = [...text.matchAll(/["“(](bootmend [^"”)\n]*)["”)]/g)].map(([, command = '']) => command);
  const bare = [
    ...text.matchAll(/(?:^ *(?:Undo|Next|Then check|More) +|: |; )(bootmend [^";\n]*?)(?=$| {3}|;|\. )/gm),
  ];
  const all = [...quoted, ...bare.map(([, command = '']) => command.trim())];
  return all.filter((command) => COMMANDS.some(({ name }) => command.split(' ')[1] === name));
}

function paste(command: string): { readonly exitCode: number | null; readonly said: string } {
  const script = `bootmend() { "${process.execPath}" "${launcher}" "$@"; }; ${command}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
    encoding: 'utf8',
    stdio: 'pipe',
    input: '',
  });
  return { exitCode: status, said: stdout + stderr };
}

const RUNS: readonly (readonly string[])[] = [
  ['status'],
  ['fix', '--dry-run'],
  ['fix'],
  ['fix', '--yes', '--remedy', 'disable'],
  ['set', 'audit=1', 'x="a b"', '--force', '--dry-run'],
  ['set', 'audit=1', '--yes'],
  ['unset', 'nosuchword', '--dry-run'],
  ['rollback', '--dry-run'],
  ['backups'],
  ['probe'],
  ['audit'],
];

test.each(['centos-7.3-dead-word', 'rocky-8', 'debian-12', 'uki'])(
  '%s: every command that is printed works when it is pasted',
  (fixture) => {
    const root = rootOf(fixture);
    const found = RUNS.flatMap((words) => {
      const { stdout, stderr } = runCli([...words, '--root', root]);
      return printedCommands(stdout + stderr);
    });
    const commands = [...new Set(found)].filter((command) => command !== 'bootmend verify');
    if (fixture !== 'uki') expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) {
      const { exitCode, said } = paste(command);
      // Without a terminal a command that would ask says so; that it was understood is what counts.
      expect([command, exitCode, exitCode === 3 ? said : '']).toEqual([
        command,
        expect.toBeOneOf([0, 3, 4, 5]),
        exitCode === 3
          ? expect.stringMatching(
              /--yes|not known whether|nothing to undo|UKI|changed after|Nothing tells of the kernel/,
            )
          : '',
      ]);
    }
  },
);

test('the ways on from a refusal lead to a plan', () => {
  const root = rootOf('rocky-8');
  const { stderr } = runCli(['fix', '--yes', '--root', root]);
  const ways = printedCommands(stderr).filter((command) => command.includes('--remedy'));
  expect(ways).toHaveLength(2);
  for (const way of ways) expect(paste(`${way} --dry-run --check`).exitCode).toBe(4);
});

test('the command that accepts a hazard keeps what the refused one said', () => {
  const root = rootOf('centos-7.3');
  mkdirSync(join(root, 'etc/systemd/system/multi-user.target.wants'), { recursive: true });
  writeFileSync(join(root, 'etc/systemd/system/multi-user.target.wants/kubelet.service'), '[Service]\n');
  const { stderr, exitCode } = runCli(['fix', '--yes', '--entries', 'all', '--root', root]);
  expect(exitCode).toBe(3);
  const way = printedCommands(stderr).find((command) => command.includes('--accept kubelet'));
  expect(way).toContain('--entries all');
  expect(paste(`${way} --dry-run --check`).exitCode).toBe(4);
});
