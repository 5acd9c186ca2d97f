import { kernelWordCount } from './cmdline.ts';
import { isCommaList, listTokens, mergeTokens } from './comma-list.ts';
import { isSameName, type Parameter, parseParameter } from './parameter.ts';
import { isRepeatable } from './repeatable.ts';
import type { WordEdit } from './word-edit.ts';

/** What one command line is to hold and not to hold. */
export interface WordGoal {
  /** Words to be present once, each as `name` or `name=value`. */
  readonly set: readonly string[];
  /** `name` removes every word of that name; `name=value` only that one, or those tokens of a comma list. */
  readonly unset: readonly string[];
}

/** A word of the revised line; `index` is its place in the line before, undefined for a new one. */
interface Slot {
  readonly index: number | undefined;
  readonly parameter: Parameter;
}

/**
 * The fewest edits that make a command line meet its goal; none where it does.
 *
 * Only the kernel's own words are touched: those after a bare `--` stay, and new words go in front of it. A word
 * that says the same in another spelling (`-` for `_`) counts as present.
 *
 * @param words the line's words in order, as the loader or the kernel separates them
 */
export function reviseWords(words: readonly string[], goal: WordGoal): readonly WordEdit[] {
  const kernelWords = words.slice(0, kernelWordCount(words));
  let slots: readonly Slot[] = kernelWords.map((word, index) => ({ index, parameter: parseParameter(word) }));
  for (const word of goal.unset) slots = without(slots, parseParameter(word));
  for (const word of goal.set) slots = withWord(slots, parseParameter(word));
  return editsBetween(kernelWords, slots);
}

function without(slots: readonly Slot[], unwanted: Parameter): readonly Slot[] {
  const kept: Slot[] = [];
  for (const slot of slots) {
    const { name, value } = slot.parameter;
    if (!isSameName(name, unwanted.name)) kept.push(slot);
    else if (unwanted.value === undefined) continue;
    else if (isCommaList(name)) kept.push(...withoutTokens(slot, listTokens(unwanted.value)));
    else if (value !== unwanted.value) kept.push(slot);
  }
  return kept;
}

function withoutTokens(slot: Slot, unwanted: readonly string[]): readonly Slot[] {
  const tokens = listTokens(slot.parameter.value);
  const left = tokens.filter((token) => !unwanted.includes(token));
  if (left.length === tokens.length) return [slot];
  return left.length === 0 ? [] : [respelled(slot, left)];
}

function withWord(slots: readonly Slot[], wanted: Parameter): readonly Slot[] {
  const siblings = slots.filter((slot) => isSameName(slot.parameter.name, wanted.name));
  if (siblings.length === 0) return [...slots, { index: undefined, parameter: wanted }];
  if (isCommaList(wanted.name)) return withTokens(slots, siblings, wanted);
  if (isRepeatable(wanted.name)) return besideSiblings(slots, siblings, wanted);
  return inPlaceOfSiblings(slots, siblings, wanted);
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

function besideSiblings(
  slots: readonly Slot[],
  siblings: readonly Slot[],
  wanted: Parameter,
): readonly Slot[] {
  if (siblings.some((slot) => slot.parameter.value === wanted.value)) return slots;
  const last = siblings.at(-1);
  const added: Slot = { index: undefined, parameter: wanted };
  return slots.flatMap((slot) => (slot === last ? [slot, added] : [slot]));
}

/** The last sibling is the one that counts for nearly every handler, so it is the one that stays. */
function inPlaceOfSiblings(
  slots: readonly Slot[],
  siblings: readonly Slot[],
  wanted: Parameter,
): readonly Slot[] {
  const last = siblings.at(-1);
  const kept: Slot[] = [];
  for (const slot of slots) {
    if (!siblings.includes(slot)) kept.push(slot);
    else if (slot === last)
      kept.push(slot.parameter.value === wanted.value ? slot : { ...slot, parameter: wanted });
  }
  return kept;
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
