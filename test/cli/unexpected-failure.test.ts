import { expect, test } from 'vitest';
import { readArguments } from '../../src/cli/read-arguments.ts';
import { unexpectedFailure } from '../../src/cli/unexpected-failure.ts';

const cases: readonly { rule: string; words: readonly string[]; outcome: string | undefined }[] = [
  { rule: 'a reading command wrote nothing', words: ['probe'], outcome: 'refused' },
  { rule: 'a dry run wrote nothing', words: ['fix', '--dry-run', '--yes'], outcome: 'refused' },
  { rule: 'without leave to write, nothing was written', words: ['fix'], outcome: 'refused' },
  {
    rule: 'a command that may write can have written: no outcome is claimed',
    words: ['fix', '--yes'],
    outcome: undefined,
  },
];

test.each(cases)('a failure that nobody expected: $rule', ({ words, outcome }) => {
  const reading = readArguments(words);
  if (reading.kind !== 'invocation') throw new Error(reading.kind);
  const report = unexpectedFailure(reading.invocation, false, new Error('out of luck'));
  const doubt = outcome === undefined ? ['error.perhaps-written'] : [];
  expect([report.exitCode, report.outcome]).toEqual([1, outcome]);
  expect(report.messages.map(({ code }) => code)).toEqual(['error.unexpected', ...doubt]);
});
