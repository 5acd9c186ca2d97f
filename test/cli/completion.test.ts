import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHELLS, type Shell } from '../../src/cli/command-table.ts';
import { hasProgram } from '../oracle/available.ts';
import { commandLine, runCli } from './run-cli.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bootmend-completion-'));
const root = join(folder, 'tree of a host');
cpSync(join(project, 'grub-fixtures/centos-7.3'), root, { recursive: true, verbatimSymlinks: true });
mkdirSync(join(folder, 'bin'));
writeFileSync(
  join(folder, 'bin/bootmend'),
  `#!/bin/sh\nexec ${commandLine([])
    .map((word) => `'${word}'`)
    .join(' ')} "$@"\n`,
);
chmodSync(join(folder, 'bin/bootmend'), 0o755);
runCli(['fix', '--yes', '--root', root]);
const [setId = ''] = readdirSync(join(root, 'var/lib/bootmend/backups'));
afterAll(() => rmSync(folder, { recursive: true }));

const START: Readonly<Record<Shell, string>> = {
  bash: 'bash --norc',
  zsh: 'zsh -f',
  fish: 'fish --no-config',
};

const SOCKET = `bootmend-completion-${process.pid}`;
function tmux(...args: readonly string[]): string {
  return spawnSync('tmux', ['-L', SOCKET, '-f', '/dev/null', ...args], { encoding: 'utf8' }).stdout;
}

async function screenWith(text: string): Promise<string> {
  for (let tries = 0; tries < 40; tries += 1) {
    const screen = tmux('capture-pane', '-p', '-J');
    if (screen.includes(text)) return screen;
    await sleep(100);
  }
  return tmux('capture-pane', '-p', '-J');
}

/** Takes away what was typed before: while a completion still runs, Ctrl-C ends that and leaves the line. */
async function emptyLine(): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    tmux('send-keys', 'C-c');
    tmux('send-keys', 'C-l');
    await sleep(150);
    if (!/bootmend [a-z-]/.test(tmux('capture-pane', '-p', '-J'))) return;
  }
}

/** What stands on the screen of a shell after a line was typed and Tab was pressed. */
async function typed(line: string, wanted: string): Promise<string> {
  await emptyLine();
  tmux('send-keys', '-l', line);
  await screenWith(line.slice(-20));
  tmux('send-keys', 'Tab');
  const screen = await screenWith(wanted);
  if (screen.includes(wanted)) return screen;
  tmux('send-keys', 'Tab');
  return screenWith(wanted);
}

const hasTmux = hasProgram('tmux', '-V');
const at = `--root ${root.replaceAll(' ', '\\ ')}`;

describe.each(SHELLS)('%s, as it is typed', (shell) => {
  const isThere = hasProgram(shell) && hasTmux;
  beforeAll(async () => {
    if (!isThere) return;
    writeFileSync(join(folder, `completion.${shell}`), runCli(['completion', shell]).stdout);
    const command = `env PATH=${folder}/bin:$PATH HOME=${folder} ZDOTDIR=${folder} LC_ALL=C.UTF-8 ${START[shell]}`;
    tmux('new-session', '-d', '-x', '220', '-y', '60', '-c', folder, command);
    await sleep(500);
    tmux('send-keys', '-l', `source ${folder}/completion.${shell}; echo rea''dy`);
    tmux('send-keys', 'Enter');
    await screenWith('ready');
  });
  afterAll(() => tmux('kill-server'));

  test.runIf(isThere).each([
    { rule: 'a command', line: 'bootmend rollb', offers: 'bootmend rollback' },
    { rule: 'every command', line: 'bootmend ', offers: 'audit' },
    { rule: 'an option', line: 'bootmend fix --dr', offers: 'fix --dry-run' },
    { rule: "another command's option is none", line: 'bootmend status --ver', offers: 'status --verbose' },
    { rule: 'a choice', line: 'bootmend fix --remedy nok', offers: '--remedy nokmem' },
    {
      rule: 'a choice behind the sign of equality',
      line: 'bootmend fix --remedy=nok',
      offers: '--remedy=nokmem',
    },
    { rule: 'a hazard', line: 'bootmend fix --accept kub', offers: '--accept kubelet' },
    { rule: 'a shell', line: 'bootmend completion ba', offers: 'completion bash' },
    {
      rule: 'an installed kernel',
      line: `bootmend ${at} probe --kernel 3.10.0-514.2`,
      offers: '514.2.2.el7.x86_64',
    },
    {
      rule: "an entry's title with blanks",
      line: `bootmend ${at} fix --entries CentOS\\ Linux\\ \\(0`,
      offers: '(0-rescue-',
    },
    { rule: 'a word that stands there', line: `bootmend ${at} unset rhg`, offers: 'unset rhgb' },
    { rule: 'a word to take off', line: `bootmend ${at} set a --unset rhg`, offers: '--unset rhgb' },
    {
      rule: 'a parameter',
      line: `bootmend ${at} set systemd.unif`,
      offers: 'set systemd.unified_cgroup_hierarchy',
    },
    { rule: 'a backup', line: `bootmend ${at} rollback ${setId.slice(0, 3)}`, offers: setId },
    { rule: 'a directory', line: 'bootmend status --root tre', offers: 'a\\ host' },
  ])('$rule: $line', async ({ line, offers }) => {
    const wanted = offers === '(0-rescue-' ? /\(0-rescue-/ : offers;
    const screen = await typed(line, offers);
    expect(screen).toMatch(wanted);
    expect(screen).not.toMatch(/not found|rror:/);
  });
});

test.each([
  { list: 'kernels', holds: '3.10.0-514.el7.x86_64' },
  { list: 'entries', holds: 'CentOS Linux (3.10.0-514.el7.x86_64) 7 (Core)' },
  { list: 'hazards', holds: 'tpm-sealed-disk' },
  { list: 'backups', holds: setId },
  { list: 'parameters', holds: 'systemd.unit' },
  { list: 'words', holds: 'rhgb' },
])('completion $list prints one a line', ({ list, holds }) => {
  expect(runCli(['completion', list, '--root', root]).stdout.split('\n')).toContain(holds);
});

test('of a machine that can’t be read nothing is offered and nothing complained about', () => {
  const { exitCode, stderr } = runCli(['completion', 'words', '--root', join(project, 'grub-fixtures/zipl')]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('a title that would act on a terminal is not offered', () => {
  const evil = mkdtempSync(join(folder, 'evil-'));
  cpSync(root, evil, { recursive: true, verbatimSymlinks: true });
  const path = join(evil, 'boot/grub2/grub.cfg');
  writeFileSync(
    path,
    "menuentry 'a\u001b[2Jb' { linux /vmlinuz-3.10.0-514.el7.x86_64 ro }\nmenuentry '$(c)' { linux /vmlinuz-3.10.0-514.el7.x86_64 ro }\n",
  );
  expect(runCli(['completion', 'entries', '--root', evil]).stdout).toBe(
    'normal\ndefault\nall\n3.10.0-514.el7.x86_64\n$(c)\n',
  );
});
