import { kernelWordCount } from './cmdline.ts';
import { isCommaList, listTokens, mergeTokens } from './comma-list.ts';
import { lineSlots } from './line-slots.ts';
import { isSameName, type Parameter, parseParameter } from './parameter.ts';
import { optionTokens, tokenSubject } from './slot-rules.ts';
import type { WordEdit } from './word-edit.ts';

/** What one command line is to hold and not to hold. */
export interface WordGoal {
  /** Words to be present once, each as `name` or `name=value`. */
  readonly set: readonly string[];
  /** `name` removes every word of that name; `name=value` only that one, or those tokens of a comma list. */
  readonly unset: readonly string[];
}

/** A word of the revised line; `index` is its place in the line before, undefined for one that is new there. */
interface Slot {
  readonly index: number | undefined;
  readonly parameter: Parameter;
}

/**
 * The fewest edits that make a command line meet its goal; none where it does.
 *
 * Only the kernel's own words are touched: those after a bare `--` stay, and new words go in front of it. A word
 * that says the same in another spelling (`-` for `_`) counts as present. New words stand in the goal's order, and so do
 * those of one name.
 *
 * @param words the line's words in order, as the loader or the kernel separates them
 */
export function reviseWords(words: readonly string[], goal: WordGoal): readonly WordEdit[] {
  const kernelWords = words.slice(0, kernelWordCount(words));
  let slots: readonly Slot[] = kernelWords.map((word, index) => ({ index, parameter: parseParameter(word) }));
  for (const word of goal.unset) slots = without(slots, parseParameter(word));
  const wanted = goal.set.map(parseParameter);
  const places = lineSlots(wanted);
  for (const [index, parameter] of wanted.entries()) {
    slots = withWord(slots, parameter, places[index] ?? '');
  }
  return editsBetween(kernelWords, inOrder(slots, wanted, places));
}

function without(slots: readonly Slot[], unwanted: Parameter): readonly Slot[] {
  const parameters = slots.map(({ parameter }) => parameter);
  const orphans = isSameName(unwanted.name, 'hugepagesz') ? pageCounts(parameters, unwanted) : [];
  return slots.flatMap((slot, index): readonly Slot[] => {
    const { name, value } = slot.parameter;
    if (orphans.includes(index)) return [];
    if (!isSameName(name, unwanted.name)) return [slot];
    if (unwanted.value === undefined) return [];
    const isList = isCommaList(name) || optionTokens(name, value) !== undefined;
    if (isList) return withoutTokens(slot, listTokens(unwanted.value));
    return value === unwanted.value ? [] : [slot];
  });
}

/** The numbers that belong to a page size: without it they would count for another one. */
function pageCounts(parameters: readonly Parameter[], size: Parameter): readonly number[] {
  const [own = ''] = lineSlots([size]);
  const of = own.slice(own.indexOf('\0') + 1);
  return lineSlots(parameters).flatMap((slot, index) => {
    const [name, slotSize] = slot.split('\0');
    if (name !== 'hugepages' || slotSize === '') return [];
    return size.value === undefined || slotSize === of ? [index] : [];
  });
}

function withoutTokens(slot: Slot, unwanted: readonly string[]): readonly Slot[] {
  const tokens = listTokens(slot.parameter.value);
  const left = tokens.filter((token) => !unwanted.includes(token));
  if (left.length === tokens.length) return [slot];
  return left.length === 0 ? [] : [respelled(slot, left)];
}

function withWord(slots: readonly Slot[], wanted: Parameter, place: string): readonly Slot[] {
  const siblings = slots.filter((slot) => isSameName(slot.parameter.name, wanted.name));
  if (isCommaList(wanted.name) && siblings.length > 0) return withTokens(slots, siblings, wanted);
  const tokens = optionTokens(wanted.name, wanted.value);
  if (tokens !== undefined) return withOptions(slots, siblings, wanted, tokens);
  const keys = lineSlots(slots.map(({ parameter }) => parameter));
  const same = slots.filter((_, index) => keys[index] === place);
  if (same.length > 0) return inPlaceOfSiblings(slots, same, wanted);
  return insertBehind(slots, anchorFor(slots, siblings, wanted, keys, place), wanted);
}

/** What a new word goes behind; undefined for the beginning of the line. */
function anchorFor(
  slots: readonly Slot[],
  siblings: readonly Slot[],
  { name }: Parameter,
  keys: readonly string[],
  place: string,
): Slot | undefined {
  if (isSameName(name, 'hugepagesz')) {
    return slots.findLast(({ parameter }) => /^hugepagesz?$/.test(parameter.name)) ?? slots.at(-1);
  }
  if (!isSameName(name, 'hugepages')) return siblings.at(-1) ?? slots.at(-1);
  const size = place.slice(place.indexOf('\0') + 1);
  const first = keys.findIndex((key) => key.startsWith('hugepagesz\0'));
  if (size === '') return first === -1 ? slots.at(-1) : slots[first - 1];
  return slots[keys.lastIndexOf(`hugepagesz\0${size}`)];
}

function insertBehind(slots: readonly Slot[], anchor: Slot | undefined, wanted: Parameter): readonly Slot[] {
  const added: Slot = { index: undefined, parameter: wanted };
  if (anchor === undefined) return [added, ...slots];
  return slots.flatMap((slot) => (slot === anchor ? [slot, added] : [slot]));
}

function withTokens(slots: readonly Slot[], siblings: readonly Slot[], wanted: Parameter): readonly Slot[] {
  const [first, ...others] = siblings;
  if (first === undefined) return slots;
  const lists = [...siblings.map((slot) => slot.parameter), wanted].map((parameter) =>
    listTokens(parameter.value),
  );
  const merged = mergeTokens(lists);
  const isComplete =
    others.length === 0 && merged.length === mergeTokens([listTokens(first.parameter.value)]).length;
  if (isComplete) return slots;
  const respelt = respelled(first, merged);
  return slots.filter((slot) => !others.includes(slot)).map((slot) => (slot === first ? respelt : slot));
}

/** A list whose options add up over the line: only what contradicts the wanted options goes. */
function withOptions(
  slots: readonly Slot[],
  siblings: readonly Slot[],
  wanted: Parameter,
  tokens: readonly string[],
): readonly Slot[] {
  const subjects = tokens.map((token) => tokenSubject(wanted.name, token));
  const given = siblings.flatMap(({ parameter }) => listTokens(parameter.value));
  const isAgainst = (token: string): boolean =>
    !tokens.includes(token) && subjects.includes(tokenSubject(wanted.name, token));
  if (tokens.every((token) => given.includes(token)) && !given.some(isAgainst)) return slots;
  let isPlaced = false;
  const kept = slots.flatMap((slot): readonly Slot[] => {
    if (!siblings.includes(slot)) return [slot];
    const own = listTokens(slot.parameter.value);
    const left = own.filter((token) => !isAgainst(token) && !tokens.includes(token));
    if (left.length === own.length) return [slot];
    if (left.length > 0) return [respelled(slot, left)];
    if (isPlaced) return [];
    isPlaced = true;
    return [slot.parameter.value === wanted.value ? slot : { ...slot, parameter: wanted }];
  });
  if (isPlaced) return kept;
  const last = kept.findLast(({ parameter }) => isSameName(parameter.name, wanted.name));
  return insertBehind(kept, last ?? kept.at(-1), wanted);
}

/** The last sibling is the one that counts for nearly every handler, so it is the one that stays. */
function inPlaceOfSiblings(
  slots: readonly Slot[],
  siblings: readonly Slot[],
  wanted: Parameter,
): readonly Slot[] {
  // Numbers of pages stand behind each of them, which the kernel counts for the size in front.
  if (isSameName(wanted.name, 'hugepagesz')) return slots;
  const last = siblings.at(-1);
  const kept: Slot[] = [];
  for (const slot of slots) {
    if (!siblings.includes(slot)) kept.push(slot);
    else if (slot === last)
      kept.push(slot.parameter.value === wanted.value ? slot : { ...slot, parameter: wanted });
  }
  return kept;
}

/**
 * The words in the goal's order: a new one stands in front of those that the goal names later, and so does one of the same
 * name, which is moved. Pairs of huge pages stand where their size does.
 */
function inOrder(
  slots: readonly Slot[],
  wanted: readonly Parameter[],
  places: readonly string[],
): readonly Slot[] {
  let ordered = [...slots];
  for (let at = wanted.length - 2; at >= 0; at -= 1) {
    const name = wanted[at]?.name ?? '';
    if (name.startsWith('hugepages')) continue;
    const keys = lineSlots(ordered.map(({ parameter }) => parameter));
    const own = keys.indexOf(places[at] ?? '');
    const slot = ordered[own];
    if (slot === undefined) continue;
    const later = wanted.flatMap((other, index) => {
      const counts = index > at && (slot.index === undefined || isSameName(other.name, name));
      const position = counts ? keys.indexOf(places[index] ?? '') : -1;
      return position === -1 || position === own || other.name.startsWith('hugepages') ? [] : [position];
    });
    const first = Math.min(...later);
    if (own < first || first === Number.POSITIVE_INFINITY) continue;
    const others = ordered.filter((one) => one !== slot);
    ordered = [...others.slice(0, first), { ...slot, index: undefined }, ...others.slice(first)];
  }
  return ordered;
}

function respelled(slot: Slot, tokens: readonly string[]): Slot {
  return { ...slot, parameter: parseParameter(`${slot.parameter.name}=${tokens.join(',')}`) };
}

function editsBetween(words: readonly string[], slots: readonly Slot[]): readonly WordEdit[] {
  const edits: WordEdit[] = [];
  let next = 0;
  for (const { index, parameter } of slots) {
    if (index === undefined) {
      edits.push({ kind: 'insert', index: next, word: parameter.source });
      continue;
    }
    for (; next < index; next += 1) edits.push({ kind: 'remove', index: next });
    if (words[index] !== parameter.source) edits.push({ kind: 'replace', index, word: parameter.source });
    next = index + 1;
  }
  for (; next < words.length; next += 1) edits.push({ kind: 'remove', index: next });
  return edits;
}

/** The words after the edits, in order. */
export function applyWordEdits(words: readonly string[], edits: readonly WordEdit[]): readonly string[] {
  const result: string[] = [];
  for (let index = 0; index <= words.length; index += 1) {
    for (const edit of edits) if (edit.kind === 'insert' && edit.index === index) result.push(edit.word);
    const word = words[index];
    if (word === undefined) break;
    const change = edits.find((edit) => edit.kind !== 'insert' && edit.index === index);
    if (change?.kind === 'replace') result.push(change.word);
    else if (change === undefined) result.push(word);
  }
  return result;
}
