import { type Labelled, labelledRows } from './labelled.ts';
import { saySentence } from './messages/catalogue.ts';
import { roleSentence } from './part-sentences.ts';
import type { LayoutFile, LayoutReport } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';

/** The boot layout as a picture in text: the loader, its default and the files, each with the part that it plays. */
export function renderLayout(layout: LayoutReport, options: TextOptions): string {
  const { say } = options;
  const rows: Labelled[] = [{ label: say('label.loader'), lines: [say(`loader.${layout.loader}`)] }];
  if (layout.default !== undefined) {
    const { title, because } = layout.default;
    const lines = [visibleText(title), saySentence(say, because)];
    rows.push({ label: say('label.default-entry'), lines: lines });
  }
  rows.push({ label: say('label.next-boot'), lines: fileLines(layout.nextBoot, options) });
  rows.push({ label: say('label.later-kernels'), lines: fileLines(layout.laterKernels, options) });
  if (layout.keptBy !== undefined) {
    const { system, ...owner } = layout.keptBy;
    const code = owner.command === '' ? 'kept-by-file' : 'kept-by-system';
    rows.push({ label: say('label.kept-by'), lines: [visibleText(system), `  ${say(code, owner)}`] });
  }
  if (layout.inactive.length > 0) {
    rows.push({ label: say('label.inactive'), lines: fileLines(layout.inactive, options) });
  }
  return labelledRows(rows, options);
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
