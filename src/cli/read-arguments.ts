import parse from 'yargs-parser';
import { error } from '../report/message.ts';
import type { Message } from '../report/report.ts';
import { asBytes } from './argument-bytes.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandDefinition,
  type CommandName,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
} from './command-table.ts';
import type { Invocation, InvocationOptions } from './invocation.ts';

/** What the arguments ask for, or what is wrong with them. */
export type ArgumentsReading =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  /** Help is asked for: of one command, or of all. */
  | { readonly kind: 'help'; readonly topic: CommandName | undefined; readonly isJson: boolean }
  | Misuse;

/** Arguments that can't be followed. */
export interface Misuse {
  readonly kind: 'misuse';
  /** The command, where one is named. */
  readonly command: CommandName | undefined;
  /** As far as they were understood. */
  readonly options: InvocationOptions;
  /** What is wrong, where yargs would let it pass. */
  readonly message: Message | undefined;
}

/** Kernel words are text and hold dots, dashes and numbers that mean nothing to us. */
export const PARSER_CONFIGURATION = {
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'dot-notation': false,
  'camel-case-expansion': false,
  'boolean-negation': false,
  'duplicate-arguments-array': true,
  'populate--': true,
};

const DEFINITIONS = Object.entries<OptionDefinition>(OPTIONS);
const FLAGS = ['help', ...DEFINITIONS.filter(([, { type }]) => type === 'flag').map(([name]) => name)];
const VALUED = DEFINITIONS.filter(([, { type }]) => type !== 'flag').map(([name]) => name);
const SINGLE = DEFINITIONS.filter(([, { type }]) => type === 'text').map(([name]) => name);
const ALIASES = new Map(
  DEFINITIONS.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[alias, name] as const])),
);

/**
 * Read our own command line with the parser inside yargs. An ordinary run needs no more; yargs itself, which takes as long
 * to load as Node does, only says what is wrong (docs/decisions/0004-two-readers-of-one-table.md).
 *
 * @param argv without the interpreter and the script
 */
export function readArguments(argv: readonly string[]): ArgumentsReading {
  const { argv: parsed, error: failure } = parse.detailed([...argv], {
    boolean: FLAGS,
    string: VALUED,
    array: DEFINITIONS.filter(([, { type }]) => type === 'list').map(([name]) => name),
    narg: Object.fromEntries(VALUED.map((name) => [name, 1])),
    alias: { h: 'help', ...Object.fromEntries(ALIASES) },
    configuration: PARSER_CONFIGURATION,
  });
  const [first = '', ...given] = parsed._.map(String);
  const command = commandNamed(first);
  const isJson = texts(parsed['json']).at(-1) === 'true';
  if (parsed['help'] === true) return { kind: 'help', topic: command?.name, isJson };
  if (first === 'help') return helpReading(given, parsed);
  const words = [...given, ...texts(parsed['--'])];
  const message =
    flagWithValue(argv) ??
    emptyValue(parsed) ??
    givenTwice(parsed) ??
    missingCompanion(parsed) ??
    wordMiscount(command, words.length) ??
    emptyWord(command, words, parsed) ??
    watchMisuse(command, words, parsed);
  const isUnderstood = failure === null && command !== undefined && takesOptions(command, parsed);
  const options = optionsOf(parsed);
  if (!isUnderstood || message !== undefined) {
    return { kind: 'misuse', command: command?.name, options, message };
  }
  const invocation = { command: command.name, words: words.map(asBytes), options };
  return { kind: 'invocation', invocation };
}

/** `help` alone or with one command. */
function helpReading(
  [topic, ...more]: readonly string[],
  parsed: Readonly<Record<string, unknown>>,
): ArgumentsReading {
  const command = commandNamed(topic);
  const message =
    topic !== undefined && command === undefined ? undefined : complaint('misuse.words-left', 'help');
  const isUnderstood = more.length === 0 && (topic === undefined || command !== undefined);
  return isUnderstood
    ? { kind: 'help', topic: command?.name, isJson: optionsOf(parsed).json }
    : { kind: 'misuse', command: undefined, options: optionsOf(parsed), message };
}

/** yargs takes `--yes=maybe` for no. */
function flagWithValue(argv: readonly string[]): Message | undefined {
  const end = argv.indexOf('--');
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    const [given, option = '', name = '', value = ''] = /^(--?([^=]+))=(.*)$/s.exec(word) ?? [];
    const isFlag = given !== undefined && FLAGS.includes(ALIASES.get(name) ?? name);
    if (isFlag && value !== 'true' && value !== 'false') return complaint('misuse.flag-value', option);
  }
  return undefined;
}

function emptyValue(parsed: Readonly<Record<string, unknown>>): Message | undefined {
  const name = VALUED.find((option) => texts(parsed[option]).includes(''));
  return name === undefined ? undefined : complaint('misuse.value-empty', `--${name}`);
}

/** yargs takes the last one. */
function givenTwice(parsed: Readonly<Record<string, unknown>>): Message | undefined {
  const name = SINGLE.find((option) => texts(parsed[option]).length > 1);
  return name === undefined ? undefined : complaint('misuse.given-twice', `--${name}`);
}

/** An option that says nothing without another one. */
function missingCompanion(parsed: Readonly<Record<string, unknown>>): Message | undefined {
  for (const [name, { needs }] of DEFINITIONS) {
    if (needs === undefined || !isGiven(parsed, name) || isGiven(parsed, needs)) continue;
    return error('misuse.needs-option', { name: `--${name}`, other: `--${needs}` });
  }
  return undefined;
}

function isGiven(parsed: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = texts(parsed[name]).at(-1);
  return value !== undefined && value !== 'false';
}

/** yargs doesn't count the words behind `--`. */
function wordMiscount(command: CommandDefinition | undefined, count: number): Message | undefined {
  if (command === undefined) return undefined;
  const { name, positional = '' } = command;
  const least = positional.startsWith('<') ? 1 : 0;
  const most = positional === '' ? 0 : positional.includes('..') ? Number.POSITIVE_INFINITY : 1;
  if (count < least) return complaint('misuse.words-missing', name);
  return count > most ? complaint('misuse.words-left', name) : undefined;
}

/** A word for the command line that has no name: `''`, `=`, `=value`. */
function emptyWord(
  command: CommandDefinition | undefined,
  words: readonly string[],
  parsed: Readonly<Record<string, unknown>>,
): Message | undefined {
  if (command?.name !== 'set' && command?.name !== 'unset') return undefined;
  const isNameless = (word: string): boolean => word.trim() === '' || /^"?=/.test(word);
  const found = [...words, ...texts(parsed['unset'])].some(isNameless);
  return found ? complaint('misuse.word-empty', command.name) : undefined;
}

/** Seconds are for `--watch`, which looks at one host. */
function watchMisuse(
  command: CommandDefinition | undefined,
  words: readonly string[],
  parsed: Readonly<Record<string, unknown>>,
): Message | undefined {
  const [seconds] = words;
  if (command?.name !== 'status') return undefined;
  if (!isGiven(parsed, 'watch'))
    return seconds === undefined ? undefined : complaint('misuse.words-left', 'status');
  if (isGiven(parsed, 'host')) return error('misuse.watch-here', { name: '--host' });
  const isTime = seconds === undefined || (/^\d+(?:\.\d+)?$/.test(seconds) && Number(seconds) > 0);
  return isTime ? undefined : error('misuse.seconds', { name: asBytes(seconds) });
}

/** The complaints that name what they are about. */
type Complaint = 'flag-value' | 'given-twice' | 'value-empty' | 'word-empty' | 'words-left' | 'words-missing';

function complaint(code: `misuse.${Complaint}`, name: string): Message {
  return error(code, { name: asBytes(name) });
}

function commandNamed(name: string | undefined): CommandDefinition | undefined {
  return COMMANDS.find((definition) => definition.name === name);
}

function takesOptions(command: CommandDefinition, parsed: Readonly<Record<string, unknown>>): boolean {
  const known: readonly string[] = [...COMMON_OPTIONS, ...command.options];
  for (const [key, value] of Object.entries(parsed)) {
    if (key === '_' || key === '--') continue;
    const name = ALIASES.get(key) ?? key;
    if (!known.includes(name)) return false;
    const choices = DEFINITIONS.find(([option]) => option === name)?.[1].choices;
    if (choices !== undefined && !texts(value).every((text) => choices.includes(text))) return false;
  }
  return true;
}

/** The options of a command line that the parser, alone or within yargs, took apart. */
export function optionsOf(parsed: Readonly<Record<string, unknown>>): InvocationOptions {
  const flag = (name: OptionName) => texts(parsed[name]).at(-1) === 'true';
  const text = (name: OptionName) => texts(parsed[name]).at(-1);
  const bytes = (name: OptionName) => texts(parsed[name]).map(asBytes).at(-1);
  return {
    root: text('root'),
    host: texts(parsed['host']),
    'ssh-config': text('ssh-config'),
    sudo: flag('sudo'),
    forks: text('forks'),
    json: flag('json'),
    color: text('color'),
    'no-color': flag('no-color'),
    lang: text('lang'),
    redact: flag('redact'),
    quiet: flag('quiet'),
    verbose: flag('verbose'),
    'dry-run': flag('dry-run'),
    check: flag('check'),
    yes: flag('yes'),
    problem: text('problem'),
    remedy: text('remedy'),
    entries: entriesNamed(bytes('entries')),
    unset: texts(parsed['unset']).map(asBytes),
    accept: texts(parsed['accept']),
    plan: text('plan'),
    regenerate: flag('regenerate'),
    log: text('log'),
    trial: flag('trial'),
    'at-boot': flag('at-boot'),
    'check-command': text('check-command'),
    force: flag('force'),
    'words-only': flag('words-only'),
    all: flag('all'),
    watch: flag('watch'),
    list: flag('list'),
    kernel: bytes('kernel'),
    image: text('image'),
    'system-map': text('system-map'),
    release: bytes('release'),
  };
}

/** What grubby calls the entries that we call `all` and `default` (grubby(8), --update-kernel). */
const GRUBBY_NAMES: Readonly<Record<string, string>> = { ALL: 'all', DEFAULT: 'default' };

function entriesNamed(which: string | undefined): string | undefined {
  return which === undefined ? undefined : (GRUBBY_NAMES[which] ?? which);
}

function texts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
