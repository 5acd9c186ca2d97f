import { saySentence } from './messages/catalogue.ts';
import { roleSentence } from './part-sentences.ts';
import type { LayoutFile, LayoutReport } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';

/** The boot layout as a picture in text: the loader, its default and the files, each with the part that it plays. */
export function renderLayout(layout: LayoutReport, options: TextOptions): string {
  const { say } = options;
  const rows = [row(say('label.loader'), [say(`loader.${layout.loader}`)], options)];
  if (layout.default !== undefined) {
    const { title, because } = layout.default;
    const lines = [visibleText(title), saySentence(say, because)];
    rows.push(row(say('label.default-entry'), lines, options));
  }
  rows.push(row(say('label.next-boot'), fileLines(layout.nextBoot, options), options));
  rows.push(row(say('label.later-kernels'), fileLines(layout.laterKernels, options), options));
  if (layout.keptBy !== undefined) {
    const { system, ...owner } = layout.keptBy;
    const code = owner.command === '' ? 'kept-by-file' : 'kept-by-system';
    rows.push(row(say('label.kept-by'), [system, `  ${say(code, owner)}`], options));
  }
  if (layout.inactive.length > 0) {
    rows.push(row(say('label.inactive'), fileLines(layout.inactive, options), options));
  }
  return rows.join('');
}

/** Several files with the same part stand under it once. */
function fileLines(files: readonly LayoutFile[], { say, paint }: TextOptions): readonly string[] {
  if (files.length === 0) return [say('label.nothing')];
  const lines: string[] = [];
  for (const [index, file] of files.entries()) {
    lines.push(visibleText(file.path));
    if (files[index + 1]?.role !== file.role) lines.push(`  ${paint('dim', roleSentence(say, file))}`);
  }
  return lines;
}

function row(label: string, lines: readonly string[], { paint }: TextOptions): string {
  const [first = '', ...rest] = lines;
  const indent = ' '.repeat(columnsOf(label) + 2);
  return [`${paint('bold', label)}  ${first}`, ...rest.map((line) => indent + line)]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Columns on a terminal, where characters of East Asia take two. */
function columnsOf(text: string): number {
  return [...text].reduce((columns, character) => columns + (character >= '\u1100' ? 2 : 1), 0);
}
