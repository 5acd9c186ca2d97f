import { createTwoFilesPatch, formatPatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';
import { decodeText } from './visible-text.ts';

const CONTEXT_LINES = 3;
/** Beyond this many changed lines the search for the shortest difference takes longer than reading it would. */
const MAXIMUM_CHANGED_LINES = 1000;
/** Up to as many, the shortest difference is found at once. */
const FEW_CHANGED_LINES = 100;
const HEADERS = { includeIndex: false, includeUnderline: false, includeFileHeaders: true };

/**
 * A unified diff of one file, for people and for patch(1).
 *
 * @param path latin1; as shown in both headers, behind `a` and `b` and quoted as git has it; `/dev/null` where a side is
 *   not there
 * @param before, after text in any one encoding; undefined where the file is not there
 * @returns '' where the sides are equal
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const [oldName, newName] = [`a${decodeText(path)}`, `b${decodeText(path)}`];
  if (before !== undefined && after !== undefined) {
    const changed = lineByLine(before.split('\n'), after.split('\n'));
    if (changed !== undefined) return formatPatch(patchOf(oldName, newName, changed), HEADERS);
  }
  const patch = createTwoFilesPatch(
    before === undefined ? '/dev/null' : oldName,
    after === undefined ? '/dev/null' : newName,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: CONTEXT_LINES, maxEditLength: MAXIMUM_CHANGED_LINES, headerOptions: HEADERS },
  );
  return patch ?? wholeReplacement(oldName, newName, before ?? '', after ?? '');
}

type Hunk = StructuredPatchHunk;

function patchOf(oldFileName: string, newFileName: string, hunks: Hunk[]): StructuredPatch {
  return { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined, hunks };
}

/**
 * The difference of two texts with as many lines, of which many changed, each with the one at its place: what edits of words
 * make of a long menu. Undefined where another way may be shorter or needs no such shortcut.
 */
function lineByLine(before: readonly string[], after: readonly string[]): Hunk[] | undefined {
  if (before.length !== after.length || before.at(-1) !== '' || after.at(-1) !== '') return undefined;
  const changed = before.flatMap((line, index) => (line === after[index] ? [] : [index]));
  if (changed.length <= FEW_CHANGED_LINES) return undefined;
  const hunks: Hunk[] = [];
  for (let next = 0; next < changed.length; ) {
    const first = next;
    const gap = () => (changed[next] ?? Number.POSITIVE_INFINITY) - (changed[next - 1] ?? 0);
    do next += 1;
    while (gap() <= 2 * CONTEXT_LINES + 1);
    const start = Math.max((changed[first] ?? 0) - CONTEXT_LINES, 0);
    const end = Math.min((changed[next - 1] ?? 0) + 1 + CONTEXT_LINES, before.length - 1);
    const lines: string[] = [];
    for (let at = start; at < end; ) {
      if (before[at] === after[at]) {
        lines.push(` ${before[at]}`);
        at += 1;
        continue;
      }
      const from = at;
      while (at < end && before[at] !== after[at]) at += 1;
      lines.push(...before.slice(from, at).map((line) => `-${line}`));
      lines.push(...after.slice(from, at).map((line) => `+${line}`));
    }
    const length = end - start;
    hunks.push({ oldStart: start + 1, oldLines: length, newStart: start + 1, newLines: length, lines });
  }
  return hunks;
}

function wholeReplacement(oldName: string, newName: string, before: string, after: string): string {
  const [removed, added] = [linesOf(before), linesOf(after)];
  const hunk: Hunk = {
    oldStart: 1,
    oldLines: removed.count,
    newStart: 1,
    newLines: added.count,
    lines: [...removed.marked('-'), ...added.marked('+')],
  };
  return formatPatch(patchOf(oldName, newName, [hunk]), HEADERS);
}

function linesOf(text: string): { readonly count: number; readonly marked: (mark: string) => string[] } {
  const lines = text.split('\n');
  const isEnded = lines.at(-1) === '';
  if (isEnded) lines.pop();
  const ending = isEnded ? [] : ['\\ No newline at end of file'];
  return { count: lines.length, marked: (mark) => [...lines.map((line) => mark + line), ...ending] };
}
