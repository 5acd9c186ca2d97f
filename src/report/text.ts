import type { Exposure } from '../diagnosis/exposure.ts';
import { renderLater } from './later-text.ts';
import { renderLayout } from './layout-text.ts';
import { saySentence } from './messages/catalogue.ts';
import type {
  ChangedFile,
  EntryReport,
  KernelReport,
  OwnershipChange,
  Report,
  WordReport,
} from './report.ts';
import { rootOption } from './shell-word.ts';
import { evidenceLine, renderSupportTable } from './support-table.ts';
import type { Paint, TextOptions } from './text-options.ts';
import { unifiedDiff } from './unified-diff.ts';
import { visibleText } from './visible-text.ts';

/** The report for a person: what stands on stdout, ending in a newline. Messages are not in it. */
export function renderText(report: Report, options: TextOptions): string {
  const isFullView = report.outcome === undefined || options.isVerbose;
  const sections = [
    isFullView && report.layout !== undefined ? renderLayout(report.layout, options) : '',
    isFullView ? renderLater(report, options) : '',
    kernelSection(report, options),
    isFullView ? entrySection(report, options) : '',
    runningSection(report, options),
    choiceSection(report, options),
    hazardSection(report, options),
    report.parameters?.map((name) => `${visibleText(name)}\n`).join('') ?? '',
    report.script ?? '',
    ...changeSections(report, options),
    outcomeSection(report, options),
    backupSection(report, options),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

/** The plan as unified diffs; where somebody else changed the files, under titles that keep both changes apart. */
function changeSections({ changedSince, plan }: Report, options: TextOptions): readonly string[] {
  const planned = renderDiffs(plan?.edits ?? [], options);
  if (changedSince === undefined) return [planned];
  const titled = (code: 'label.changed-since' | 'label.by-force', diffs: string) =>
    diffs === '' ? '' : `${options.paint('bold', options.say(code))}\n${diffs}`;
  return [
    titled('label.changed-since', renderDiffs(changedSince, options)),
    titled('label.by-force', planned),
  ];
}

function renderDiffs(files: readonly ChangedFile[], { paint }: TextOptions): string {
  return files
    .map(({ path, before, after, ownershipChanges = [] }) => {
      const beside = ownershipChanges.map((change) => `${ownershipLine(path, change)}\n`).join('');
      return beside + (before === after ? '' : paintDiff(unifiedDiff(path, before, after), paint));
    })
    .join('');
}

function ownershipLine(path: string, { what, before, after }: OwnershipChange): string {
  return visibleText(`${path}: ${what} ${before ?? '-'} -> ${after ?? '-'}`);
}

function paintDiff(diff: string, paint: Paint): string {
  const lines = diff.split('\n').map((line) => {
    const shown = line.split('\t').map(visibleText).join('\t');
    if (line.startsWith('---') || line.startsWith('+++')) return paint('bold', shown);
    if (line.startsWith('+')) return paint('green', shown);
    if (line.startsWith('-')) return paint('red', shown);
    return line.startsWith('@@') ? paint('cyan', shown) : shown;
  });
  return `${lines.join('\n')}`;
}

function kernelSection({ command, kernels }: Report, options: TextOptions): string {
  if (kernels === undefined || kernels.length === 0) return '';
  if (command === 'probe') return renderSupportTable(kernels, options);
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
    const style = verdict === 'supported' ? 'green' : verdict === 'absent' ? 'red' : 'yellow';
    lines.push(`    ${visibleText(parameter)}: ${paint(style, say(`verdict.${verdict}`))}`);
    const isDecided = decidedBy !== undefined && !options.isVerbose;
    const shown = isDecided ? [decidedBy] : evidence;
    for (const one of shown) lines.push(`      ${evidenceLine(one, say)}`);
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

function entrySection({ entries }: Report, options: TextOptions): string {
  if (entries === undefined || entries.length === 0) return '';
  const { say, paint } = options;
  return `${paint('bold', say('label.entries'))}\n${entries.map((entry) => entryLines(entry, options)).join('')}`;
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

function wordLines(words: readonly WordReport[], { say, paint, isVerbose }: TextOptions): readonly string[] {
  return words.flatMap(({ word, effect, from, suggestion, because }) => {
    const meant = suggestion === undefined ? '' : ` ${say('word.suggestion', { suggestion })}`;
    const isShown = isVerbose || suggestion !== undefined;
    if (effect !== 'none') return isShown ? [`    ${say(`word.${effect}`, { word, from })}${meant}`] : [];
    const why = because === undefined ? '' : ` ${saySentence(say, because)}`;
    return [`    ${paint('red', say('word.without-effect', { word, from }))}${why}${meant}`];
  });
}

function runningSection({ running }: Report, options: TextOptions): string {
  if (running === undefined) return '';
  const { say, paint } = options;
  const lines = [`  ${visibleText(running.kernel)}`, `    ${visibleText(running.cmdline)}`];
  const shown = [...lines, ...wordLines(running.words, options)].map((line) => `${line}\n`).join('');
  return `${paint('bold', say('label.running'))}\n${shown}`;
}

function choiceSection({ choice }: Report, { say, paint }: TextOptions): string {
  if (choice === undefined) return '';
  const because = choice.because.map((reason) => saySentence(say, reason)).join(' ');
  return `${paint('bold', say('label.choice'))}  ${say(`remedy.${choice.remedy}`)}\n  ${because}\n`;
}

function hazardSection({ hazards }: Report, { say, paint }: TextOptions): string {
  if (hazards === undefined || hazards.length === 0) return '';
  const lines = hazards.map(({ id, blocking, accepted, data }) => {
    const standing = !blocking ? 'hazard-note' : accepted ? 'hazard-accepted' : 'hazard-blocks';
    return `  ${paint(standing === 'hazard-blocks' ? 'red' : 'yellow', say(standing, { id }))} ${say(`hazard.${id}`, data)}\n`;
  });
  return `${paint('bold', say('label.hazards'))}\n${lines.join('')}`;
}

function backupSection({ root, backup, backups }: Report, { say }: TextOptions): string {
  if (backup !== undefined) {
    const where = rootOption(root);
    const command = `bootmend rollback ${backup.id}${where}`;
    return `${say('backup.made', { id: backup.id, path: backup.path, command })}\n`;
  }
  if (backups === undefined) return '';
  if (backups.length === 0) return `${say('backup.none')}\n`;
  const lines = backups.map(({ id, createdAt, kind, undoneBy, files }) => {
    const undone = undoneBy === undefined ? '' : `  ${say('backup.undone', { by: undoneBy })}`;
    return `${visibleText(id)}  ${visibleText(createdAt)}  ${say(`backup.${kind}`)}  ${files.map(visibleText).join(' ')}${undone}\n`;
  });
  return lines.join('');
}

function outcomeSection(report: Report, { say, paint }: TextOptions): string {
  const { outcome, unrestored } = report;
  if (outcome === undefined) return '';
  const sentence =
    unrestored === undefined
      ? say(`outcome.${outcome}`)
      : say(outcome === 'refused' ? 'unrestored.refused' : 'unrestored.failed-restored', {
          paths: unrestored.join(' '),
        });
  const style =
    outcome === 'applied' ? 'green' : outcome === 'unchanged' || outcome === 'planned' ? 'bold' : 'red';
  const id = planToAgreeTo(report);
  const plan = id === undefined ? '' : `${say('outcome.plan', { id })}\n`;
  return `${paint(style, sentence)}\n${plan}`;
}

/** A rollback is not bound to a plan: which set it takes back says it all. */
function planToAgreeTo({ command, outcome, plan }: Report): string | undefined {
  return outcome === 'planned' && command !== 'rollback' ? plan?.id : undefined;
}
