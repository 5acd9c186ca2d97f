import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliResult, commandLine, runCli, treeOf } from '../cli/run-cli.ts';
import { makePortableFile, type PortableFile } from './portable-file.ts';
import { canServeSsh, type SshHosts, startSshHosts } from './ssh-hosts.ts';

/** In no other command line of this machine. */
const NAME = `cut-${process.pid}`;

const INSTANTS = Array.from({ length: 60 }, (_, index) => 60 + index * 20);
const SENDING_INSTANTS = Array.from({ length: 8 }, (_, index) => 250 + index * 120);

/** ssh to the machine. */
const sshProcesses = () => processesWith((words) => words[0] === 'ssh' && words.includes(NAME));

/** bootmend on the machine, and what unpacks it there: the request is among their words. */
const requestProcesses = () => processesWith((words) => words.some((word) => word.includes(`"${NAME}"`)));

function processesWith(isMeant: (words: readonly string[]) => boolean): readonly number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      return isMeant(words) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function end(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself.
    }
  }
}

async function untilNothingRuns(): Promise<void> {
  while (requestProcesses().length > 0) await setTimeout(20);
}

function ended(child: ChildProcess): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => (stdout += text));
  child.stderr?.on('data', (text) => (stderr += text));
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })));
}

describe.runIf(canServeSsh)('connections that are cut', () => {
  let portable: PortableFile;
  let machines: SshHosts;
  let before: object;
  let after: object;

  const wordsOf = (words: readonly string[]) => [
    ...words,
    ...['--json', '--host', NAME, '--ssh-config', machines.configuration],
  ];
  const run = (...words: string[]) => runCli(wordsOf(words), { BOOTMEND_PORTABLE: portable.path });
  const root = () => machines.hosts[0]?.root ?? '';
  const files = () => ({
    ...Object.fromEntries(
      Object.entries(treeOf(join(root(), 'boot'))).filter(([path]) => !path.endsWith('.old')),
    ),
    defaults: readFileSync(join(root(), 'etc/default/grub'), 'latin1'),
  });

  /** Runs a command and ends ssh after so many milliseconds; with `isKilled`, bootmend on the machine as well. */
  const cut = async (
    words: readonly string[],
    milliseconds: number,
    isKilled: boolean,
  ): Promise<CliResult> => {
    const [program, ...rest] = commandLine(wordsOf(words));
    const child = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', BOOTMEND_PORTABLE: portable.path },
    });
    const result = ended(child);
    await setTimeout(milliseconds);
    if (isKilled) end(requestProcesses(), 'SIGKILL');
    end(sshProcesses(), 'SIGKILL');
    const finished = await result;
    await untilNothingRuns();
    return finished;
  };

  beforeAll(async () => {
    portable = makePortableFile();
    machines = await startSshHosts([{ name: NAME, fixture: 'debian-9' }]);
    before = files();
    expect(run('fix', '--yes').exitCode).toBe(0);
    after = files();
    expect(run('rollback', '--yes').exitCode).toBe(0);
    expect(files()).toEqual(before);
  }, 300_000);
  afterAll(() => {
    machines?.stop();
    portable?.remove();
  });

  test('at any instant of a change, the next command that writes finds or makes one whole state', async () => {
    let cuts = 0;
    let found = 0;
    for (const [index, milliseconds] of INSTANTS.entries()) {
      const { exitCode, stdout } = await cut(['fix', '--yes'], milliseconds, index % 2 === 1);
      const { messages, outcome } = JSON.parse(stdout);
      if (exitCode === 1) {
        cuts += 1;
        expect(messages).toHaveLength(1);
        expect(messages[0].code).toMatch(/^remote\./);
        const isBefore = /^remote\.(?:cut-off|not-connected)$/.test(messages[0].code);
        if (isBefore) expect({ milliseconds, files: files() }).toEqual({ milliseconds, files: before });
        else expect(messages[0].text).toContain(`Ask again with "bootmend status --host ${NAME}`);
        expect(outcome).toBe(isBefore ? 'refused' : undefined);
      } else expect(exitCode).toBe(0);
      const again = run('fix', '--yes');
      expect(JSON.parse(again.stdout)).toMatchObject({ exitCode: 0 });
      if (JSON.parse(again.stdout).outcome === 'unchanged') found += 1;
      expect({ milliseconds, files: files() }).toEqual({ milliseconds, files: after });
      expect(run('rollback', '--yes').exitCode).toBe(0);
      expect({ milliseconds, files: files() }).toEqual({ milliseconds, files: before });
    }
    console.info(
      `${INSTANTS.length} instants: ${cuts} cuts, the change was whole already after ${found}; 0 mixed`,
    );
    expect(cuts).toBeGreaterThan(10);
  }, 1_800_000);

  test('at any instant of sending, nothing is left behind and the next run works', async () => {
    const cache = join(root(), 'var/cache/bootmend');
    for (const milliseconds of SENDING_INSTANTS) {
      rmSync(cache, { recursive: true, force: true });
      const { exitCode } = await cut(['backups'], milliseconds, false);
      expect([0, 1]).toContain(exitCode);
      await setTimeout(200);
      await untilNothingRuns();
      expect(readdirSync(join(root(), 'tmp'))).toEqual([]);
      expect(run('backups').exitCode).toBe(0);
      expect(execFileSync('ls', ['-A', cache], { encoding: 'utf8' })).toMatch(/^portable-\w+\n$/);
    }
  }, 600_000);
});
