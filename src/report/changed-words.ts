import { diffArrays } from 'diff';
import { isEnvironmentBlock } from '../grub/environment-block.ts';

/** A piece of a line that changes: words in a row that stay, go or come. */
export interface LinePart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly words: readonly string[];
}

/** A line that changes, by its number in the file as it is now; a line that comes, by its number in the new one. */
export interface ChangedLine {
  readonly line: number;
  readonly parts: readonly LinePart[];
}

/** Beyond this many lines the search for the shortest difference takes longer than reading it would. */
const MAXIMUM_EDIT_LENGTH = 1000;

/**
 * The lines of a file that a change touches, each taken apart into words. Quotes and the name in front of them are words by
 * themselves, so that a word at the end of a quoted list is seen as it is.
 */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const [old, made] = [linesOf(before), linesOf(after)];
  const pairs =
    old.length === made.length ? old.map((line, at) => pairOf(at, line, made[at])) : alignedPairs(old, made);
  return pairs
    .filter((pair) => pair.before !== pair.after)
    .map(({ line, before: was, after: is }) => ({ line, parts: partsOf(was ?? '', is ?? '') }))
    .filter(({ parts }) => parts.some(({ kind }) => kind !== 'same'));
}

/** The words that go and those that come, each once, in the order in which they stand. */
export function changedWordsOf(lines: readonly ChangedLine[]): {
  readonly removed: readonly string[];
  readonly added: readonly string[];
} {
  const wordsOf = (kind: LinePart['kind']) => [
    ...new Set(
      lines.flatMap(({ parts }) => parts.filter((part) => part.kind === kind).flatMap(({ words }) => words)),
    ),
  ];
  return { removed: wordsOf('removed'), added: wordsOf('added') };
}

/** An environment block is filled up with `#`, which says nothing. */
function linesOf(text: string): readonly string[] {
  const lines = (isEnvironmentBlock(text) ? text.replace(/#+$/, '') : text).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

interface Pair {
  readonly line: number;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function pairOf(at: number, before: string | undefined, after: string | undefined): Pair {
  return { line: at + 1, before, after };
}

/** A run of lines that go is held against the run that comes in its place. */
function alignedPairs(old: readonly string[], made: readonly string[]): readonly Pair[] {
  const runs = diffArrays([...old], [...made], { maxEditLength: MAXIMUM_EDIT_LENGTH }) ?? [
    { added: false, removed: true, value: [...old] },
    { added: true, removed: false, value: [...made] },
  ];
  const pairs: Pair[] = [];
  let [oldAt, madeAt] = [0, 0];
  for (const [index, { added, removed, value }] of runs.entries()) {
    if (added) {
      const gone = runs[index - 1]?.removed === true ? (runs[index - 1]?.value ?? []) : [];
      for (const [at, line] of value.entries()) pairs.push(pairOf(madeAt + at, gone[at], line));
      for (const [at, line] of gone.slice(value.length).entries())
        pairs.push(pairOf(oldAt - gone.length + value.length + at, line, undefined));
      madeAt += value.length;
    } else if (removed) {
      if (runs[index + 1]?.added !== true)
        for (const [at, line] of value.entries()) pairs.push(pairOf(oldAt + at, line, undefined));
      oldAt += value.length;
    } else {
      oldAt += value.length;
      madeAt += value.length;
    }
  }
  return pairs;
}

const WORD = /[^\s"']+|["']/g;

function partsOf(before: string, after: string): readonly LinePart[] {
  const [old, made] = [before, after].map((line): string[] => line.match(WORD) ?? []);
  return diffArrays(old ?? [], made ?? []).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    words: value,
  }));
}
