import type { WordEdit } from '../../cmdline/word-edit.ts';

/** What becomes of the word at one index, and the words that go in front of it. */
export interface WordSlot {
  readonly inserted: readonly string[];
  /** The words in its place, none where it goes; undefined where it stays. */
  readonly replacement: readonly string[] | undefined;
}

/**
 * The edits by place, one slot a word and one for the end. New words beside a word that goes or changes take its
 * place, so that no two edits meet in one gap.
 *
 * @param count how many words there are
 * @throws RangeError for an index that is not there, and for a word that is changed twice: bugs of the caller
 */
export function wordSlots(count: number, edits: readonly WordEdit[]): readonly WordSlot[] {
  const slots: { inserted: string[]; replacement: string[] | undefined }[] = [];
  for (let index = 0; index <= count; index += 1) slots.push({ inserted: [], replacement: undefined });
  for (const edit of edits) {
    const slot = edit.kind === 'insert' || edit.index < count ? slots[edit.index] : undefined;
    if (slot === undefined) throw new RangeError(`no word ${edit.index} among ${count}`);
    if (edit.kind !== 'insert' && slot.replacement !== undefined) {
      throw new RangeError(`word ${edit.index} is changed twice`);
    }
    if (edit.kind === 'insert') slot.inserted.push(edit.word);
    else slot.replacement = edit.kind === 'replace' ? [edit.word] : [];
  }
  for (const [index, slot] of slots.entries()) {
    const before = slots[index - 1];
    if (slot.inserted.length === 0) continue;
    if (slot.replacement !== undefined) slot.replacement.unshift(...slot.inserted.splice(0));
    else if (before?.replacement !== undefined) before.replacement.push(...slot.inserted.splice(0));
  }
  return slots;
}

/** Whether every word in front of this one goes, so that the blanks behind it have to go with it. */
export function isFirstLeft(slots: readonly WordSlot[], index: number): boolean {
  return slots.slice(0, index).every(({ replacement }) => replacement?.length === 0);
}
