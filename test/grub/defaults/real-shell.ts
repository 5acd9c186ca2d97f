import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counted } from '../../oracle/missing.ts';

export type ShellName = 'dash' | 'bash';

/** What a real shell said of one case. */
export interface ShellAnswer {
  readonly exitCode: number;
  /** In the order of the names asked for; undefined for a variable that is not set. Empty where the shell stopped. */
  readonly values: readonly (string | undefined)[];
}

const program: Record<ShellName, readonly [string, ...string[]]> = {
  dash: ['dash'],
  bash: ['bash', '--norc', '--posix'],
};

/** Whether tests that run this shell are to run. */
export function hasShell(shell: ShellName): boolean {
  return counted(spawnSync(shell, ['-c', ':'], { stdio: 'ignore' }).status === 0, shell);
}

/** A directory that is gone after the callback. */
export function inTemporaryDirectory<Value>(use: (directory: string) => Value): Value {
  const directory = mkdtempSync(join(tmpdir(), 'bootmend-shell-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Source each case's files in order, each case in a subshell of one process, as grub-mkconfig does (`set -e`), and
 * ask for the variables. The files find no programs but these stand-ins, and an empty environment.
 */
export function sourceInShell(
  shell: ShellName,
  cases: readonly (readonly string[])[],
  names: readonly string[],
  stopsOnError = true,
): readonly ShellAnswer[] {
  return inTemporaryDirectory((directory) => {
    const programs = join(directory, 'bin');
    mkdirSync(programs);
    // Files of the corpus ask for these; their answers must not depend on the machine nor touch it.
    for (const [name, script] of [
      ['stat', 'echo $$'],
      ['lsb_release', 'echo Test'],
      ['sed', 'echo Test'],
      ['holoiso-devicequirk-set', ':'],
      ['holoiso-envcheck', ':'],
    ] as const) {
      writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(programs, name), 0o755);
    }
    for (const [index, texts] of cases.entries()) {
      for (const [file, text] of texts.entries()) {
        writeFileSync(join(directory, `${index}.${file}`), text, 'latin1');
      }
    }
    const asks = names
      .map((name) => `command printf '%s%s\\0' "\${${name}+=}" "\${${name}-}" >&3`)
      .join('\n');
    const runs = cases.map((texts, index) => {
      const sources = texts.map((_, file) => `. ./${index}.${file}`).join('\n');
      // Generated loops may double a value again and again.
      const body = `ulimit -t 2\nexec 3>&1 >/dev/null 2>&1 </dev/null\n${stopsOnError ? 'set -e' : ''}\n${sources}\n${asks}`;
      return `(${body}\n)\nprintf 'end %s\\0' $?`;
    });
    const [file, ...args] = program[shell];
    writeFileSync(join(directory, 'run'), [`PATH='${programs}'`, ...runs].join('\n'));
    const result = spawnSync(file, [...args, './run'], {
      cwd: directory,
      encoding: 'latin1',
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
    return readAnswers(result.stdout, names.length);
  });
}

function readAnswers(output: string, count: number): readonly ShellAnswer[] {
  const answers: ShellAnswer[] = [];
  let values: (string | undefined)[] = [];
  for (const field of output.split('\0').slice(0, -1)) {
    if (field.startsWith('end ')) {
      answers.push({ exitCode: Number(field.slice(4)), values: values.length === count ? values : [] });
      values = [];
    } else values.push(field.startsWith('=') ? field.slice(1) : undefined);
  }
  return answers;
}

/** Whether the shell's own parser accepts each text (`sh -n`). */
export function checkInShell(shell: ShellName, texts: readonly string[]): readonly boolean[] {
  return inTemporaryDirectory((directory) => {
    for (const [index, text] of texts.entries())
      writeFileSync(join(directory, String(index)), text, 'latin1');
    const check = `i=0; while [ $i -lt ${texts.length} ]; do ${program[shell].join(' ')} -n ./$i 2>/dev/null </dev/null && echo y || echo n; i=$((i+1)); done`;
    const { stdout } = spawnSync('dash', ['-c', check], {
      cwd: directory,
      encoding: 'latin1',
      maxBuffer: 1 << 24,
    });
    return stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => line === 'y');
  });
}
