import { remedyOfWord } from '../diagnosis/remedy.ts';
import { groupBy } from './group-by.ts';
import type { KernelReport } from './report.ts';
import { shortReleases } from './short-releases.ts';
import type { Style, TextOptions } from './text-options.ts';
import { VERDICT_STYLES } from './verdict-style.ts';
import { visibleText } from './visible-text.ts';
import { displayWidth, padText } from './wrap-text.ts';

/** A piece of a row with how it looks. */
interface Cell {
  readonly text: string;
  readonly style?: Style;
}

const EXPOSURE_STYLES = { exposed: 'red', 'not-exposed': 'green', unknown: 'yellow' } as const;

const INDENT = '  ';

/**
 * Kernels by their words: a row each, the default one marked `*` and the running one `+`, and by what all of them are known.
 * In a narrow window the names are shortened and each cell says by itself what it is about.
 */
export function renderKernelTable(kernels: readonly KernelReport[], options: TextOptions): string {
  const { say, columns } = options;
  const words = Object.keys(kernels[0]?.support ?? {});
  const rows = foldAlike(kernels, options);
  const leaks = isJudged(kernels) ? [say('column.leaks')] : [];
  const head = [say('column.kernel'), ...leaks, ...words.map(visibleText)];
  const wide = [
    head.map((text): Cell => ({ text, style: 'bold' })),
    ...rows.map((row) => [nameCell(row, nameOf(row, options)), ...verdictCells(row, words, options)]),
  ];
  const gap = [2, 1].find((blanks) => widthOf(wide, blanks) <= columns);
  const lines = gap === undefined ? narrowLines(rows, words, options) : inColumns(wide, gap, options);
  const legend = legendOf(kernels, options);
  return [...lines, ...(legend === '' ? [] : [legend])]
    .map((line) => `${INDENT}${line.trimEnd()}\n`)
    .join('');
}

/** Whether it was asked for at all if kernels have the problem. */
function isJudged(kernels: readonly KernelReport[]): boolean {
  return kernels.some(({ exposure }) => exposure !== undefined);
}

/** A kernel, or how many more there are like it. */
interface Row {
  readonly kernel: KernelReport;
  readonly more?: number;
}

/** Of kernels that are alike, as many stand by themselves; the others are counted. */
const MOST_ALIKE = 4;

function foldAlike(kernels: readonly KernelReport[], { isVerbose }: TextOptions): readonly Row[] {
  if (isVerbose) return kernels.map((kernel) => ({ kernel }));
  return [...groupBy(kernels, verdictsOf).values()].flatMap((group): readonly Row[] => {
    if (group.length <= MOST_ALIKE) return group.map((kernel) => ({ kernel }));
    const isMarked = (kernel: KernelReport) => kernel.default || kernel.running;
    const [newest] = group;
    const kept = group.filter((kernel) => isMarked(kernel) || kernel === newest);
    const more = group.length - kept.length;
    return [...kept.map((kernel) => ({ kernel })), { kernel: newest, more }];
  });
}

function verdictsOf({ exposure, support }: KernelReport): string {
  return JSON.stringify([exposure?.verdict, Object.values(support).map(({ verdict }) => verdict)]);
}

function nameOf({ kernel }: Row, { say }: TextOptions): string {
  return visibleText(kernel.release) || say('label.no-release');
}

function nameCell({ kernel, more }: Row, name: string): Cell {
  if (more !== undefined) return { text: `… +${more}` };
  return { text: `${name}${kernel.default ? ' *' : ''}${kernel.running ? ' +' : ''}` };
}

function verdictCells({ kernel }: Row, words: readonly string[], { say }: TextOptions): readonly Cell[] {
  const exposure = kernel.exposure?.verdict;
  return [
    ...(exposure === undefined ? [] : [{ text: say(`leaks.${exposure}`), style: EXPOSURE_STYLES[exposure] }]),
    ...words.map((word): Cell => {
      const verdict = kernel.support[word]?.verdict ?? 'unknown';
      return { text: say(`works.${verdict}`), style: VERDICT_STYLES[verdict] };
    }),
  ];
}

function narrowLines(
  rows: readonly Row[],
  words: readonly string[],
  options: TextOptions,
): readonly string[] {
  const { say } = options;
  const { names, pattern } = shortReleases(rows.map((row) => nameOf(row, options)));
  const table = rows.map((row, at) => {
    const exposure = row.kernel.exposure?.verdict;
    const cells = verdictCells(row, words, options);
    const verdicts = cells.slice(cells.length - words.length);
    return [
      nameCell(row, names[at] ?? ''),
      ...(exposure === undefined
        ? []
        : [{ text: say(`leaking.${exposure}`), style: EXPOSURE_STYLES[exposure] }]),
      ...verdicts.map((cell, index) => {
        const word = words[index] ?? '';
        return { ...cell, text: `${remedyOfWord(word) ?? visibleText(word)} ${cell.text}` };
      }),
    ];
  });
  return [...inColumns(table, 2, options), ...(pattern === undefined ? [] : [`(${pattern})`])];
}

function widthsOf(table: readonly (readonly Cell[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of table) {
    for (const [at, { text }] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, displayWidth(text));
  }
  return widths;
}

function widthOf(table: readonly (readonly Cell[])[], gap: number): number {
  return INDENT.length + widthsOf(table).reduce((sum, width) => sum + width + gap, -gap);
}

function inColumns(
  table: readonly (readonly Cell[])[],
  gap: number,
  { paint }: TextOptions,
): readonly string[] {
  const widths = widthsOf(table);
  return table.map((row) =>
    row
      .map(({ text, style }, at) => {
        const padded = at === row.length - 1 ? text : padText(text, widths[at] ?? 0);
        return style === undefined ? padded : paint(style, padded);
      })
      .join(' '.repeat(gap)),
  );
}

function legendOf(kernels: readonly KernelReport[], { say, isVerbose }: TextOptions): string {
  const decided = kernels.flatMap(({ support }) => Object.values(support).map(({ decidedBy }) => decidedBy));
  const sources = [...new Set(decided.flatMap((one) => (one ? [say(`source.${one.source}`)] : [])))];
  const parts = [
    kernels.some((kernel) => kernel.default) ? say('legend.default') : '',
    kernels.some(({ running }) => running) ? say('legend.running') : '',
    sources.length === 0 || isVerbose
      ? ''
      : say('legend.read-from', { sources: sources.join(say('joint.list')) }),
  ];
  return parts.filter((part) => part !== '').join(say('joint.sentences'));
}
