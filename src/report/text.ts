import { renderAudit } from './audit-text.ts';
import { renderBackups } from './backups-text.ts';
import { renderChange } from './change-text.ts';
import { renderDecision } from './decision-text.ts';
import { renderDiffs } from './diff-text.ts';
import { renderKernelTable } from './kernel-table.ts';
import { renderOutcome } from './outcome-text.ts';
import { renderProbe } from './probe-text.ts';
import type { Report } from './report.ts';
import { renderStatus } from './status-text.ts';
import type { ReportPart, ShownReport, TextOptions } from './text-options.ts';
import { renderEntries, renderKernels } from './verbose-text.ts';
import { renderVerification } from './verification-text.ts';
import { visibleText } from './visible-text.ts';

/** The report for a person: what stands on stdout. Messages are not in it. */
export function renderReport(report: Report, options: TextOptions): ShownReport {
  const { body, closing } = renderSubject(report, options);
  const ending = [closing, renderOutcome(report, options)].filter((part) => part !== '').join('');
  return { body, closing: ending };
}

/** What a report is about, without how the command ended. */
function renderSubject(report: Report, options: TextOptions): ShownReport {
  const { command, outcome, kernels = [], decision, plan } = report;
  if (decision !== undefined && plan === undefined)
    return { body: renderDecision(report, options), closing: '' };
  if (report.changedSince !== undefined) return { body: renderConflict(report, options), closing: '' };
  if (plan !== undefined) return renderChange(report, options);
  switch (command) {
    case 'status':
      return outcome === undefined ? renderStatus(report, options) : NOTHING;
    case 'probe':
      return { ...NOTHING, body: renderProbe(kernels, options) + renderList(report) };
    case 'audit':
      return { ...NOTHING, body: renderAudit(report, options) };
    case 'verify':
      return { ...NOTHING, body: renderVerification(report, options) };
    case 'backups':
      return { ...NOTHING, body: renderBackups(report, options) };
    case 'completion':
      return { ...NOTHING, body: report.script ?? '' };
    default:
      return outcome === 'refused' && kernels.some(({ support }) => Object.keys(support).length > 0)
        ? { ...NOTHING, body: renderKernelTable(kernels, options) }
        : NOTHING;
  }
}

const NOTHING: ShownReport = { body: '', closing: '' };

function renderList({ parameters = [] }: Report): string {
  return parameters.map((name) => `${visibleText(name)}\n`).join('');
}

/** What somebody else changed since, and what would be written over it. */
function renderConflict({ changedSince = [], plan }: Report, options: TextOptions): string {
  const titled = (code: 'label.changed-since' | 'label.by-force', diffs: string) =>
    diffs === '' ? '' : `${options.paint('bold', options.say(code))}\n${diffs}`;
  return [
    titled('label.changed-since', renderDiffs(changedSince, options)),
    titled('label.by-force', renderDiffs(plan?.edits ?? [], options)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** One part of a report, in full. */
export function renderPart(part: ReportPart, report: Report, options: TextOptions): string {
  switch (part) {
    case 'diff':
      return renderDiffs(report.plan?.edits ?? [], options);
    case 'why':
      return renderKernels(report.kernels ?? [], { ...options, isVerbose: true });
    case 'entries':
      return renderEntries(report.entries ?? [], { ...options, isVerbose: true });
  }
}

export { renderOutcome };
