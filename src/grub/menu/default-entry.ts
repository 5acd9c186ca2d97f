import { type LeadingNumber, parseLeadingNumber } from './leading-number.ts';
import type { EntryRules, MenuItem } from './menu-item.ts';

/** How one step of the way was found; `first` where nothing matched, so that the first item of that menu is taken. */
export type EntryMatch = 'number' | 'id' | 'title' | 'first';

/** The entry that boots when nobody touches the keyboard. */
export interface DefaultEntry {
  /** Index in the outermost menu, then in each submenu on the way. */
  readonly path: readonly number[];
  /** One for each step of `path`. */
  readonly matched: readonly EntryMatch[];
}

interface Found {
  readonly index: number;
  readonly matched: EntryMatch;
  /** What follows the name or number, for the next one of a list. */
  readonly rest: string;
}

const firstItem: Found = { index: 0, matched: 'first', rest: '' };

/**
 * The entry that boots for a value of `default`, as the variable stands once the configuration has run. A submenu that
 * the value names is entered, with the part after the first single `>` as its own `default`.
 *
 * @param value undefined where the variable is not set
 * @returns undefined where the menu, or the submenu that is entered, has no item
 *
 * Source: get_entry_number, menuentry_eq and grub_menu_execute_entry of grub-core/normal/menu.c, GRUB 2.06 and 2.14;
 * for `red-hat` the same functions of rhboot/grub2.
 */
export function findDefaultEntry(
  menu: readonly MenuItem[],
  value: string | undefined,
  rules: EntryRules,
): DefaultEntry | undefined {
  const path: number[] = [];
  const matched: EntryMatch[] = [];
  let items = menu;
  let wanted = value;
  for (;;) {
    const named = wanted === undefined ? undefined : findNamed(items, wanted, rules);
    const step = named !== undefined && items[named.index] !== undefined ? named : firstItem;
    const item = items[step.index];
    if (item === undefined) return undefined;
    path.push(step.index);
    matched.push(step.matched);
    if (item.kind === 'entry') return { path, matched };
    wanted = defaultInSubmenu(wanted, rules);
    items = item.children;
  }
}

/**
 * Indices in the outermost menu of the entries that GRUB tries, in this order, when the default fails to load.
 * The list ends at its first element that names nothing.
 *
 * Source: get_and_remove_first_entry_number of grub-core/normal/menu.c (upstream: numbers only) and of rhboot/grub2
 * (ids and numbers; after a title Red Hat's reads through a null pointer, so the list is taken to end there).
 */
export function findFallbackEntries(
  menu: readonly MenuItem[],
  value: string | undefined,
  rules: EntryRules,
): readonly number[] {
  const indices: number[] = [];
  let list = value ?? '';
  while (list !== '') {
    const found = rules === 'upstream' ? numbered(parseLeadingNumber(list)) : findRedHat(menu, list);
    if (found === undefined || found.matched === 'title' || menu[found.index] === undefined) break;
    indices.push(found.index);
    list = found.rest.replace(/^[ \t\r\n]+/, '');
  }
  return indices;
}

function findNamed(items: readonly MenuItem[], value: string, rules: EntryRules): Found | undefined {
  if (rules === 'upstream') return findUpstream(items, value);
  const found = findRedHat(items, value);
  return found?.rest === '' ? found : undefined;
}

/** A leading number decides, whatever follows it; names count only where there is none. */
function findUpstream(items: readonly MenuItem[], value: string): Found | undefined {
  const number = parseLeadingNumber(value);
  if (number !== undefined) return numbered(number);
  for (const [index, item] of items.entries()) {
    if (namedBytes(item.title, value) !== undefined) return { index, matched: 'title', rest: '' };
    if (namedBytes(item.id, value) !== undefined) return { index, matched: 'id', rest: '' };
  }
  return undefined;
}

/** Ids up to the first blank, then titles, then a number that must end at a blank or at the end. */
function findRedHat(items: readonly MenuItem[], value: string): Found | undefined {
  const firstBlank = value.search(/[ \t\r\n]/);
  const limit = firstBlank === -1 ? value.length : firstBlank;
  for (const [index, item] of items.entries()) {
    if (namedBytes(item.id, value, limit)) return { index, matched: 'id', rest: value.slice(limit) };
  }
  for (const [index, item] of items.entries()) {
    if (namedBytes(item.title, value)) return { index, matched: 'title', rest: '' };
  }
  const number = parseLeadingNumber(value);
  return number === undefined || /^[^ \t\r\n]/.test(number.rest) ? undefined : numbered(number);
}

function numbered(number: LeadingNumber | undefined): Found | undefined {
  if (number === undefined) return undefined;
  return { index: number.value, matched: 'number', rest: number.rest };
}

/**
 * How many bytes of `value` name this title or id; undefined where it names another. `>>` stands for `>`, a single `>`
 * ends the name. Upstream counts any answer as a match, Red Hat's does not count 0.
 *
 * @param limit where Red Hat's reading of ids stops: at a blank there, a name of one byte counts 0 (menuentry_eq)
 */
function namedBytes(name: string, value: string, limit = Number.POSITIVE_INFINITY): number | undefined {
  let at = 0;
  for (let valueAt = 0; at <= limit; at += 1, valueAt += 1) {
    if (value[valueAt] === '>') {
      if (value[valueAt + 1] !== '>') return at === name.length ? valueAt : undefined;
      valueAt += 1;
    }
    if (name[at] !== value[valueAt]) {
      const endsAtBlank = at === limit && at === name.length && /[ \t\r\n]/.test(value[valueAt] ?? '');
      return endsAtBlank ? at - 1 : undefined;
    }
    if (at === name.length) return at;
  }
  return undefined;
}

/** Without a part for the submenu, upstream unsets `default` inside it; Red Hat's leaves the outer value there. */
function defaultInSubmenu(value: string | undefined, rules: EntryRules): string | undefined {
  const outer = /^(?:[^>]|>>)*>(?!>)/.exec(value ?? '');
  const inner = outer === null ? '' : (value ?? '').slice(outer[0].length);
  if (inner !== '') return inner;
  return rules === 'upstream' ? undefined : value;
}
