import { createTwoFilesPatch } from 'diff';

const CONTEXT_LINES = 3;
/** Beyond this many changed lines the search for the shortest difference takes longer than reading it would. */
const MAXIMUM_CHANGED_LINES = 1000;

/**
 * A unified diff of one file, for people and for patch(1).
 *
 * @param path as shown in both headers, behind `a` and `b` as git has it; `/dev/null` where a side is not there
 * @param before, after text in any one encoding; undefined where the file is not there
 * @returns '' where the sides are equal
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const patch = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a${path}`,
    after === undefined ? '/dev/null' : `b${path}`,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    {
      context: CONTEXT_LINES,
      maxEditLength: MAXIMUM_CHANGED_LINES,
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    },
  );
  return patch ?? wholeReplacement(path, before ?? '', after ?? '');
}

function wholeReplacement(path: string, before: string, after: string): string {
  const removed = before.split('\n').map((line) => `-${line}\n`);
  const added = after.split('\n').map((line) => `+${line}\n`);
  return [
    `--- a${path}\n+++ b${path}\n`,
    `@@ -1,${removed.length} +1,${added.length} @@\n`,
    ...removed,
    ...added,
  ].join('');
}
