import type { DriftReport, LaterLineReport, PlacedWord, Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';
import { wrapText } from './wrap-text.ts';

/** What boots next and what later kernels get, one line below the other, and in one line where they differ. */
export function renderLater({ nextLine, laterLines }: Report, options: TextOptions): string {
  if (nextLine === undefined || laterLines === undefined) return '';
  const { say, paint, isVerbose } = options;
  const lines = [
    paint('bold', say('label.lines')),
    `  ${say('label.line-next')}`,
    `    ${visibleText(nextLine.cmdline)}`,
  ];
  const shown = laterLines.filter(({ isCompared }) => isCompared || isVerbose);
  for (const line of shown) {
    lines.push(`  ${say('label.line-later', { line: nameOf(line) })}`, `    ${wordsOf(line)}`);
  }
  if (shown.length === 0) lines.push(`  ${say('label.line-none')}`);
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** One line for each line of later kernels that differs from the next boot's. */
export function driftLines({ drift = [] }: Report, options: TextOptions): string {
  const { paint, columns } = options;
  return drift
    .flatMap((one) => wrapText(`! ${driftLine(one, options)}`, columns - 2))
    .map((line) => `  ${paint('yellow', line)}\n`)
    .join('');
}

function nameOf({ by, kind, title }: LaterLineReport): string {
  return `${by}, ${title ?? kind}`;
}

function wordsOf({ words, unknown, lost }: LaterLineReport): string {
  const texts = words.map(({ word, known }) => (known || word.includes('$') ? word : `${word}?`));
  const isOpen = unknown.some(({ from }) => !from.startsWith('/etc/grub.d/'));
  return visibleText(
    [...texts, ...(isOpen ? ['?'] : []), ...(lost === undefined ? [] : [`| ${lost.text}`])].join(' '),
  );
}

function driftLine({ line, onlyNextBoot, onlyLater }: DriftReport, { say }: TextOptions): string {
  const listed = (
    code: 'drift.next-only' | 'drift.later-only',
    words: readonly PlacedWord[],
  ): readonly string[] => {
    const texts = words.map(({ word, from }) => `${word} (${from})`);
    return words.length === 0 ? [] : [say(code, { words: texts.join(', ') })];
  };
  const parts = [...listed('drift.next-only', onlyNextBoot), ...listed('drift.later-only', onlyLater)];
  return `${say('drift.differs', { line })} ${parts.join(' ')}`;
}
