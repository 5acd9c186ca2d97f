import { expandOptions } from '../grub/loader-entry/expand-options.ts';
import {
  type LoaderEntry,
  loaderEntryFields,
  optionFields,
  optionsWords,
  printLoaderEntry,
} from '../grub/loader-entry/loader-entry.ts';
import type { LoaderEntryReader, OptionWord } from '../grub/loader-entry/option-text.ts';
import { loaderCmdline } from '../grub/script/loader-cmdline.ts';
import { positionAt, risingLines } from '../grub/text-position.ts';
import { grubWords } from '../grub/word/grub-words.ts';
import type { OptionsLine, OptionsPlace, OptionsWord } from './boot-entry.ts';

/** A variable of GRUB's that options can name. */
export interface OptionVariable {
  readonly value: string;
  /** `path:line` where it was set. */
  readonly from: string;
}

/** Taken for an entry without options of its own. Source: create_entry() of Red Hat's grub-core/commands/blscfg.c. */
const DEFAULT_OPTIONS = 'default_kernelopts';

/**
 * The words that an entry file hands to its kernel, each with the place that it comes from.
 *
 * @param path links resolved
 * @param variables those that are set when GRUB reads the entry; of no account for systemd-boot
 */
export function readOptionsLine(
  entry: LoaderEntry,
  path: string,
  reader: LoaderEntryReader,
  variables: ReadonlyMap<string, OptionVariable>,
  isConditional: boolean,
): OptionsLine {
  const words =
    reader === 'systemd-boot' ? ownWords(entry, path, reader) : grubOptions(entry, path, reader, variables);
  const texts = words.map(({ text }) => text);
  return {
    format: 'loader-entry',
    path,
    reader,
    images: imagesOf(entry, reader),
    words,
    cmdline: reader === 'systemd-boot' ? joinedOptions(entry) : loaderCmdline(texts, isRedHat(reader)),
    isConditional,
  };
}

/** systemd-boot puts one blank between the lines of options, and leaves those within them (config_entry_add_type1 of boot.c). */
function joinedOptions(entry: LoaderEntry): string {
  return optionFields(entry, 'systemd-boot')
    .map(({ value }) => value)
    .join(' ');
}

function isRedHat(reader: LoaderEntryReader): boolean {
  return reader === 'grub-el8';
}

function imagesOf(entry: LoaderEntry, reader: LoaderEntryReader): readonly string[] {
  return loaderEntryFields(entry, reader).flatMap(({ key, value }) => {
    if (key === 'linux') return [value];
    return key === 'initrd'
      ? value.split(/[ \t]+/).filter((image) => image !== '' && !image.includes('$'))
      : [];
  });
}

function ownWords(entry: LoaderEntry, path: string, reader: LoaderEntryReader): readonly OptionsWord[] {
  const text = printLoaderEntry(entry);
  const lineAt = risingLines(text);
  return optionsWords(entry, reader).map((word, option) => {
    const source = text.slice(word.start, word.end);
    const place = { kind: 'option', option } as const;
    return { text: word.text, source, from: `${path}:${lineAt(word.start)}`, place };
  });
}

function grubOptions(
  entry: LoaderEntry,
  path: string,
  reader: LoaderEntryReader,
  variables: ReadonlyMap<string, OptionVariable>,
): readonly OptionsWord[] {
  const text = printLoaderEntry(entry);
  const [field] = optionFields(entry, reader);
  const values = new Map([...variables].map(([name, { value }]) => [name, value]));
  const whole = field === undefined ? undefined : expandOptions(field.value, values);
  if (field === undefined || whole === undefined) {
    return variableWords(DEFAULT_OPTIONS, undefined, reader, variables);
  }
  const from = `${path}:${positionAt(text, field.offset).line}`;
  const words = optionsWords(entry, reader).flatMap((word, option) => {
    return wordsOfOption(word, option, { from, text, reader, variables, values });
  });
  if (!field.value.includes('$')) return words;
  const made = splitWords(whole, from, { kind: 'mixed' }, reader);
  const isEach = words.length === made.length && words.every(({ text }, index) => text === made[index]?.text);
  return isEach ? words : made;
}

interface OptionsContext {
  /** Where the options stand, all of them on one line. */
  readonly from: string;
  readonly text: string;
  readonly reader: LoaderEntryReader;
  readonly variables: ReadonlyMap<string, OptionVariable>;
  readonly values: ReadonlyMap<string, string>;
}

function wordsOfOption(word: OptionWord, option: number, context: OptionsContext): readonly OptionsWord[] {
  const { from, text, reader, variables, values } = context;
  const source = text.slice(word.start, word.end);
  if (word.kind === 'plain') return [{ text: word.text, source, from, place: { kind: 'option', option } }];
  const name = /^\$([A-Za-z0-9_]+)$/.exec(source)?.[1];
  if (name !== undefined) return variableWords(name, option, reader, variables);
  return splitWords(expandOptions(source, values) ?? '', from, { kind: 'mixed' }, reader);
}

function variableWords(
  name: string,
  option: number | undefined,
  reader: LoaderEntryReader,
  variables: ReadonlyMap<string, OptionVariable>,
): readonly OptionsWord[] {
  const variable = variables.get(name);
  if (variable === undefined) return [];
  return splitWords(variable.value, variable.from, { kind: 'variable', name, option }, reader);
}

/** The words of a text whose every word comes from one place. */
function splitWords(
  text: string,
  from: string,
  place: OptionsPlace,
  reader: LoaderEntryReader,
): readonly OptionsWord[] {
  return grubWords(text, isRedHat(reader)).words.map((word) => {
    return { text: word.text, source: text.slice(word.start, word.end), from, place };
  });
}
