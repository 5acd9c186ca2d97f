import type { Say } from '../report/messages/catalogue.ts';
import { displayWidth, padText, wrapText } from '../report/wrap-text.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandDefinition,
  type CommandName,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
} from './command-table.ts';

/** A term and what it means. */
export interface Row {
  readonly term: string;
  readonly description: string;
}

/**
 * The help of one command, or of all, ending in a newline. yargs can't show what stands for an option's value, so it is
 * written here.
 *
 * @param topic undefined for the overview
 * @param columns the width that it is wrapped to
 */
export function helpText(topic: CommandName | undefined, say: Say, columns: number): string {
  const command = COMMANDS.find(({ name }) => name === topic);
  return command === undefined ? overview(say, columns) : commandHelp(command, say, columns);
}

/** The command with the words that follow it, such as `set WORD...`. */
export function usageOf({ name, positional = '' }: CommandDefinition): string {
  const words = positional.replaceAll(/[<>]/g, '').replace('..', '...');
  return words === '' ? name : `${name} ${words}`;
}

/** One row for each option. */
export function optionRows(names: readonly OptionName[], say: Say): readonly Row[] {
  return names.map((name) => ({ term: optionTerm(name, OPTIONS[name]), description: say(`option.${name}`) }));
}

/** `-q, --quiet`, `--root DIR`, `--lang en|zh-CN`. */
function optionTerm(name: string, { alias, choices, placeholder }: OptionDefinition): string {
  const short = alias === undefined ? '' : `-${alias}, `;
  const value = placeholder ?? choices?.join('|');
  return `${short}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function overview(say: Say, columns: number): string {
  const commands = COMMANDS.map((command) => ({
    term: usageOf(command),
    description: say(`command.${command.name}`),
  }));
  return page([
    [`${say('help.usage')} bootmend ${say('help.command')} [${say('help.option')}]...`],
    wrapText(say('about'), columns),
    [say('help.commands'), ...table(commands, columns)],
    [say('help.common-options'), ...table(commonRows(say), columns)],
    wrapText(say('help.more'), columns),
  ]);
}

function commandHelp(command: CommandDefinition, say: Say, columns: number): string {
  const own = optionRows(command.options, say);
  return page([
    [`${say('help.usage')} bootmend ${usageOf(command)} [${say('help.option')}]...`],
    wrapText(say(`about.${command.name}`), columns),
    ...(own.length === 0 ? [] : [[say('help.options'), ...table(own, columns)]]),
    [say('help.common-options'), ...table(commonRows(say), columns)],
  ]);
}

/** What every command takes; `--help` and `--version` are answered before any command is looked for. */
export function commonRows(say: Say): readonly Row[] {
  return [
    ...optionRows(COMMON_OPTIONS, say),
    { term: '-h, --help', description: say('option.help') },
    { term: '-V, --version', description: say('option.version') },
  ];
}

function page(blocks: readonly (readonly string[])[]): string {
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const INDENT = '  ';
const WIDEST_TERM = 26;

/** Two columns; a term that is too wide for the first has a line of its own. */
function table(rows: readonly Row[], columns: number): readonly string[] {
  const widths = rows.map(({ term }) => displayWidth(term)).filter((width) => width <= WIDEST_TERM);
  const left = INDENT.length + Math.max(0, ...widths) + INDENT.length;
  return rows.flatMap(({ term, description }) => {
    const [first = '', ...more] = wrapText(description, Math.max(columns - left, 20));
    const rest = more.map((line) => ' '.repeat(left) + line);
    const isWide = displayWidth(term) > WIDEST_TERM;
    if (isWide) return [INDENT + term, ' '.repeat(left) + first, ...rest];
    return [padText(INDENT + term, left) + first, ...rest];
  });
}
