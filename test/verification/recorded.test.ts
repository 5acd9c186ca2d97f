import { describe, expect, test } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { inEffect } from './in-effect.ts';
import { RECORDED_BOOTS, recordPath } from './recorded-boots.ts';

const asked = RECORDED_BOOTS.flatMap((boot) =>
  boot.word === undefined ? [] : [{ ...boot, word: boot.word }],
);

describe('what real kernels showed of a word', () => {
  test.each(asked)('$name: $inEffect', async (boot) => {
    expect(await inEffect(recordPath(boot), boot.word)).toBe(boot.inEffect);
  });

  test.each(asked)('$name: the other word is not on the line', async (boot) => {
    const other = boot.word === 'cgroup_disable=memory' ? 'cgroup.memory=nokmem' : 'cgroup_disable=memory';
    expect(await inEffect(recordPath(boot), other)).toBe('no');
  });
});

const EXITS = { yes: 0, no: 4, unknown: 0 } as const;

test.each(asked)('verify exits by it: $name', (boot) => {
  const { stdout, exitCode } = runCli(['verify', '--json', '--root', recordPath(boot)]);
  const report = JSON.parse(stdout);
  expect(exitCode).toBe(EXITS[boot.inEffect ?? 'unknown']);
  expect(report.running.kernel).toBe(boot.release);
  const [verified] = report.verification.filter(({ word }: { word: string }) => word === boot.word);
  expect(verified).toMatchObject({ onLine: true, inEffect: boot.inEffect });
  expect(verified.seenBy.length).toBeGreaterThan(0);
});
