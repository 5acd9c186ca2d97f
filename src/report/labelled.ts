import type { TextOptions } from './text-options.ts';
import { displayWidth, padText, wrapText } from './wrap-text.ts';

/** A label and what stands behind it: text that is broken into lines, or lines that are not. */
export interface Labelled {
  readonly label: string;
  readonly text?: string;
  readonly lines?: readonly string[];
}

/** Rows of labels in one column with their texts in another. */
export function labelledRows(
  rows: readonly Labelled[],
  { paint, columns }: Pick<TextOptions, 'paint' | 'columns'>,
  indent = '',
): string {
  const width = Math.max(0, ...rows.map(({ label }) => displayWidth(label))) + 2;
  const beside = ' '.repeat(displayWidth(indent) + width);
  return rows
    .flatMap(({ label, text, lines = [] }) => {
      const wrapped = text === undefined ? [] : wrapText(text, Math.max(columns - beside.length, 20));
      const [first = '', ...rest] = [...wrapped, ...lines];
      return [indent + paint('bold', padText(label, width)) + first, ...rest.map((line) => beside + line)];
    })
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Sentences as a paragraph. */
export function paragraph(sentences: readonly string[], columns: number, joint: string): string {
  return wrapText(sentences.join(joint), columns)
    .map((line) => `${line}\n`)
    .join('');
}
