import { changeRows } from './change-rows.ts';
import { changedLines, changedWordsOf } from './changed-words.ts';
import { renderDiffs } from './diff-text.ts';
import { type Labelled, labelledRows, paragraph } from './labelled.ts';
import { saySentence } from './messages/catalogue.ts';
import type { Sentence } from './messages/sentence.ts';
import type { HazardReport, PlannedEdit, Report } from './report.ts';
import type { ShownReport, TextOptions } from './text-options.ts';
import { reasonsFor } from './why-text.ts';

/** A change as it is shown before it is written: what, where, why, at what price, how to undo it; the counts close it. */
export function renderChange(report: Report, options: TextOptions): ShownReport {
  const { say, paint, columns, target } = options;
  const { plan, headline = [], entryPlaces = [] } = report;
  const edits = plan?.edits ?? [];
  const words = wordsOf(edits);
  const sentences = headline.length > 0 ? headline : [headlineOf(report, words, edits.length)];
  const verdict = paragraph(
    sentences.map((sentence) => saySentence(say, sentence)),
    columns,
    say('joint.sentences'),
  );
  const rows: readonly Labelled[] = [
    ...reasonsFor(report, words.flat(), options),
    ...costRows(report, options),
    ...(report.command === 'rollback'
      ? []
      : [{ label: say('label.undo'), lines: [`bootmend rollback${target}`] }]),
  ];
  const order = (edit: PlannedEdit) => (edit.decides === 'later-kernels' ? 1 : 0);
  const files = edits
    .toSorted((a, b) => order(a) - order(b))
    .map((edit) => changeRows(edit, entryPlaces, options))
    .join('');
  const body = [
    paint('bold', verdict),
    files,
    labelledRows(rows, options, '  '),
    options.hasDiffs ? renderDiffs(edits, options) : '',
  ];
  return { body: body.filter((part) => part !== '').join('\n'), closing: `\n${countLine(edits, options)}` };
}

type RemovedAndAdded = readonly [removed: readonly string[], added: readonly string[]];

/** The words that go and those that come, in all files. */
function wordsOf(edits: readonly PlannedEdit[]): RemovedAndAdded {
  const lines = edits.flatMap((edit) => {
    const { before, after } = edit.shown ?? edit;
    return before === undefined || after === undefined ? [] : changedLines(before, after);
  });
  const { removed, added } = changedWordsOf(lines);
  return [removed, added];
}

/** More words than these are counted instead of being named. */
const MOST_WORDS = 4;

function headlineOf({ entries = [] }: Report, [removed, added]: RemovedAndAdded, files: number): Sentence {
  if (removed.length + added.length === 0 || removed.length > MOST_WORDS || added.length > MOST_WORDS)
    return { code: 'change.files', data: { count: files } };
  const data = { removed: removed.join(' '), added: added.join(' ') };
  if (added.length === 0) return { code: 'change.take-off', data };
  if (removed.length === 0) return { code: 'change.add', data };
  const isDead = (word: string) =>
    entries.some(({ words }) => words.some((one) => one.word === word && one.effect === 'none'));
  return { code: removed.every(isDead) ? 'change.replace-dead' : 'change.replace', data };
}

/** What the change takes away, what stands against it, or that nothing was found. */
function costRows({ hazards = [], plan }: Report, { say }: TextOptions): readonly Labelled[] {
  const texts = hazards.map((hazard) => `! ${hazardText(hazard, say)}`);
  const isHard = hazards.some(({ id }) => id === 'memory-limits-off');
  const isFree = isHard && hazards.every(({ blocking }) => !blocking);
  if (isFree && plan !== undefined) texts.push(say('cure.nothing-against'));
  return texts.map((text, at) => ({ label: at === 0 ? say('label.price') : '', text }));
}

function hazardText({ id, blocking, accepted, data }: HazardReport, say: TextOptions['say']): string {
  const sentence = say(`hazard.${id}`, data);
  if (!blocking) return sentence;
  return `${say(accepted ? 'hazard-accepted' : 'hazard-blocks', { id })}${say('joint.sentences')}${sentence}`;
}

/** `2 files, 4 lines. It takes effect with the next reboot.` */
function countLine(edits: readonly PlannedEdit[], { say }: TextOptions): string {
  const lines = edits.reduce(
    (sum, { before, after }) => sum + changedLines(before ?? '', after ?? '').length,
    0,
  );
  const counts = [
    say(edits.length === 1 ? 'count.one-file' : 'count.files', { count: edits.length }),
    ...(lines === 0 ? [] : [say(lines === 1 ? 'count.one-line' : 'count.lines', { count: lines })]),
  ];
  return `${say('change.counts', { counts: counts.join(say('joint.list')) })}\n`;
}
