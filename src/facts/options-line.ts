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
import { positionAt } from '../grub/text-position.ts';
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
    cmdline: reader === 'systemd-boot' ? texts.join(' ') : loaderCmdline(texts, isRedHat(reader)),
    isConditional,
  };
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
  return optionsWords(entry, reader).map((word, option) => {
    const source = text.slice(word.start, word.end);
    const place = { kind: 'option', option } as const;
    return { text: word.text, source, from: fromPlace(path, text, word.start), place };
  });
}

function fromPlace(path: string, text: string, offset: number): string {
  return `${path}:${positionAt(text, offset).line}`;
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
  const words = optionsWords(entry, reader).flatMap((word, option) => {
    return wordsOfOption(word, option, { path, text, reader, variables, values });
  });
  const made = splitWords(whole, fromPlace(path, text, field.offset), { kind: 'mixed' }, reader);
  const isEach = words.length === made.length && words.every(({ text }, index) => text === made[index]?.text);
  return isEach ? words : made;
}

interface OptionsContext {
  readonly path: string;
  readonly text: string;
  readonly reader: LoaderEntryReader;
  readonly variables: ReadonlyMap<string, OptionVariable>;
  readonly values: ReadonlyMap<string, string>;
}

function wordsOfOption(word: OptionWord, option: number, context: OptionsContext): readonly OptionsWord[] {
  const { path, text, reader, variables, values } = context;
  const from = fromPlace(path, text, word.start);
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
