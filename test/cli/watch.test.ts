import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { recordBoot, writeIn } from './recorded-boot.ts';
import { commandLine, copyFixture, runCli } from './run-cli.ts';

function tree(): string {
  const root = copyFixture('rocky-8');
  recordBoot(root, 'ro', '4.18.0-553.16.1.el8_10.x86_64');
  writeIn(
    root,
    'proc/meminfo',
    'MemTotal: 4000 kB\nMemAvailable: 3000 kB\nSlab: 200 kB\nSUnreclaim: 100 kB\n',
  );
  return root;
}

/** What is printed until so many lines are there, and how it ends by SIGINT. */
async function watchUntil(lines: number, words: readonly string[]) {
  const [program, ...rest] = commandLine(words);
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const exitCode = await new Promise<number | null>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.split('\n').length > lines) child.kill('SIGINT');
    });
    child.on('close', resolve);
  });
  return { exitCode, lines: text.trimEnd().split('\n') };
}

test('--json prints a document a sample until it is interrupted', async () => {
  const root = tree();
  const { exitCode, lines } = await watchUntil(2, ['status', '--watch', '0.1', '--json', '--root', root]);
  expect(exitCode).toBe(130);
  const [first, second] = lines.map((line) => JSON.parse(line));
  expect(first.symptoms).toMatchObject({
    verdict: 'none',
    sample: { unreclaimable: 102_400, countedGroups: 30 },
  });
  expect(Date.parse(second.at)).toBeGreaterThan(Date.parse(first.at));
});

test('without a terminal it is a line of text a sample', async () => {
  const { lines } = await watchUntil(1, ['status', '--watch', '0.1', '--root', tree()]);
  expect(lines[0]).toMatch(/^\d{4}-\S+Z {2}Not to be given back: 0\.1 MiB/);
});

test.each([
  { words: ['status', '5'], code: 'misuse.words-left' },
  { words: ['status', '--watch', 'soon'], code: 'misuse.seconds' },
  { words: ['status', '--watch', '0'], code: 'misuse.seconds' },
  { words: ['status', '--watch', '--host', 'a'], code: 'misuse.watch-here' },
])('$words is a misuse', ({ words, code }) => {
  const { stdout, exitCode } = runCli([...words, '--json']);
  expect([exitCode, JSON.parse(stdout).messages[0].code]).toEqual([2, code]);
});

test('a host that is seen to leak needs no version table', () => {
  const root = tree();
  const exposed = () => {
    const { kernels, symptoms } = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
    const running = kernels.find((kernel: { running: boolean }) => kernel.running);
    return [symptoms.verdict, running.exposure.verdict];
  };
  expect(exposed()).toEqual(['none', 'unknown']);
  writeIn(root, 'proc/cgroups', 'memory\t4\t30000\t1\n');
  writeIn(root, 'sys/fs/cgroup/memory/memory.usage_in_bytes', '1\n');
  expect(exposed()).toEqual(['leaking', 'exposed']);
  expect(runCli(['status', '--root', root]).stdout).toContain(
    'The kernel counts 30000 groups, and 1 are there',
  );
});
