import { REMEDIES, type RemedyDefinition, type RemedyName } from '../diagnosis/remedy.ts';
import type { Situation } from '../verification/situation.ts';
import { renderEntryLines } from './entry-lines.ts';
import { renderKernelTable } from './kernel-table.ts';
import { type Labelled, labelledRows, paragraph } from './labelled.ts';
import { driftLines, renderLater } from './later-text.ts';
import { renderLayout } from './layout-text.ts';
import { saySentence } from './messages/catalogue.ts';
import { inFamily, type Sentence } from './messages/sentence.ts';
import type { HazardReport, KernelReport, Report } from './report.ts';
import { situationHeadline } from './situation-headline.ts';
import { statusHeadline } from './status-headline.ts';
import type { ShownReport, TextOptions } from './text-options.ts';
import { renderEntries, renderKernels } from './verbose-text.ts';
import { wordPlaces } from './word-places.ts';
import { displayWidth } from './wrap-text.ts';

/** What boots and whether it leaks: the verdict first, the next command last; with `-v` everything that was found. */
export function renderStatus(report: Report, options: TextOptions): ShownReport {
  const { say, paint, columns, isVerbose } = options;
  const { kernels = [] } = report;
  const verdict = statusVerdict(report).map((sentence) => saySentence(say, sentence));
  const judged = kernels.filter(({ release }) => isBootedNormally(report, release));
  const entries =
    renderEntryLines(report, options) + labelledRows(wordPlaces(report, options), options, '  ');
  const body = [
    paint('bold', paragraph(verdict, columns, say('joint.sentences'))),
    judged.length === 0 ? '' : renderKernelTable(judged, options),
    entries + driftLines(report, options),
    ...(isVerbose ? wholeView(report, options) : []),
  ];
  const closing = labelledRows(
    [
      ...symptomRow(report, options),
      ...cureRows(report, judged, options),
      ...relaxRow(report, options),
      ...nextRow(report, judged, options),
    ],
    options,
  );
  return { body: joined(body), closing: closing === '' ? '' : `\n${closing}` };
}

/** What is wrong on a host or about to change, or that nothing is, in a few sentences. */
export function statusVerdict(report: Report): readonly Sentence[] {
  return [...situationHeadline(report), ...ownHeadline(report)];
}

/** What is said of the entries, less what the running kernel has shown already. */
function ownHeadline(report: Report): readonly Sentence[] {
  const said = SAID_BY[report.situation?.state ?? 'not-known'];
  return statusHeadline(report).filter(({ code }) => !said.includes(code));
}

const SAID_BY: Readonly<Record<Situation['state'], readonly string[]>> = {
  leaks: [],
  'reboot-pending': ['headline.cured'],
  'in-effect': ['headline.cured'],
  'on-line': ['headline.cured'],
  'without-effect': ['headline.dead-word'],
  'not-exposed': [],
  'not-known': [],
};

function wholeView(report: Report, options: TextOptions): readonly string[] {
  return [
    report.layout === undefined ? '' : renderLayout(report.layout, options),
    renderLater(report, options),
    renderKernels(report.kernels ?? [], options),
    renderEntries(report.entries ?? [], options),
  ];
}

/** Sections with an empty line between each two. */
function joined(sections: readonly string[]): string {
  return sections.filter((section) => section !== '').join('\n');
}

function isBootedNormally({ entries = [] }: Report, release: string): boolean {
  return entries.some(({ kind, kernel }) => kind === 'normal' && kernel === release);
}

/** What the memory of this host looks like now, where it looks like a leak. */
function symptomRow({ symptoms }: Report, options: TextOptions): readonly Labelled[] {
  const { say } = options;
  const found = symptoms?.found ?? [];
  if (found.length === 0) return [];
  const told = found.map((symptom) => saySentence(say, inFamily('symptom', symptom)));
  return [{ label: say('label.symptoms'), text: sentencesOf(told, options) }];
}

/** What would do instead of the hard remedy that is in place. */
function relaxRow({ relaxation }: Report, { say }: TextOptions): readonly Labelled[] {
  if (relaxation === undefined) return [];
  const { milder, release, command } = relaxation;
  return [{ label: say('label.milder'), text: say(`relax.${milder}`, { release, command }) }];
}

/** The remedies that would be put in place, each with its proof and its price. */
function cureRows(
  report: Report,
  judged: readonly KernelReport[],
  options: TextOptions,
): readonly Labelled[] {
  const { say } = options;
  if (!isInNeed(report, judged)) return [];
  const label = say('label.cure');
  const chosen = chosenRemedies(judged);
  if (chosen.length === 0 || judged.some(({ remedy }) => remedy === undefined)) {
    return [
      { label, text: sentencesOf([undecided(judged, options), ...hazardsOf(report, options)], options) },
    ];
  }
  const texts = chosen.map((remedy) => {
    const own = judged.filter((kernel) => kernel.remedy === remedy);
    const { word, cost }: RemedyDefinition = REMEDIES[remedy];
    const data = { word, count: own.length, total: judged.length };
    const scope = own.length < judged.length ? 'on-some' : own.length === 1 ? 'on-one' : 'on-all';
    const proof = say(`cure.${scope}`, data);
    return sentencesOf([proof, say('label.cost', { cost: say(`hazard.${cost}`, NOWHERE) })], options);
  });
  const [first = '', ...others] = texts;
  const rest = [...others, sentencesOf(hazardsOf(report, options), options)].filter((text) => text !== '');
  return [{ label, text: first }, ...rest.map((text) => ({ label: '', text }))];
}

/** Where nothing is chosen by itself, the words that are proven to work on every kernel. */
function undecided(judged: readonly KernelReport[], { say }: TextOptions): string {
  const words = Object.keys(judged[0]?.support ?? {}).filter((word) =>
    judged.every(({ support }) => support[word]?.verdict === 'supported'),
  );
  if (words.length === 0) return say('cure.undecided');
  return say('cure.to-decide', { words: words.join(say('joint.or')) });
}

const NOWHERE = { path: '', setting: '' };

function chosenRemedies(kernels: readonly KernelReport[]): readonly RemedyName[] {
  const names = kernels.flatMap(({ remedy }) => (remedy === undefined || remedy === 'none' ? [] : [remedy]));
  return [...new Set(names)];
}

/** Whether something is left to do. */
function isInNeed(report: Report, judged: readonly KernelReport[]): boolean {
  return judged.length > 0 && statusHeadline(report).some(({ code }) => NEEDY.includes(code));
}

const NEEDY: readonly string[] = [
  'headline.dead-word',
  'headline.dead-word-on-some',
  'headline.still-leaks',
  'headline.leaks',
  'headline.leaks-on-some',
  'headline.not-known',
  'headline.not-known-at-all',
];

/** What of this host stands against the remedy, or that nothing was found. */
function hazardsOf({ hazards = [], kernels = [] }: Report, { say }: TextOptions): readonly string[] {
  const blocking = hazards.filter((hazard) => hazard.blocking);
  if (blocking.length > 0) return blocking.map((hazard) => hazardText(hazard, say));
  return kernels.some(({ remedy }) => remedy === 'disable') ? [say('cure.nothing-against')] : [];
}

function hazardText({ id, data }: HazardReport, say: TextOptions['say']): string {
  return `${say('hazard-blocks', { id })} ${say(`hazard.${id}`, data)}`;
}

function sentencesOf(sentences: readonly string[], { say }: TextOptions): string {
  return sentences.join(say('joint.sentences'));
}

function nextRow(
  report: Report,
  judged: readonly KernelReport[],
  { say, target, columns }: TextOptions,
): readonly Labelled[] {
  const { pending } = report.situation ?? {};
  if (pending !== undefined && pending.set.length + pending.unset.length > 0) {
    return [
      { label: say('label.next'), lines: [say('next.reboot', { command: `bootmend verify${target}` })] },
    ];
  }
  if (!isInNeed(report, judged)) return [];
  const command = `bootmend fix${target}`;
  const whole = `${command}   ${say('next.fix')}`;
  const label = say('label.next');
  return [{ label, lines: [displayWidth(label) + 2 + displayWidth(whole) > columns ? command : whole] }];
}
