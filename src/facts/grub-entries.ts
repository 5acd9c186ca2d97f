import { parseEnvironmentBlock } from '../grub/environment-block.ts';
import type { LoaderEntryReader } from '../grub/loader-entry/option-text.ts';
import { findDefaultEntry, findFallbackEntries } from '../grub/menu/default-entry.ts';
import type { MenuItem } from '../grub/menu/menu-item.ts';
import type { BootLine } from '../grub/script/boot-line.ts';
import type {
  GrubMenu,
  GrubMenuItem,
  LoaderEntries,
  MenuEntry,
  MenuVariable,
} from '../grub/script/grub-menu.ts';
import { loaderCmdline } from '../grub/script/loader-cmdline.ts';
import { positionAt } from '../grub/text-position.ts';
import {
  type BootEntriesReading,
  bootEntry,
  type DefaultChoice,
  type EntryDraft,
  type ScriptLine,
  type SharedOptions,
  type UnseenPart,
} from './boot-entry.ts';
import { type BootMenuReading, pathInRoot, pathOnAnyDevice } from './boot-menu.ts';
import type { EntryFile, GrubSources } from './boot-sources.ts';
import { type EntryFileReading, entryId, isOfOtherMachine, readEntryFiles } from './entry-files.ts';
import { lastAnswer } from './last-answer.ts';
import { type OptionVariable, readOptionsLine } from './options-line.ts';
import { markOtherSystems } from './other-systems.ts';
import { unseenParts } from './unseen-parts.ts';

/**
 * The entries of a GRUB menu: those of its scripts, and where `blscfg` stands those of the entry files.
 *
 * @param reading the menu that the scripts of the sources make
 */
export function grubEntries(sources: GrubSources, reading: BootMenuReading): BootEntriesReading {
  if (!reading.ok) return reading;
  const { lasting, environmentPaths } = reading;
  const context: MenuContext = { sources, environmentPaths, wantedDirectories: new Set() };
  const items = expand(lasting.items, context);
  const chosen = defaultOf(items, lasting, context);
  const next =
    reading.next === lasting ? chosen : defaultOf(expand(reading.next.items, context), reading.next, context);
  const wantedKernels = new Set<string>();
  const entries = placedEntries(items, []).flatMap(({ item, path }) => {
    const position = path.join('>');
    const marks = {
      isDefault: position === chosen.position,
      isNext: position === next.position && next.position !== chosen.position,
    };
    const draft = item.from === 'script' ? scriptEntry(item.entry, sources) : fileEntry(item, context);
    if (draft === undefined) return [];
    if (!sources.kernels.has(draft.image)) wantedKernels.add(draft.image);
    return [bootEntry({ ...draft, ...marks }, sources)];
  });
  const wanted = { entryDirectories: [...context.wantedDirectories], kernels: [...wantedKernels] };
  const sharedOptions = sharedOptionsOf(lasting.items, context);
  const marked = markOtherSystems(entries, sources.rootSource);
  const placed = placedEntries(items, []);
  const unseen = unseenParts(reading, [
    ...leadsElsewhere(placed, chosen),
    ...leadsElsewhere(placed, next),
    ...unknownWords(placed, chosen),
    ...unknownWords(placed, next),
    ...unknownDefault(lasting),
    ...asksPassword(placed, chosen, lasting),
  ]);
  return {
    ok: true,
    entries: marked,
    choice: chosen.choice,
    environmentPaths,
    sharedOptions,
    unseen,
    wanted,
  };
}

/** Words of the entry that boots of which not even the candidates are known. */
function unknownWords(placed: readonly PlacedEntry[], { position }: ChosenEntry): readonly UnseenPart[] {
  const item = placed.find(({ path }) => path.join('>') === position)?.item;
  const lines = item?.from === 'script' ? item.entry.bootLines : [];
  return lines.flatMap(({ role, words }) => {
    if (role !== 'linux' && role !== 'linux-under-xen') return [];
    const unknown = words.filter(({ known, variables }) => {
      return !known && (variables.length === 0 || variables.some(({ alternatives }) => !alternatives));
    });
    return unknown.map(({ place, text: found }): UnseenPart => {
      return { code: 'word-unknown', place, found, hidesEntries: false };
    });
  });
}

/** That nothing is known of what the default is told to be. */
function unknownDefault({ variables }: GrubMenu): readonly UnseenPart[] {
  const variable = variables.get('default');
  const place = variable?.assignments.at(-1);
  if (variable === undefined || variable.known || variable.alternatives !== undefined) return [];
  if (place === undefined) return [];
  return [{ code: 'default-unknown', place, found: variable.text, hidesEntries: false }];
}

/**
 * That the entry that boots asks for a user and a password: every entry does where there are superusers, but for those that are made with
 * `--unrestricted`, also when GRUB boots it by itself (grub-core/normal/menu.c grub_menu_execute_entry(), auth.c).
 */
function asksPassword(
  placed: readonly PlacedEntry[],
  { position }: ChosenEntry,
  { variables }: GrubMenu,
): readonly UnseenPart[] {
  const item = placed.find(({ path }) => path.join('>') === position)?.item;
  const isLocked = item?.from === 'script' && !item.entry.unrestricted;
  if (!isLocked || (variables.get('superusers')?.text ?? '') === '') return [];
  const { title, place } = item.entry;
  return [{ code: 'default-asks-password', place, found: title, hidesEntries: false }];
}

/** That a default entry loads nothing itself, but goes on in another configuration. */
function leadsElsewhere(placed: readonly PlacedEntry[], { position }: ChosenEntry): readonly UnseenPart[] {
  const item = placed.find(({ path }) => path.join('>') === position)?.item;
  if (item?.from !== 'script' || item.entry.bootLines.length > 0) return [];
  const [path] = item.entry.configFiles;
  if (path === undefined) return [];
  return [{ code: 'default-leads-elsewhere', place: item.entry.place, found: path, hidesEntries: true }];
}

interface MenuContext {
  readonly sources: GrubSources;
  readonly environmentPaths: readonly string[];
  readonly wantedDirectories: Set<string>;
}

type ExpandedItem =
  | { readonly from: 'script'; readonly entry: MenuEntry }
  | { readonly from: 'file'; readonly file: EntryFileReading; readonly call: LoaderEntries }
  | {
      readonly from: 'submenu';
      readonly title: string;
      readonly id: string;
      readonly items: readonly ExpandedItem[];
    };

type ExpandedEntry = Exclude<ExpandedItem, { readonly from: 'submenu' }>;

/** The menu with entry files in place of the command that reads them. */
function expand(items: readonly GrubMenuItem[], context: MenuContext): readonly ExpandedItem[] {
  return items.flatMap((item): readonly ExpandedItem[] => {
    if (item.kind === 'entry') return [{ from: 'script', entry: item }];
    if (item.kind === 'submenu') {
      const { title, id, children } = item;
      return [{ from: 'submenu', title, id, items: expand(children, context) }];
    }
    const { texts, rules } = context.sources;
    const order = rules.entryOrder ?? 'grub-2.14';
    const files = readEntryFiles(entryFilesOf(item, context), texts, rules.entryReader, order);
    return files.map((file) => ({ from: 'file', file, call: item }));
  });
}

/**
 * The first directory that is there and holds entries.
 *
 * Source: bls_load_entries() of Red Hat's grub-core/commands/blscfg.c; blsuki's `--path` of GRUB 2.14.
 */
function entryFilesOf(
  call: LoaderEntries,
  { sources, wantedDirectories }: MenuContext,
): readonly EntryFile[] {
  const blsdir = call.variables.get('blsdir');
  const given = call.words.find((word) => word.startsWith('/') || word.startsWith('('));
  const first = given ?? (blsdir?.known === true && blsdir.text !== '' ? blsdir.text : '/loader/entries');
  for (const directory of [first, '/boot/loader/entries']) {
    const named = pathOnAnyDevice(directory);
    if (named === undefined) continue;
    if (!sources.entryDirectories.has(named)) {
      wantedDirectories.add(named);
      break;
    }
    const files = sources.entryDirectories.get(named);
    if (files !== undefined && files.length > 0) return files;
  }
  return [];
}

interface PlacedEntry {
  readonly item: ExpandedEntry;
  /** Index in the outermost menu, then in each submenu. */
  readonly path: readonly number[];
}

function placedEntries(items: readonly ExpandedItem[], prefix: readonly number[]): readonly PlacedEntry[] {
  return items.flatMap((item, index) => {
    const path = [...prefix, index];
    return item.from === 'submenu' ? placedEntries(item.items, path) : [{ item, path }];
  });
}

interface ChosenEntry {
  /** undefined where the menu is empty. */
  readonly position: string | undefined;
  readonly choice: DefaultChoice;
}

function defaultOf(items: readonly ExpandedItem[], menu: GrubMenu, context: MenuContext): ChosenEntry {
  const variable = menu.variables.get('default');
  const value = variable?.known === false ? variable.alternatives?.[0] : variable?.text;
  const found = findDefaultEntry(items.map(menuItem), value, context.sources.rules.entryRules);
  const position = found?.path.join('>');
  const chosen = placedEntries(items, []).find(({ path }) => path.join('>') === position);
  const fallback = chosen && isKernelMissing(chosen.item, context) && fallbackOf(items, menu, context);
  if (fallback) return fallback;
  const from = variable === undefined || value === undefined ? undefined : tellerOf(value, variable, context);
  return { position, choice: { value, from, matched: found?.matched.at(-1) ?? 'first' } };
}

/** The first entry that `fallback` names and that can be loaded: GRUB tries them where the default entry fails. */
function fallbackOf(
  items: readonly ExpandedItem[],
  menu: GrubMenu,
  context: MenuContext,
): ChosenEntry | undefined {
  const variable = menu.variables.get('fallback');
  if (variable?.known !== true) return undefined;
  const indices = findFallbackEntries(items.map(menuItem), variable.text, context.sources.rules.entryRules);
  const index = indices.find((at) => {
    const item = items[at];
    return item !== undefined && item.from !== 'submenu' && !isKernelMissing(item, context);
  });
  if (index === undefined) return undefined;
  const from = assignmentOf(variable);
  return { position: String(index), choice: { value: variable.text, from, matched: 'fallback' } };
}

/** Whether an entry loads kernels of this system's own disk, none of which is there. */
function isKernelMissing(item: ExpandedEntry, { sources: { kernels } }: MenuContext): boolean {
  const images =
    item.from === 'file'
      ? [item.file.linux]
      : item.entry.bootLines.flatMap(({ role, image }) => (role === 'linux' && image ? [image.text] : []));
  return (
    images.length > 0 &&
    images.every((image) => {
      return pathInRoot(image) !== undefined && kernels.has(image) && kernels.get(image) === undefined;
    })
  );
}

function menuItem(item: ExpandedItem): MenuItem {
  if (item.from === 'submenu') {
    return { kind: 'submenu', title: item.title, id: item.id, children: item.items.map(menuItem) };
  }
  if (item.from === 'script') return { kind: 'entry', title: item.entry.title, id: item.entry.id };
  return { kind: 'entry', title: titleOf(item.file), id: entryId(item.file.fileName) };
}

/** Source: create_entry() of Red Hat's grub-core/commands/blscfg.c. */
function titleOf({ title, linux }: EntryFileReading): string {
  return title ?? linux;
}

/** Where the default was told: the record of the environment block that the script takes it from, else the script. */
function tellerOf(value: string, variable: MenuVariable, context: MenuContext): string | undefined {
  return (
    recordOf((name, text) => (name === 'saved_entry' || name === 'next_entry') && text === value, context) ??
    assignmentOf(variable)
  );
}

function assignmentOf({ assignments }: MenuVariable): string | undefined {
  const place = assignments.at(-1);
  return place === undefined ? undefined : `${place.path}:${place.line}`;
}

function recordOf(
  isWanted: (name: string, value: string) => boolean,
  { sources, environmentPaths }: MenuContext,
): string | undefined {
  for (const path of environmentPaths.toReversed()) {
    const text = sources.texts.get(path) ?? '';
    const block = parseEnvironmentBlock(text);
    const record = block.ok && block.value.records.findLast(({ name, value }) => isWanted(name, value));
    if (record) return `${path}:${positionAt(text, record.offset).line}`;
  }
  return undefined;
}

function scriptEntry(
  { title, id, bootLines }: MenuEntry,
  { rules }: GrubSources,
): Omit<EntryDraft, 'isDefault' | 'isNext'> | undefined {
  const linux = bootLines.filter(({ role }) => role === 'linux' || role === 'linux-under-xen');
  const image = linux.at(-1)?.image?.text;
  if (image === undefined) return undefined;
  const lines = linux.map((line) => scriptLine(line, rules.entryRules === 'red-hat'));
  return { title, id, image, initrds: initrdsOf(bootLines), lines, isOfOtherMachine: false };
}

/** What `initrd` loads, and behind a kernel under Xen `module` (util/grub.d/20_linux_xen.in). */
function initrdsOf(bootLines: readonly BootLine[]): readonly string[] {
  const linux = bootLines.findLastIndex(({ role }) => role === 'linux' || role === 'linux-under-xen');
  return bootLines.slice(linux + 1).flatMap(({ role, command, image, words }) => {
    if (role !== 'other' || !/^(?:initrd|module)/.test(command)) return [];
    const named = command.startsWith('initrd') ? [image, ...words] : [image];
    return named.flatMap((word) => (word === undefined ? [] : [word.text]));
  });
}

function scriptLine(line: BootLine, keepsHexEscapes: boolean): ScriptLine {
  const words = line.words.map(({ text, place }) => ({ text, from: `${place.path}:${place.line}` }));
  const cmdline = loaderCmdline(
    words.map(({ text }) => text),
    keepsHexEscapes,
  );
  const { path } = line.place;
  return { format: 'grub-script', path, line, words, cmdline, isConditional: line.conditional };
}

function fileEntry(
  { file, call }: Extract<ExpandedEntry, { readonly from: 'file' }>,
  context: MenuContext,
): Omit<EntryDraft, 'isDefault' | 'isNext'> {
  const { machineId, rules } = context.sources;
  const variables = optionVariables(call, context);
  const line = optionsLine(file, rules.entryReader, variables, call.conditional);
  return {
    title: titleOf(file),
    id: entryId(file.fileName),
    image: file.linux,
    initrds: line.images.filter((image) => image !== file.linux),
    lines: [line],
    isOfOtherMachine: isOfOtherMachine(file.fileName, machineId),
  };
}

const optionsLine = lastAnswer(
  (
    file: EntryFileReading,
    reader: LoaderEntryReader,
    variables: ReadonlyMap<string, OptionVariable>,
    isConditional: boolean,
  ) => readOptionsLine(file.entry, file.path, reader, variables, isConditional),
);

/**
 * The variables that options can name, each with the place where its value stands: once for each call, since the menu that
 * it belongs to is made anew where its scripts or environment blocks change.
 */
function optionVariables(call: LoaderEntries, context: MenuContext): ReadonlyMap<string, OptionVariable> {
  const known = variablesOfCall.get(call) ?? readVariables(call, context);
  variablesOfCall.set(call, known);
  return known;
}

const variablesOfCall = new WeakMap<LoaderEntries, ReadonlyMap<string, OptionVariable>>();

function readVariables(call: LoaderEntries, context: MenuContext): ReadonlyMap<string, OptionVariable> {
  const variables = new Map<string, OptionVariable>();
  for (const [name, variable] of call.variables) {
    const value = variable.known ? variable.text : (variable.alternatives?.[0] ?? `$${name}`);
    const from = isLoaded(variable, context)
      ? recordOf((record, text) => record === name && text === value, context)
      : undefined;
    variables.set(name, { value, from: from ?? assignmentOf(variable) ?? context.sources.configPath });
  }
  return variables;
}

/** What the variable that RHEL 8's entry files name holds where they are read. */
function sharedOptionsOf(items: readonly GrubMenuItem[], context: MenuContext): SharedOptions | undefined {
  for (const item of items) {
    if (item.kind !== 'loader-entries') continue;
    const variable = item.variables.get('kernelopts');
    const found = optionVariables(item, context).get('kernelopts');
    if (variable === undefined || found === undefined) continue;
    const isHeld = !isLoaded(variable, context) && variable.assignments.length > 0;
    return { ...found, assignment: isHeld ? variable.assignments.at(-1) : undefined };
  }
  return undefined;
}

/** Whether the variable was set by `load_env`. */
function isLoaded({ assignments }: MenuVariable, { sources }: MenuContext): boolean {
  const place = assignments.at(-1);
  const text = place === undefined ? undefined : sources.texts.get(place.path);
  return text?.startsWith('load_env', place?.offset) === true;
}
