import { evidenceLine } from './evidence-line.ts';
import { groupBy } from './group-by.ts';
import type { KernelReport, SupportReport } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { VERDICT_STYLES } from './verdict-style.ts';
import { visibleText } from './visible-text.ts';
import { displayWidth, padText, wrapText } from './wrap-text.ts';

/** What kernels say of parameters: those that say the same under one head, each parameter with its verdict and what shows it. */
export function renderProbe(kernels: readonly KernelReport[], options: TextOptions): string {
  const groups = groupBy(kernels, (kernel) => parameterRows(kernel, options));
  const parts = [...groups].map(([rows, alike]) => headOf(alike, options) + rows);
  return [...parts, costLines(kernels, options)].filter((part) => part !== '').join('');
}

function headOf(kernels: readonly KernelReport[], { say, paint, columns }: TextOptions): string {
  const names = kernels.map(({ release, running }) => {
    const name = visibleText(release) || say('label.no-release');
    return running ? `${name} ${say('mark.running')}` : name;
  });
  return wrapText(names.join(say('joint.list')), columns)
    .map((line) => `${paint('bold', line)}\n`)
    .join('');
}

function parameterRows(kernel: KernelReport, options: TextOptions): string {
  const { say, paint, columns } = options;
  const rows = Object.entries(kernel.support).map(([parameter, support]) => ({
    name: visibleText(parameter),
    style: VERDICT_STYLES[support.verdict],
    verdict: say(`works.${support.verdict}`),
    notes: notesOf(kernel, support, options),
  }));
  const width = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth)) + 2;
  const [names, verdicts] = [width(rows.map(({ name }) => name)), width(rows.map(({ verdict }) => verdict))];
  const beside = 2 + names + verdicts;
  // Where the rest is too narrow to be read, it stands below.
  const isNarrow = columns - beside < LEAST_COLUMNS;
  const indent = ' '.repeat(isNarrow ? 4 : beside);
  return rows
    .flatMap(({ name, style, verdict, notes }) => {
      const lines = notes.flatMap((note) => wrapText(note, columns - indent.length));
      const [first = '', ...rest] = isNarrow ? ['', ...lines] : lines;
      const front = `  ${padText(name, names)}${paint(style, padText(verdict, verdicts))}`;
      return [`${front}${first}`, ...rest.map((line) => indent + line)];
    })
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

const LEAST_COLUMNS = 30;

function notesOf({ reading }: KernelReport, support: SupportReport, options: TextOptions): readonly string[] {
  const { say, isVerbose } = options;
  const { evidence, decidedBy } = support;
  const shown = decidedBy !== undefined && !isVerbose ? [decidedBy] : evidence;
  const notes = shown.map((one) => evidenceLine(one, options));
  if (isVerbose && reading !== undefined) {
    const { cached, milliseconds } = reading;
    notes.push(say(cached ? 'label.read-from-cache' : 'label.read-from-image', { milliseconds }));
  }
  return notes;
}

/** What each parameter that works takes away, once. */
function costLines(kernels: readonly KernelReport[], { say, columns }: TextOptions): string {
  const costs = new Map<string, string>();
  for (const [parameter, { cost }] of kernels.flatMap(({ support }) => Object.entries(support))) {
    if (cost !== undefined) costs.set(parameter, say(`hazard.${cost}`));
  }
  return [...costs]
    .flatMap(([word, cost]) => wrapText(say('probe.cost', { word, cost }), columns))
    .map((line) => `${line}\n`)
    .join('');
}
