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
import { PARSER_CONFIGURATION } from './read-arguments.ts';

/** The values that yargs puts into each of its complaints, by our code. */
const VALUES = {
  'misuse.value-missing': ['name'],
  'misuse.choices': ['name', 'given', 'choices'],
  'misuse.unknown': ['words'],
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
  if (complaints.length === 0) return [error('misuse.unknown', { words: asBytes(argv.join(' ')) })];
  return complaints.map(complaintMessage);
}

function complaintMessage(complaint: string): Message {
  const [code, ...values] = complaint.trimEnd().split(BETWEEN_VALUES) as [ComplaintCode, ...string[]];
  const data = VALUES[code].map((name, index) => [name, asBytes(values[index] ?? '')]);
  return error(code, Object.fromEntries(data));
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
    .strict();
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
  return {
    'Not enough arguments following: %s': templateOf('misuse.value-missing'),
    'Argument: %s, Given: %s, Choices: %s': templateOf('misuse.choices'),
    'Unknown argument: %s': unknown as string,
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
