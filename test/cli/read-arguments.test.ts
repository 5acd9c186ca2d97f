import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS, OPTIONS } from '../../src/cli/command-table.ts';
import { commandParser } from '../../src/cli/explain-misuse.ts';
import { optionsOf, readArguments } from '../../src/cli/read-arguments.ts';

describe('what is read', () => {
  test.each([
    { rule: 'options may stand before the command', argv: ['--dry-run', 'fix'], command: 'fix', words: [] },
    {
      rule: 'kernel words keep their dots and zeros',
      argv: ['set', 'nvme.io_timeout=007', '0x10'],
      words: ['nvme.io_timeout=007', '0x10'],
    },
    {
      rule: 'words keep their quotes',
      argv: ['set', '"dyndbg=file a.c +p"'],
      words: ['"dyndbg=file a.c +p"'],
    },
    {
      rule: 'words behind -- may begin with a dash',
      argv: ['set', '--', '-quiet', '--yes'],
      words: ['-quiet', '--yes'],
    },
    { rule: 'a single dash, which yargs drops, is a word', argv: ['set', '-'], words: ['-'] },
    { rule: 'a word is its UTF-8 bytes', argv: ['set', 'motd=é'], words: ['motd=\xc3\xa9'] },
    {
      rule: 'a list collects',
      argv: ['fix', '--accept', 'kubelet', '--accept=all'],
      accept: ['kubelet', 'all'],
    },
    { rule: '--no-color is a flag', argv: ['status', '--no-color'], 'no-color': true, color: undefined },
    { rule: 'when colour is wanted', argv: ['status', '--color=always'], color: 'always' },
    { rule: "grubby's ALL", argv: ['fix', '--entries', 'ALL'], entries: 'all' },
    { rule: "grubby's DEFAULT", argv: ['fix', '--entries=DEFAULT'], entries: 'default' },
    { rule: 'a short flag', argv: ['fix', '-yq'], yes: true, quiet: true },
  ])('$rule', ({ rule, argv, command, words, ...options }) => {
    const reading = readArguments(argv);
    expect(reading.kind, rule).toBe('invocation');
    expect(reading).toMatchObject({
      invocation: { ...(command && { command }), ...(words && { words }), options },
    });
  });

  test.each([
    { rule: 'an unknown option', argv: ['status', '--nope'] },
    { rule: "another command's option", argv: ['status', '--yes'] },
    { rule: 'a value that is no choice', argv: ['fix', '--remedy', 'prayer'] },
    { rule: 'a missing value', argv: ['status', '--root'] },
    { rule: 'an empty value', argv: ['status', '--root', ''] },
    { rule: 'a value for a flag, which would else mean no', argv: ['fix', '--yes', '--dry-run=maybe'] },
    { rule: 'a value for a short flag', argv: ['fix', '-y=maybe'] },
    { rule: 'no word where one is needed', argv: ['set'] },
    { rule: 'more words than the command takes', argv: ['rollback', 'first', 'latest'] },
    { rule: 'words behind -- where none are taken', argv: ['status', '--', 'x'] },
    { rule: 'a flag denied', argv: ['fix', '--no-yes'] },
    { rule: 'an option without what it needs', argv: ['fix', '--check'] },
    { rule: 'a second value', argv: ['status', '--root', '/a', '--root=/b'] },
    { rule: 'an unknown command', argv: ['mend'] },
    { rule: 'help for an unknown command', argv: ['help', 'mend'] },
    { rule: 'nothing', argv: [] },
  ])('misuse: $rule', ({ argv }) => {
    expect(readArguments(argv).kind).toBe('misuse');
  });

  test.each([
    { argv: ['--help'], topic: undefined },
    { argv: ['-h'], topic: undefined },
    { argv: ['help'], topic: undefined },
    { argv: ['help', 'fix'], topic: 'fix' },
    { argv: ['fix', '--help'], topic: 'fix' },
    { argv: ['--dry-run', 'fix', '--nope', '-h'], topic: 'fix' },
  ])('help: $argv', ({ argv, topic }) => {
    expect(readArguments(argv)).toEqual({ kind: 'help', topic, isJson: false });
  });
});

const word = fc.constantFrom(
  ...[
    'quiet',
    'a=b',
    'x="y z"',
    '"a b"',
    'nvme.t=0x10',
    '1e3',
    '007',
    '',
    'true',
    'false',
    '-5',
    '--',
    '-y',
    '-q',
    '-v',
  ],
  ...[
    '-yq',
    '-x',
    '--no-color',
    '--no-json',
    '--json=true',
    '--json=maybe',
    '--yes=',
    '--nope',
    '--nope=1',
    '--root=',
  ],
);
const option = fc
  .tuple(fc.constantFrom(...Object.keys(OPTIONS)), fc.constantFrom('', '=x', '=en', '=auto', '= a=b', '="q"'))
  .map(([name, value]) => `--${name}${value}`);
/** yargs doesn't count the words behind `--`, so that a command which needs one gets it in front of them. */
const argvs = fc
  .tuple(fc.constantFrom(...COMMANDS), fc.array(fc.oneof(word, option), { maxLength: 6 }))
  .map(([{ name, positional }, rest]) => [name, ...(positional?.startsWith('<') ? ['word'] : []), ...rest]);

test('the parser alone and yargs agree on every command line that begins with a command', async () => {
  await fc.assert(
    fc.asyncProperty(argvs, async (argv) => {
      const reading = readArguments(argv);
      if (reading.kind === 'help') return;
      const parsed = await parsedByYargs(argv);
      if (reading.kind === 'misuse') {
        expect(parsed === undefined || reading.message !== undefined).toBe(true);
        return;
      }
      expect(parsed && optionsOf(parsed)).toEqual(reading.invocation.options);
      const positional = COMMANDS.find(({ name }) => name === argv[0])?.positional?.replaceAll(
        /[<>[\].]/g,
        '',
      );
      const words = [parsed?.[positional ?? ''] ?? [], parsed?.['--'] ?? []].flat().map(String);
      expect(words).toEqual(reading.invocation.words);
    }),
    { numRuns: 300 },
  );
});

/** Undefined where yargs finds something wrong. */
async function parsedByYargs(
  argv: readonly string[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  let isWrong = false;
  const parser = commandParser().fail((message, error) => {
    isWrong = true;
    throw error ?? new Error(message);
  });
  try {
    const parsed = await parser.parseAsync([...argv]);
    return isWrong ? undefined : parsed;
  } catch (error) {
    if (!isWrong) throw error;
    return undefined;
  }
}
