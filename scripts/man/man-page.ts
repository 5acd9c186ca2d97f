import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandDefinition,
  OPTIONS,
  type OptionName,
} from '../../src/cli/command-table.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { commonRows, optionRows, type Row, usageOf } from '../../src/cli/help-text.ts';
import type { Say } from '../../src/report/messages/catalogue.ts';
import {
  CHOICE,
  DESCRIPTION,
  ENVIRONMENT,
  EXAMPLES,
  EXIT_STATUS,
  FILES,
  PURPOSE,
  REMEDIES,
  SEE_ALSO,
} from './man-page-prose.ts';

/**
 * The manual page in the language of man(7), ending in a newline. Commands and options are those of the command table, in
 * the words of the help.
 *
 * @param say the English catalogue
 */
export function manPage(say: Say, version: string): string {
  return [
    `.TH BOOTMEND 8 "" "bootmend ${version}" "System Administration"`,
    section('NAME', `bootmend \\- ${roff(PURPOSE)}`),
    section('SYNOPSIS', ...COMMANDS.map((command) => `${usageLine(command)}\n.br`), HELP_USAGE),
    section('DESCRIPTION', paragraphs([say('about'), ...DESCRIPTION])),
    section('COMMANDS', ...COMMANDS.map((command) => commandItem(command, say)), remedies()),
    section('OPTIONS', ...optionLists(say)),
    section('EXIT STATUS', ...exitItems()),
    section('FILES', ...FILES.map(({ term, description }) => item(italic(roff(term)), description))),
    section(
      'ENVIRONMENT',
      ...ENVIRONMENT.map(({ term, description }) => item(bold(roff(term)), description)),
    ),
    section('EXAMPLES', ...EXAMPLES.map(example)),
    section('SEE ALSO', SEE_ALSO.map(reference).join(',\n')),
    '',
  ].join('\n');
}

const HELP_USAGE = `${bold('bootmend help')} [${italic('COMMAND')}]`;

function section(title: string, ...blocks: readonly string[]): string {
  return [`.SH ${title}`, ...blocks].join('\n');
}

/** A term and, indented, what it means. */
function item(term: string, ...texts: readonly string[]): string {
  const [first = '', ...more] = texts.map(prose);
  return ['.TP', term, first, ...more.map((text) => `.IP\n${text}`)].join('\n');
}

function paragraphs(texts: readonly string[]): string {
  return texts.map(prose).join('\n.PP\n');
}

function usageLine(command: CommandDefinition): string {
  return `${bold('bootmend')} ${usage(command)} [${italic('OPTION')}]...`;
}

/** The name in bold, what is to be replaced in italics. */
function usage(command: CommandDefinition): string {
  const [name = '', ...words] = usageOf(command).split(' ');
  return [bold(name), ...words.map((word) => word.replaceAll(/[A-Z]+/g, italic))].join(' ');
}

function commandItem(command: CommandDefinition, say: Say): string {
  const options = command.options.map((name) => `\`--${name}\``).join(', ');
  const about = say(`about.${command.name}`);
  return item(usage(command), about, ...(options === '' ? [] : [`Options: ${options}.`]));
}

function remedies(): string {
  const items = REMEDIES.map(({ term, description }) => item(bold(roff(term)), description));
  return ['.SS Remedies', prose(CHOICE), ...items].join('\n');
}

/** First what every command takes, then the rest, each option once. */
function optionLists(say: Say): readonly string[] {
  const own = (Object.keys(OPTIONS) as OptionName[]).filter((name) => !COMMON_OPTIONS.includes(name));
  return [
    '.SS Options of every command',
    ...commonRows(say).map(optionItem),
    '.SS Options of single commands',
    ...optionRows(own, say).map(optionItem),
  ];
}

function optionItem({ term, description }: Row): string {
  const words = term.split(' ').map((word) => {
    if (word.startsWith('-'))
      return word.endsWith(',') ? `${bold(roff(word.slice(0, -1)))},` : bold(roff(word));
    return word.includes('|') ? word.split('|').map(roff).map(bold).join('|') : italic(roff(word));
  });
  return item(words.join(' '), `${description}.`);
}

function exitItems(): readonly string[] {
  return Object.entries(EXIT).map(([name, code]) =>
    item(bold(String(code)), EXIT_STATUS[name as keyof typeof EXIT]),
  );
}

function example({ term, description }: Row): string {
  return `.PP\n${prose(description)}\n.PP\n.RS 4\n.nf\n${roff(term)}\n.fi\n.RE`;
}

/** `name(8)` with the name in bold. */
function reference(page: string): string {
  return page.replace(/^[^(]+/, (name) => bold(roff(name)));
}

/** A sentence a line, as roff wants it; what stands between backquotes in bold. */
function prose(text: string): string {
  const marked = text.split('`').map((part, index) => (index % 2 === 1 ? bold(roff(part)) : roff(part)));
  return marked.join('').replaceAll(/(?<=[.:;]) (?=[A-Z"\\])/g, '\n');
}

function bold(roffText: string): string {
  return `\\fB${roffText}\\fR`;
}

function italic(roffText: string): string {
  return `\\fI${roffText}\\fR`;
}

/** Characters that roff would take for commands or print as others (groff_char(7)). */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** Text as it is to be printed. A line that begins with a full stop would be a command. */
function roff(text: string): string {
  return text
    .replaceAll(/[\\\-'`^~]|[^\n\x20-\x7e]/gu, (character) => SPECIAL[character] ?? unicode(character))
    .replaceAll(/^\./gm, '\\&.');
}

function unicode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\[u${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
