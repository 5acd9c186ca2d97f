import { groupBy } from './group-by.ts';
import type { EntryReport, LayoutReport, Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';
import { displayWidth } from './wrap-text.ts';

/** Lines of normal entries that are not all the same: as many are shown. */
const MOST_LINES = 3;

/** The entries by their lines: each line once with what is ignored marked under it, and the files that they come from. */
export function renderEntryLines(report: Report, options: TextOptions): string {
  const { entries = [], layout } = report;
  if (entries.length === 0) return '';
  const { say, paint } = options;
  const normal = entries.filter(({ kind }) => kind === 'normal');
  const groups = groupsOf(normal);
  const lines = groups
    .slice(0, MOST_LINES)
    .flatMap((group) => [
      ...(groups.length > 1 ? [namesOf(group, options)] : []),
      ...markedLine(group, options),
    ]);
  const more = groups.length - MOST_LINES;
  return [
    `${paint('bold', say('label.entries'))}  ${countsOf(entries, layout, options)}`,
    ...lines,
    ...(more > 0 ? [say('entries.more-lines', { count: more })] : []),
  ]
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('');
}

/** `3 normal, 1 rescue (left alone), GRUB 2` */
function countsOf(
  entries: readonly EntryReport[],
  layout: LayoutReport | undefined,
  { say }: TextOptions,
): string {
  const kinds = ['normal', 'recovery', 'rescue', 'foreign', 'unknown-kernel'] as const;
  const counts = kinds.flatMap((kind) => {
    const count = entries.filter((entry) => entry.kind === kind).length;
    return count === 0 ? [] : [say(`entries.${kind}`, { count })];
  });
  return [...counts, ...(layout === undefined ? [] : [say(`loader.${layout.loader}`)])].join(
    say('joint.list'),
  );
}

/** Entries with the same line and the same words without effect, the default one's first. */
function groupsOf(entries: readonly EntryReport[]): readonly (readonly EntryReport[])[] {
  const sorted = entries.toSorted((a, b) => Number(b.default) - Number(a.default));
  const lineOf = ({ words }: EntryReport) =>
    JSON.stringify(words.map(({ word, effect }) => [word, effect === 'none']));
  return [...groupBy(sorted, lineOf).values()];
}

function namesOf(group: readonly EntryReport[], { say, paint }: TextOptions): string {
  const [first] = group;
  const name = `${visibleText(first?.title ?? '')}${first?.default === true ? ' *' : ''}`;
  const others = group.length > 1 ? ` ${say('entries.and-more', { count: group.length - 1 })}` : '';
  return paint('dim', `${name}${others}`);
}

/** The words of a line, broken into lines, with `^` under those that nobody reads. */
function markedLine(group: readonly EntryReport[], { say, paint, columns }: TextOptions): readonly string[] {
  const words = group[0]?.words ?? [];
  const remark =
    group.length === 1 ? say('word.ignored') : say('word.ignored-by-all', { count: group.length });
  const lines: string[] = [];
  let line = '';
  let marks = '';
  const end = () => {
    lines.push(line);
    if (marks.trim() !== '') lines.push(paint('red', `${marks.trimEnd()} ${remark}`));
    line = '';
    marks = '';
  };
  for (const { word, effect } of words) {
    const shown = visibleText(word);
    if (line !== '' && displayWidth(`${line}${shown}`) + 2 > columns) end();
    line += `${shown} `;
    marks += `${(effect === 'none' ? '^' : ' ').repeat(displayWidth(shown))} `;
  }
  end();
  return lines;
}
