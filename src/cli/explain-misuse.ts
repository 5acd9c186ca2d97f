import yargs from 'yargs';
import { error } from '../report/message.ts';
import type { Message } from '../report/report.ts';
import { asBytes } from './argument-bytes.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
} from './command-table.ts';
import { didYouMean } from './did-you-mean.ts';
import { PARSER_CONFIGURATION } from './read-arguments.ts';

/** The values that yargs puts into each of its complaints, by our code. */
const VALUES = {
  'misuse.value-missing': ['name'],
  'misuse.choices': ['name', 'given', 'choices'],
  'misuse.unknown': ['options'],
  'misuse.no-such-command': ['name'],
  'misuse.no-command': [],
} as const;

type ComplaintCode = keyof typeof VALUES;

/** No argument of a program can hold a NUL: it parts the values, and two of them the complaints. */
const BETWEEN_VALUES = '\0';
const BEFORE_COMPLAINT = '\0\0';

/**
 * What is wrong with a command line that `readArguments` did not understand: at least one message.
 *
 * @param argv without the interpreter and the script, beginning with the command where there is one
 */
export async function explainMisuse(argv: readonly string[]): Promise<readonly Message[]> {
  let misuse: string | undefined;
  const parser = commandParser().fail((message, failure) => {
    misuse ??= message ?? failure.message;
    throw failure ?? new Error(misuse);
  });
  try {
    await parser.parseAsync([...argv]);
  } catch (failure) {
    if (misuse === undefined) throw failure;
  }
  const [, ...complaints] = (misuse ?? '').split(BEFORE_COMPLAINT);
  if (complaints.length === 0) return [error('misuse.unknown', { name: asBytes(argv.join(' ')) })];
  return complaints.flatMap((complaint) => {
    const [code, ...values] = complaint.trimEnd().split(BETWEEN_VALUES) as [ComplaintCode, ...string[]];
    return complaintMessages(argv, code, values);
  });
}

function complaintMessages(
  argv: readonly string[],
  code: ComplaintCode,
  [value = '', given = '']: readonly string[],
): readonly Message[] {
  switch (code) {
    case 'misuse.no-command':
      return [error(code)];
    case 'misuse.no-such-command':
      return [unknownCommand(value.split(', ')[0] ?? '')];
    case 'misuse.value-missing':
      return [error(code, { name: `--${asBytes(value)}` })];
    case 'misuse.unknown':
      return value.split(', ').map((name) => unknownOption(argv, name));
    case 'misuse.choices':
      return given
        .slice(1, -1)
        .split('", "')
        .map((one) => wrongChoice(value, one));
  }
}

/** That there is no such command, with the one that was probably meant. */
function unknownCommand(given: string): Message {
  const near = didYouMean(
    given,
    COMMANDS.map(({ name }) => name),
  );
  const name = asBytes(given);
  return near === undefined
    ? error('misuse.no-such-command', { name })
    : error('misuse.no-such-command-near', { name, near });
}

/** An option that there is not, or not for this command. */
function unknownOption(argv: readonly string[], key: string): Message {
  const isLong = argv.some((word) => word === `--${key}` || word.startsWith(`--${key}=`));
  const given = `${isLong ? '--' : '-'}${key}`;
  const name = asBytes(given);
  const takers = COMMANDS.filter(({ options }) => options.some((option) => isOption(option, given)));
  const [command = ''] = argv;
  if (takers.length > 0)
    return error('misuse.not-taken', { name, command, takers: takers.map((taker) => taker.name).join(', ') });
  const taken = COMMANDS.find((one) => one.name === command)?.options ?? [];
  const near = didYouMean(key, [...taken, ...COMMON_OPTIONS, 'help', 'version']);
  return near === undefined
    ? error('misuse.unknown', { name })
    : error('misuse.unknown-near', { name, near: `--${near}` });
}

function isOption(name: OptionName, given: string): boolean {
  const { alias }: OptionDefinition = OPTIONS[name];
  return given === `--${name}` || given === `-${alias}`;
}

function wrongChoice(option: string, given: string): Message {
  const choices =
    Object.entries<OptionDefinition>(OPTIONS).find(([name]) => name === option)?.[1].choices ?? [];
  const near = didYouMean(given, choices);
  const data = { name: `--${option}`, given: asBytes(given), choices: choices.join(', ') };
  return near === undefined ? error('misuse.choices', data) : error('misuse.choices-near', { ...data, near });
}

/** The command table as yargs has it. It neither prints nor exits. */
export function commandParser() {
  const parser = yargs()
    .scriptName('bootmend')
    .locale('en')
    .updateStrings(complaintTemplates())
    .parserConfiguration(PARSER_CONFIGURATION)
    .version(false)
    .help(false)
    .exitProcess(false)
    .demandCommand(1, templateOf('misuse.no-command'))
    .strictOptions()
    .strictCommands();
  for (const name of COMMON_OPTIONS) parser.option(name, optionOf(name));
  for (const { name, positional, options } of COMMANDS) {
    parser.command(positional === undefined ? name : `${name} ${positional}`, '', (command) => {
      for (const option of options) command.option(option, optionOf(option));
      return positional === undefined
        ? command
        : command.positional(positional.replaceAll(/[<>[\].]/g, ''), { type: 'string' });
    });
  }
  return parser;
}

/** Our codes and values in the place of yargs's own sentences. Its types leave out that one is kept in two numbers. */
function complaintTemplates(): Readonly<Record<string, string>> {
  const unknown: unknown = { one: templateOf('misuse.unknown'), other: templateOf('misuse.unknown') };
  const noCommand: unknown = {
    one: templateOf('misuse.no-such-command'),
    other: templateOf('misuse.no-such-command'),
  };
  return {
    'Not enough arguments following: %s': templateOf('misuse.value-missing'),
    'Argument: %s, Given: %s, Choices: %s': templateOf('misuse.choices'),
    'Unknown argument: %s': unknown as string,
    'Unknown command: %s': noCommand as string,
  };
}

function templateOf(code: ComplaintCode): string {
  return BEFORE_COMPLAINT + [code, ...VALUES[code].map(() => '%s')].join(BETWEEN_VALUES);
}

function optionOf(name: OptionName) {
  const option: OptionDefinition = OPTIONS[name];
  const isFlag = option.type === 'flag';
  return {
    type: isFlag ? ('boolean' as const) : ('string' as const),
    ...(isFlag ? {} : { requiresArg: true, nargs: 1 }),
    ...(option.type === 'list' ? { array: true } : {}),
    ...(option.alias === undefined ? {} : { alias: option.alias }),
    ...(option.choices === undefined ? {} : { choices: option.choices }),
  };
}
