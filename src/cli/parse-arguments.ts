import yargs from 'yargs';
import type { Say } from '../report/messages/catalogue.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandName,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
} from './command-table.ts';
import type { Invocation, InvocationOptions } from './invocation.ts';

export type ParsedArguments =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'misuse'; readonly text: string };

/** Kernel words are text and hold dots, dashes and numbers that mean nothing to us. */
const PARSER_CONFIGURATION = {
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'dot-notation': false,
  'camel-case-expansion': false,
  'duplicate-arguments-array': true,
  'populate--': true,
};

/** Words that yargs itself says, by its own key, where the catalogue has them. */
const PARSER_WORDS = [
  'Commands:',
  'Options:',
  'Positionals:',
  'boolean',
  'string',
  'array',
  'required',
  'choices:',
  'Show help',
  'Show version number',
] as const;

/**
 * Read our own command line.
 *
 * @param argv without the interpreter and the script
 * @param columns the width that help is wrapped to
 */
export async function parseArguments(
  argv: readonly string[],
  say: Say,
  columns: number,
): Promise<ParsedArguments> {
  let invocation: Invocation | undefined;
  let misuse: string | undefined;
  let help = '';
  const parser = yargs([...argv])
    .scriptName('bootmend')
    .usage(say('usage'))
    .locale('en')
    .updateStrings(Object.fromEntries(PARSER_WORDS.map((word) => [word, say(`parser.${word}`)])))
    .parserConfiguration(PARSER_CONFIGURATION)
    .wrap(columns)
    .version(false)
    .alias('help', 'h')
    .describe('help', say('option.help'))
    .exitProcess(false)
    .demandCommand(1, say('usage.no-command'))
    .strict()
    .fail((message, error) => {
      misuse = message ?? error?.message ?? '';
      throw error ?? new Error(misuse);
    });
  for (const name of COMMON_OPTIONS) parser.option(name, optionOf(name, say));
  for (const { name, positional, options } of COMMANDS) {
    parser.command(
      positional === undefined ? name : `${name} ${positional}`,
      say(`command.${name}`),
      (command) => {
        for (const option of options) command.option(option, optionOf(option, say));
        return positional === undefined
          ? command
          : command.positional(positionalName(positional), { type: 'string' });
      },
      (parsed) => {
        invocation = invocationOf(name, positional, parsed);
      },
    );
  }
  try {
    await parser.parseAsync([...argv], {}, (_error, _parsed, output) => {
      help = output;
    });
  } catch (error) {
    if (misuse === undefined) throw error;
  }
  if (misuse !== undefined) return { kind: 'misuse', text: misuse };
  if (invocation !== undefined) return { kind: 'invocation', invocation };
  return { kind: 'help', text: help };
}

function optionOf(name: OptionName, say: Say) {
  const option: OptionDefinition = OPTIONS[name];
  const isFlag = option.type === 'flag';
  return {
    type: isFlag ? ('boolean' as const) : ('string' as const),
    describe: say(`option.${name}`),
    ...(isFlag ? {} : { requiresArg: true, nargs: 1 }),
    ...(option.type === 'list' ? { array: true } : {}),
    ...(option.alias === undefined ? {} : { alias: option.alias }),
    ...(option.choices === undefined ? {} : { choices: option.choices }),
  };
}

function positionalName(positional: string): string {
  return positional.replaceAll(/[<>[\].]/g, '');
}

function invocationOf(
  name: CommandName,
  positional: string | undefined,
  parsed: Record<string, unknown>,
): Invocation {
  const given = positional === undefined ? [] : texts(parsed[positionalName(positional)]);
  return { command: name, words: [...given, ...texts(parsed['--'])], options: optionsOf(parsed) };
}

function optionsOf(parsed: Record<string, unknown>): InvocationOptions {
  const flag = (name: OptionName) => texts(parsed[name]).at(-1) === 'true';
  const text = (name: OptionName) => texts(parsed[name]).at(-1);
  return {
    root: text('root'),
    json: flag('json'),
    color: parsed.color !== false,
    lang: text('lang'),
    redact: flag('redact'),
    quiet: flag('quiet'),
    verbose: flag('verbose'),
    'dry-run': flag('dry-run'),
    check: flag('check'),
    yes: flag('yes'),
    remedy: text('remedy'),
    entries: text('entries'),
    accept: texts(parsed.accept),
    regenerate: flag('regenerate'),
    force: flag('force'),
    'words-only': flag('words-only'),
    list: flag('list'),
    kernel: text('kernel'),
    image: text('image'),
    'system-map': text('system-map'),
    release: text('release'),
  };
}

function texts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
