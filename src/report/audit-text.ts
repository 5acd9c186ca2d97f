import { renderEntryLines } from './entry-lines.ts';
import { groupBy } from './group-by.ts';
import type { Report, WordReport } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { isFinding, renderEntries, wordLines, wordSentence } from './verbose-text.ts';
import { visibleText } from './visible-text.ts';
import { placesOf } from './word-places.ts';
import { wrapText } from './wrap-text.ts';

/** What an audit found: each word once with all its places, then the lines, those that are alike once; with `-v` each entry. */
export function renderAudit(report: Report, options: TextOptions): string {
  const { entries = [], running } = report;
  if (options.isVerbose) return renderEntries(entries, options) + renderRunning(report, options);
  const words = [...entries, ...(running === undefined ? [] : [running])].flatMap((line) => line.words);
  const parts = [
    renderFindings(words, options),
    renderEntryLines(report, options),
    renderRunning(report, options).trimStart(),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function renderFindings(words: readonly WordReport[], options: TextOptions): string {
  const found = groupBy(words.filter(isFinding), (one) => JSON.stringify({ ...one, from: '' }));
  return [...found.values()]
    .flatMap((alike) => {
      const [first] = alike;
      const from = placesOf(alike.map((one) => one.from)).join(', ');
      const style = first.effect === 'none' ? 'red' : 'yellow';
      const lines = wrapText(wordSentence({ ...first, from }, options), options.columns);
      return lines.map((line) => `${options.paint(style, line)}\n`);
    })
    .join('');
}

function renderRunning({ running }: Report, options: TextOptions): string {
  if (running === undefined) return '';
  const { say, paint } = options;
  const lines = [
    `  ${visibleText(running.kernel ?? say('label.no-release'))}`,
    `    ${visibleText(running.cmdline)}`,
  ];
  const shown = [...lines, ...wordLines(running.words, options)].map((line) => `${line}\n`).join('');
  return `\n${paint('bold', say('label.running'))}\n${shown}`;
}
