import type { Exposure } from '../diagnosis/exposure.ts';
import { evidenceLine } from './evidence-line.ts';
import { saySentence } from './messages/catalogue.ts';
import type { EntryReport, KernelReport, WordReport } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { VERDICT_STYLES } from './verdict-style.ts';
import { visibleText } from './visible-text.ts';

/** Each kernel with whether it has the problem, its verdict on each word, and what shows that. */
export function renderKernels(kernels: readonly KernelReport[], options: TextOptions): string {
  if (kernels.length === 0) return '';
  const { say, paint } = options;
  return `${paint('bold', say('label.kernels'))}\n${kernels.map((kernel) => kernelLines(kernel, options)).join('')}`;
}

function kernelLines(kernel: KernelReport, options: TextOptions): string {
  const { say, paint } = options;
  const marks = [kernel.default ? say('mark.default') : '', kernel.running ? say('mark.running') : ''];
  const lines = [`  ${[visibleText(kernel.release), ...marks].filter((text) => text !== '').join('  ')}`];
  if (kernel.exposure !== undefined) {
    const because = kernel.exposure.because.map((reason) => saySentence(say, reason)).join(' ');
    lines.push(`    ${say(exposureLabel(kernel.exposure))} ${because}`);
  }
  for (const [parameter, { verdict, evidence, decidedBy }] of Object.entries(kernel.support)) {
    lines.push(`    ${visibleText(parameter)}: ${paint(VERDICT_STYLES[verdict], say(`verdict.${verdict}`))}`);
    const isDecided = decidedBy !== undefined && !options.isVerbose;
    const shown = isDecided ? [decidedBy] : evidence;
    for (const one of shown) lines.push(`      ${evidenceLine(one, options)}`);
  }
  if (kernel.remedy !== undefined)
    lines.push(`    ${say('label.remedy')}: ${say(`remedy.${kernel.remedy}`)}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** The leak has words of its own. */
function exposureLabel({
  problem,
  verdict,
}: NonNullable<KernelReport['exposure']>): `${'exposure' | 'affected'}.${Exposure['verdict']}` {
  const isLeak = problem === undefined || problem === 'kernel-memory-leak';
  return isLeak ? `exposure.${verdict}` : `affected.${verdict}`;
}

/** Each entry with its line, and its words with where they stand. */
export function renderEntries(entries: readonly EntryReport[], options: TextOptions): string {
  if (entries.length === 0) return '';
  const { say, paint } = options;
  return `${paint('bold', say('label.boot-entries'))}\n${entries.map((entry) => entryLines(entry, options)).join('')}`;
}

function entryLines(entry: EntryReport, options: TextOptions): string {
  const { say } = options;
  const marks = [
    entry.default ? say('mark.default') : '',
    entry.next ? say('mark.next') : '',
    entry.kind === 'normal' ? '' : say(`kind.${entry.kind}`),
  ].filter((text) => text !== '');
  const lines = [`  ${[visibleText(entry.title), ...marks].join('  ')}`, `    ${visibleText(entry.cmdline)}`];
  return [...lines, ...wordLines(entry.words, options)].map((line) => `${line}\n`).join('');
}

/** What is to be said of the words of one line; with `-v` of all of them. */
export function wordLines(words: readonly WordReport[], options: TextOptions): readonly string[] {
  return words
    .filter((one) => options.isVerbose || isFinding(one))
    .map((one) => {
      const sentence = wordSentence(one, options);
      return `    ${one.effect === 'none' ? options.paint('red', sentence) : sentence}`;
    });
}

/** Whether a word is one that an audit is for: nobody reads it, or it is perhaps misspelt. */
export function isFinding({ effect, suggestion }: WordReport): boolean {
  return effect === 'none' || suggestion !== undefined;
}

/** Who reads a word, or that nobody does and why, with its place and what was probably meant. */
export function wordSentence(
  { word, effect, from, suggestion, because }: WordReport,
  { say }: Pick<TextOptions, 'say'>,
): string {
  const meant = suggestion === undefined ? '' : ` ${say('word.suggestion', { suggestion })}`;
  if (effect !== 'none') return say(`word.${effect}`, { word, from }) + meant;
  const why = because === undefined ? '' : ` ${saySentence(say, because)}`;
  return say('word.without-effect', { word, from }) + why + meant;
}
