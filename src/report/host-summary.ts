import { type Say, saySentence } from './messages/catalogue.ts';
import type { KernelReport, Report } from './report.ts';
import { statusVerdict } from './status-text.ts';
import { verifiedHeadline } from './verification-text.ts';
import { visibleText } from './visible-text.ts';

/** What a command found on one of several machines, in one line. */
export function hostSummary(report: Report, say: Say): string {
  const { command, messages, verified, verification = [], backups, parameters } = report;
  const failure = messages.find(({ level }) => level === 'error');
  if (failure !== undefined) return saySentence(say, failure);
  if (verified !== undefined) return verifiedHeadline(verified.verdict, verification, say);
  if (backups !== undefined) return backupsSummary(backups, say);
  if (parameters !== undefined) return say('fleet.parameters', { count: parameters.length });
  if (command === 'probe')
    return (report.kernels ?? []).map((kernel) => kernelSummary(kernel, say)).join('; ');
  if (command === 'status') {
    return statusVerdict(report)
      .map((sentence) => saySentence(say, sentence))
      .join(say('joint.sentences'));
  }
  return messages
    .filter(({ code }) => COUNTS.has(code))
    .map((message) => saySentence(say, message))
    .join(say('joint.sentences'));
}

/** What `audit` counts. */
const COUNTS = new Set<string>(['audit.found', 'audit.some-not-judged', 'audit.nothing-found']);

function backupsSummary(backups: NonNullable<Report['backups']>, say: Say): string {
  const last = backups.at(-1);
  return last === undefined
    ? say('backup.none')
    : say('fleet.backups', { count: backups.length, id: last.id });
}

function kernelSummary({ release, support }: KernelReport, say: Say): string {
  const verdicts = Object.entries(support).map(
    ([parameter, { verdict }]) => `${visibleText(parameter)} ${say(`works.${verdict}`)}`,
  );
  return `${visibleText(release) || say('label.no-release')}: ${verdicts.join(', ')}`;
}
