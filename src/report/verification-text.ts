import type { RunningVerdict, WordVerification } from '../verification/verify-words.ts';
import { type Say, saySentence } from './messages/catalogue.ts';
import { inFamily } from './messages/sentence.ts';
import type { Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';

/** What became of each word on the running kernel: the verdict first, then what it is seen by. */
export function renderVerification(report: Report, options: TextOptions): string {
  const { verification, verified, running, nextLine } = report;
  if (verification === undefined || verified === undefined) return '';
  const { say, paint } = options;
  const { verdict } = verified;
  const style = verdict === 'in-effect' ? 'green' : verdict === 'without-effect' ? 'red' : 'yellow';
  const kernel = running?.kernel ?? say('label.no-release');
  const lines = [
    paint(style, verifiedHeadline(verdict, verification, say)),
    ...verification.flatMap((word) => wordLines(word, options)),
    running === undefined ? '' : `${say('label.running')}  ${visibleText(kernel)}`,
    nextLine === undefined ? '' : `${say('label.boots-next')}  ${visibleText(nextLine.title)}`,
    ...differenceLines(report, options),
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

/** That all is in effect is said only of what is seen to be. */
export function verifiedHeadline(
  verdict: RunningVerdict,
  words: readonly WordVerification[],
  say: Say,
): string {
  const seen = words.filter((word) => word.verdict === 'in-effect' || word.verdict === 'gone').length;
  if (verdict !== 'in-effect' || seen === words.length) return say(`verified.${verdict}`);
  if (seen === 0) return say('verified.not-seen');
  return say('verified.partly-seen', { count: seen, total: words.length });
}

const STYLES = {
  'in-effect': 'green',
  'on-line': 'bold',
  gone: 'green',
  pending: 'yellow',
  'without-effect': 'red',
  missing: 'red',
  'still-there': 'red',
  unknown: 'yellow',
} as const satisfies Readonly<Record<WordVerification['verdict'], string>>;

function wordLines(
  { word, verdict, seenBy }: WordVerification,
  { say, paint }: TextOptions,
): readonly string[] {
  const head = `  ${visibleText(word)}  ${paint(STYLES[verdict], say(`word-verdict.${verdict}`))}`;
  const isSaid = verdict === 'gone' || verdict === 'pending' || verdict === 'missing';
  const seen = seenBy.map(({ path, shows: _, ...one }) => {
    const sentence = saySentence(say, inFamily('seen', one));
    return `    ${path === '' ? '' : `${visibleText(path)}: `}${sentence}`;
  });
  return [head, ...(isSaid ? [] : seen)];
}

function differenceLines({ lineDifference }: Report, { say }: TextOptions): readonly string[] {
  const { onlyRunning = [], onlyNextBoot = [] } = lineDifference ?? {};
  const told = (code: 'verified.only-running' | 'verified.only-next', words: readonly string[]) =>
    words.length === 0 ? [] : [say(code, { words: words.join(' ') })];
  return [...told('verified.only-running', onlyRunning), ...told('verified.only-next', onlyNextBoot)];
}
