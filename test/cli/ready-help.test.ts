import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { helpText } from '../../src/cli/help-text.ts';
import { loadCatalogue } from '../../src/report/messages/catalogue.ts';
import { runCli } from './run-cli.ts';

const languages = [
  { locale: 'C', language: 'en' },
  { locale: 'zh_CN.UTF-8', language: 'zh-CN' },
] as const;

describe.each(languages)('the help that the launcher has ready, in $language', ({ locale, language }) => {
  test.each([undefined, ...COMMANDS.map(({ name }) => name)])('%s', async (topic) => {
    const { exitCode, stdout, stderr } = runCli(topic === undefined ? ['--help'] : ['help', topic], {
      LC_ALL: locale,
    });
    expect([exitCode, stdout, stderr]).toEqual([0, helpText(topic, await loadCatalogue(language), 100), '']);
  });
});

const overview = ['help', '-h', '--help'].map((word) => [word]);
const ofFix = [
  ['help', 'fix'],
  ['fix', '--help'],
  ['fix', '-h'],
  ['--help', 'fix'],
  ['fix', '--help', '--no-color'],
];

test('every way to ask for it gets the same', () => {
  for (const ways of [overview, ofFix]) {
    const answers = ways.map((words) => runCli(words).stdout);
    expect(answers).toEqual(ways.map(() => answers[0]));
  }
});

test.each([
  ['help', 'nope'],
  ['nope', '--help', 'x'],
  ['help', '--', 'fix'],
  ['help', '__proto__'],
])('what it does not have is left to the reading of the command line: %s %s', (...words) => {
  expect(runCli(words).stdout).not.toContain('undefined');
});
