import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { anotherHead, FILE_FOLLOWS, sessionCommand, sessionInput } from '../../src/remote/session-script.ts';
import { counted } from '../oracle/missing.ts';

const marker = { halves: ['1a', 'b2'] } as const;
const temporary = mkdtempSync(join(tmpdir(), 'bootmend-session-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** As the head of an artefact: is unpacked, or isn't, and prints its words. */
const head = (status: number) => `[ "$1" = --if-unpacked ] && printf "%s\\n" "$3"\nexit ${status}\n`;
const request = `{"words":["a='b c'","$(id)","\\\\n","!!","*"]}`;

function run(shell: readonly string[], input: string, command = sessionCommand(marker, [])) {
  const [program = '', ...words] = shell;
  const { stdout } = spawnSync(program, [...words, '-c', command], {
    input,
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: temporary },
  });
  return stdout;
}

const shells = [['sh'], ['dash'], ['bash'], ['busybox', 'sh'], ['zsh'], ['fish'], ['tcsh']];

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('login shell %s', (name, shell) => {
  const [program = '', ...words] = shell;
  const isThere = counted(spawnSync(program, [...words, '-c', 'true']).status === 0, name);

  test.runIf(isThere)('what is unpacked gets the request as it was written', () => {
    expect(run(shell, sessionInput(marker, request, head(3)))).toBe(
      `\n1ab2 ready\n${request}\n\n1ab2 exit 3\n`,
    );
  });
});

describe('a machine where nothing is unpacked', () => {
  const missing = sessionInput(marker, request, 'echo Linux-x86_64\nexit 69\n');
  const asked = '\n1ab2 ready\nLinux-x86_64\n\n1ab2 missing\n';

  test('takes the file, runs it, and keeps nothing of it', () => {
    const file = 'printf "%s %s\\n" "$1" "$2"\nexit 4\n';
    expect(run(['sh'], `${missing}${FILE_FOLLOWS}${file}`)).toBe(
      `${asked}--answer ${request}\n\n1ab2 exit 4\n`,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('takes another head', () => {
    expect(run(['sh'], `${missing}${anotherHead(head(0))}`)).toBe(`${asked}${request}\n\n1ab2 exit 0\n`);
  });

  test('says so where the connection ends instead', () => {
    expect(run(['sh'], missing)).toMatch(/^\n1ab2 ready\nLinux-x86_64\n\n1ab2 missing\n/);
  });
});

test('no shell reads the command otherwise than another: between its quotes is nothing that any of them takes apart', () => {
  const quoted = /^exec sudo -n sh -c '(.*)'$/s.exec(sessionCommand(marker, ['sudo', '-n']))?.[1];
  expect(quoted).toBeDefined();
  expect(quoted).not.toMatch(/['!\n]|\\\\/);
});

test('the marker stands nowhere in what is sent, so that a shell that shows its commands does not print it', () => {
  const sent = sessionCommand(marker, []) + sessionInput(marker, request, head(0));
  expect(sent).not.toContain('1ab2');
});
