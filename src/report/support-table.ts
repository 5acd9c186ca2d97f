import type { Evidence } from '../kernel/evidence.ts';
import type { Verdict } from '../kernel/parameter-support.ts';
import type { Say } from './messages/catalogue.ts';
import { evidenceSentence } from './part-sentences.ts';
import type { KernelReport, SupportReport } from './report.ts';
import type { Style, TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';

const VERDICT_STYLES: Readonly<Partial<Record<Verdict, Style>>> = { supported: 'green', absent: 'red' };

/** What kernels say of parameters, as a table: a row for each, its evidence and its cost in the last column. */
export function renderSupportTable(kernels: readonly KernelReport[], options: TextOptions): string {
  if (kernels.length === 0) return '';
  const { say, paint } = options;
  const rows: (readonly [kernel: string, parameter: string, verdict: Verdict, notes: readonly string[]])[] =
    [];
  for (const kernel of kernels) {
    const mark = kernel.running ? ` ${say('mark.running')}` : '';
    let release = `${visibleText(kernel.release) || say('label.no-release')}${mark}`;
    for (const [parameter, support] of Object.entries(kernel.support)) {
      rows.push([release, visibleText(parameter), support.verdict, notesOf(kernel, support, options)]);
      release = '';
    }
  }
  const head = (['column.kernel', 'column.parameter', 'column.verdict'] as const).map((code) => say(code));
  const width = (column: 0 | 1 | 2): number => {
    const texts = rows.map((row) => (column === 2 ? say(`column.${row[2]}`) : row[column]));
    return Math.max(...[head[column] ?? '', ...texts].map(({ length }) => length)) + 2;
  };
  const widths = [width(0), width(1), width(2)] as const;
  const indent = ' '.repeat(widths[0] + widths[1] + widths[2]);
  const title = `${head.map((text, at) => text.padEnd(widths[at] ?? 0)).join('')}${say('column.evidence')}`;
  const lines = [paint('bold', title)];
  for (const [release, parameter, verdict, [first = '', ...others]] of rows) {
    const shown = paint(VERDICT_STYLES[verdict] ?? 'yellow', say(`column.${verdict}`).padEnd(widths[2]));
    lines.push(`${release.padEnd(widths[0])}${parameter.padEnd(widths[1])}${shown}${first}`);
    for (const other of others) lines.push(indent + other);
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function notesOf({ reading }: KernelReport, support: SupportReport, options: TextOptions): readonly string[] {
  const { say, isVerbose } = options;
  const { evidence, decidedBy, cost } = support;
  const shown = decidedBy !== undefined && !isVerbose ? [decidedBy] : evidence;
  const notes = shown.map((one) => evidenceLine(one, say));
  if (cost !== undefined) notes.push(say('label.cost', { cost: say(`hazard.${cost}`) }));
  if (isVerbose && reading !== undefined) {
    const { cached, milliseconds } = reading;
    notes.push(say(cached ? 'label.read-from-cache' : 'label.read-from-image', { milliseconds }));
  }
  return notes;
}

/** One piece of evidence as a sentence. */
export function evidenceLine(evidence: Evidence, say: Say): string {
  const { source, path, says } = evidence;
  const where =
    path === undefined ? say(`source.${source}`) : `${say(`source.${source}`)} ${visibleText(path)}`;
  return `${where}: ${say(`says.${says}`)}. ${evidenceSentence(say, evidence)}`;
}
