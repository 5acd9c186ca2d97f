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
import type * as English from './man-page-prose.ts';

/** What the page says beyond the command table and the catalogue, in one language. */
export type ManPageProse = typeof English;

/**
 * The manual page in the language of man(7), ending in a newline. Commands and options are those of the command table, in
 * the words of the help.
 *
 * @param say the catalogue of the language that the prose is in
 */
export function manPage(say: Say, version: string, prose: ManPageProse): string {
  const { TITLES, FILES, ENVIRONMENT } = prose;
  return [
    `.TH BOOTMEND 8 "" "bootmend ${version}" "${roff(TITLES.section)}"\n${TITLES.setup}`.trimEnd(),
    section(TITLES.name, `bootmend \\- ${roff(prose.PURPOSE)}`),
    section(TITLES.synopsis, ...COMMANDS.map((command) => `${usageLine(command)}\n.br`), HELP_USAGE),
    section(TITLES.description, paragraphs([say('about'), ...prose.DESCRIPTION])),
    section(TITLES.commands, ...COMMANDS.map((command) => commandItem(command, say, prose)), remedies(prose)),
    section(TITLES.options, ...optionLists(say, prose)),
    section(TITLES.exitStatus, ...exitItems(prose)),
    section(TITLES.files, ...FILES.map(({ term, description }) => item(italic(roff(term)), description))),
    section(
      TITLES.environment,
      ...ENVIRONMENT.map(({ term, description }) => item(bold(roff(term)), description)),
    ),
    section(TITLES.examples, ...prose.EXAMPLES.map(example)),
    section(TITLES.seeAlso, prose.SEE_ALSO.map(reference).join(',\n')),
    '',
  ].join('\n');
}

const HELP_USAGE = `${bold('bootmend help')} [${italic('COMMAND')}]`;

function section(title: string, ...blocks: readonly string[]): string {
  return [`.SH ${roff(title)}`, ...blocks].join('\n');
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

function commandItem(command: CommandDefinition, say: Say, { TITLES }: ManPageProse): string {
  const options = command.options.map((name) => `\`--${name}\``).join(', ');
  const about = say(`about.${command.name}`);
  return item(
    usage(command),
    about,
    ...(options === '' ? [] : [`${TITLES.optionsOf}${options}${TITLES.stop}`]),
  );
}

function remedies({ REMEDIES, CHOICE, TITLES }: ManPageProse): string {
  const items = REMEDIES.map(({ term, description }) => item(bold(roff(term)), description));
  return [`.SS ${roff(TITLES.remedies)}`, prose(CHOICE), ...items].join('\n');
}

/** First what every command takes, then the rest, each option once. */
function optionLists(say: Say, { TITLES }: ManPageProse): readonly string[] {
  const own = (Object.keys(OPTIONS) as OptionName[]).filter((name) => !COMMON_OPTIONS.includes(name));
  return [
    `.SS ${roff(TITLES.commonOptions)}`,
    ...commonRows(say).map((row) => optionItem(row, TITLES.stop)),
    `.SS ${roff(TITLES.ownOptions)}`,
    ...optionRows(own, say).map((row) => optionItem(row, TITLES.stop)),
  ];
}

function optionItem({ term, description }: Row, stop: string): string {
  const words = term.split(' ').map((word) => {
    if (word.startsWith('-'))
      return word.endsWith(',') ? `${bold(roff(word.slice(0, -1)))},` : bold(roff(word));
    return word.includes('|') ? word.split('|').map(roff).map(bold).join('|') : italic(roff(word));
  });
  return item(words.join(' '), `${description}${stop}`);
}

function exitItems({ EXIT_STATUS }: ManPageProse): readonly string[] {
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
  const marked = breakable(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? bold(roff(part)) : roff(part)));
  return marked.join('').replaceAll(/(?<=[.:;]) (?=[A-Z"\\])/g, '\n');
}

const BREAK = '\u200b';

/** Text that may be broken between Chinese characters, but not before a closing mark or behind an opening one. */
function breakable(text: string): string {
  return text.replaceAll(
    /(?<=[\u4e00-\u9fff，。；：、）])(?=[\u4e00-\u9fff（\w`/])|(?<=[\w`])(?=[\u4e00-\u9fff（])/g,
    BREAK,
  );
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
  [BREAK]: '\\:',
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
