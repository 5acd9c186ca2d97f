import yargs from 'yargs';
import type { Say } from '../report/messages/catalogue.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
} from './command-table.ts';
import { PARSER_CONFIGURATION } from './read-arguments.ts';

/** What yargs says, by its own key, and the sentence of ours; `%s` is where yargs puts a value. */
const SENTENCES = {
  'Not enough arguments following: %s': 'misuse.value-missing',
  'Invalid values:': 'misuse.no-choice',
  'Argument: %s, Given: %s, Choices: %s': 'misuse.choices',
} as const;

/**
 * What is wrong with a command line that `readArguments` did not understand, in one line.
 *
 * @param argv without the interpreter and the script, beginning with the command where there is one
 */
export async function explainMisuse(argv: readonly string[], say: Say): Promise<string> {
  let misuse: string | undefined;
  const parser = commandParser(say).fail((message, error) => {
    misuse ??= message ?? error.message;
    throw error ?? new Error(misuse);
  });
  try {
    await parser.parseAsync([...argv]);
  } catch (error) {
    if (misuse === undefined) throw error;
  }
  return (misuse ?? say('misuse.unknown')).replaceAll(/\s+/g, ' ');
}

/** The command table as yargs has it. It neither prints nor exits. */
export function commandParser(say: Say) {
  const parser = yargs()
    .scriptName('bootmend')
    .locale('en')
    .updateStrings(parserStrings(say))
    .parserConfiguration(PARSER_CONFIGURATION)
    .version(false)
    .help(false)
    .exitProcess(false)
    .demandCommand(1, say('usage.no-command'))
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

function parserStrings(say: Say) {
  const unknown = say('misuse.unknown');
  const others = Object.entries(SENTENCES).map(([key, code]) => [key, say(code)]);
  return { ...Object.fromEntries(others), 'Unknown argument: %s': { one: unknown, other: unknown } };
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
