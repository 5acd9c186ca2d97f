import { type LoaderEntry, loaderEntryFields, parseLoaderEntry } from '../grub/loader-entry/loader-entry.ts';
import type { LoaderEntryReader } from '../grub/loader-entry/option-text.ts';
import { type EntryOrder, type OrderedEntry, sortLoaderEntries } from '../grub/menu/loader-entry-order.ts';
import type { EntryFile } from './boot-sources.ts';
import { lastAnswer } from './last-answer.ts';

/** An entry file that makes a line in the menu. */
export interface EntryFileReading extends OrderedEntry {
  readonly path: string;
  readonly entry: LoaderEntry;
  readonly title: string | undefined;
  /** The image, as the entry names it. */
  readonly linux: string;
}

/**
 * The entry files that boot Linux, from the top of the menu to its end. One without `linux` is left out: GRUB skips it,
 * and for systemd-boot it starts another program.
 *
 * @param texts by path, latin1
 */
export function readEntryFiles(
  files: readonly EntryFile[],
  texts: ReadonlyMap<string, string>,
  reader: LoaderEntryReader,
  order: EntryOrder,
): readonly EntryFileReading[] {
  const readings = files.flatMap((file) => readEntryFile(file, texts.get(file.path), reader) ?? []);
  const last = lastOrder.get(files);
  const isSame =
    last?.order === order &&
    last.readings.length === readings.length &&
    readings.every((reading, index) => reading === last.readings[index]);
  if (isSame) return last.sorted;
  const sorted = sortLoaderEntries(readings, order);
  lastOrder.set(files, { order, readings, sorted });
  return sorted;
}

interface OrderedReadings {
  readonly order: EntryOrder;
  readonly readings: readonly EntryFileReading[];
  readonly sorted: readonly EntryFileReading[];
}

/** Of the same files, read again, only the texts that were edited are new. */
const lastOrder = new WeakMap<readonly EntryFile[], OrderedReadings>();

const readEntryFile = lastAnswer(
  (
    { name, path }: EntryFile,
    text: string | undefined,
    reader: LoaderEntryReader,
  ): EntryFileReading | undefined => {
    if (text === undefined) return undefined;
    const entry = parseLoaderEntry(text);
    const fields = loaderEntryFields(entry, reader);
    const value = (key: string) => fields.find((field) => field.key === key)?.value;
    const linux = value('linux');
    if (linux === undefined) return undefined;
    const sorting = { version: value('version'), sortKey: value('sort-key'), machineId: value('machine-id') };
    return { fileName: name, path, entry, title: value('title'), linux, ...sorting };
  },
);

/** The name of an entry file without `.conf`: what GRUB's `default` and `saved_entry` call it. */
export function entryId(fileName: string): string {
  return fileName.endsWith('.conf') ? fileName.slice(0, -'.conf'.length) : fileName;
}

/**
 * Whether the name of an entry file says that another machine made it: it begins with another machine id.
 * `ffffffff…` is what Red Hat's plug-in writes where there is none yet.
 *
 * Source: Boot Loader Specification, type 1; Red Hat's 20-grub.install (BLS_FAKE_TARGET).
 */
export function isOfOtherMachine(fileName: string, machineId: string | undefined): boolean {
  const prefix = /^([0-9a-f]{32})-/.exec(fileName)?.[1];
  return prefix !== undefined && machineId !== undefined && prefix !== machineId && !/^f+$/.test(prefix);
}
