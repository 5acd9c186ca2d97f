import { createTwoFilesPatch, formatPatch } from 'diff';
import { decodeText } from './visible-text.ts';

const CONTEXT_LINES = 3;
/** Beyond this many changed lines the search for the shortest difference takes longer than reading it would. */
const MAXIMUM_CHANGED_LINES = 1000;
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

function wholeReplacement(oldFileName: string, newFileName: string, before: string, after: string): string {
  const removed = before.split('\n').map((line) => `-${line}`);
  const added = after.split('\n').map((line) => `+${line}`);
  const hunk = {
    oldStart: 1,
    oldLines: removed.length,
    newStart: 1,
    newLines: added.length,
    lines: [...removed, ...added],
  };
  return formatPatch(
    { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined, hunks: [hunk] },
    HEADERS,
  );
}
