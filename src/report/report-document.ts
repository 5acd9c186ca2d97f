import description from '../../package.json' with { type: 'json' };
import { renderJson } from './json.ts';
import type { Say } from './messages/catalogue.ts';
import { english } from './messages/en.ts';
import type { Message, Report, SupportReport } from './report.ts';
import { renderReport } from './text.ts';
import type { TextOptions } from './text-options.ts';

/**
 * A whole report as one line, for the same bootmend on another machine: what it shows there is made of codes and bytes, so that
 * language, colour and width are that terminal's. No contract: it is read by the version that wrote it.
 */
export function writeReportDocument(report: Report): string {
  return `${JSON.stringify({ version: description.version, report })}\n`;
}

const EXIT_CODES = new Set<unknown>([0, 1, 2, 3, 4, 5, 130]);
const OUTCOMES = new Set<unknown>([
  ...[undefined, 'unchanged', 'planned', 'applied', 'refused', 'failed-restored'],
]);
const LEVELS = new Set<unknown>(['info', 'warning', 'error']);

/** What stands in commands to be pasted. */
const ID = /^[\w.-]+$/;

/**
 * A report that another machine wrote, which is not trusted: one of another version or of another command, or one that can't be shown,
 * is none. Its texts are as untrusted as those of a file, and shown like them.
 *
 * @param text UTF-8
 */
export async function readReportDocument(
  text: string,
  command: string,
  say: Say,
): Promise<Report | undefined> {
  try {
    const document: unknown = JSON.parse(text);
    if (!isRecord(document) || document['version'] !== description.version) return undefined;
    const report = document['report'];
    if (!isRecord(report) || !isPlausible(report, command)) return undefined;
    const read = withDeciding(report as unknown as Report);
    // What a report has to be to be shown, showing it tells.
    for (const isVerbose of [true, false]) renderReport(read, { ...plainText(say), isVerbose });
    await renderJson(read, say, (shown) => shown, new Date());
    return read;
  } catch {
    return undefined;
  }
}

/** What a verdict rests on is one of its pieces of evidence, not one like it. */
function withDeciding(report: Report): Report {
  if (report.kernels === undefined) return report;
  const linked = ({ evidence, decidedBy, ...others }: SupportReport): SupportReport => {
    const deciding = JSON.stringify(decidedBy);
    return { ...others, evidence, decidedBy: evidence.find((one) => JSON.stringify(one) === deciding) };
  };
  const kernels = report.kernels.map((kernel) => {
    const support = Object.entries(kernel.support).map(([parameter, one]) => [parameter, linked(one)]);
    return { ...kernel, support: Object.fromEntries(support) };
  });
  return { ...report, kernels };
}

function plainText(say: Say): TextOptions {
  return { say, paint: (_style, shown) => shown, isVerbose: true, columns: 80, hasDiffs: true, target: '' };
}

function isPlausible(report: Readonly<Record<string, unknown>>, command: string): boolean {
  const { root, exitCode, outcome, script, help, plan, backup, messages } = report;
  const hasId = (part: unknown) =>
    part === undefined || (isRecord(part) && typeof part['id'] === 'string' && ID.test(part['id']));
  return (
    report['command'] === command &&
    typeof root === 'string' &&
    EXIT_CODES.has(exitCode) &&
    OUTCOMES.has(outcome) &&
    script === undefined &&
    help === undefined &&
    hasId(plan) &&
    hasId(backup) &&
    Array.isArray(messages) &&
    messages.every(isMessage)
  );
}

function isMessage(value: unknown): value is Message {
  if (!isRecord(value)) return false;
  const { level, code, data } = value;
  if (!LEVELS.has(level) || typeof code !== 'string' || !Object.hasOwn(english, code)) return false;
  const isShown = (part: unknown) => typeof part === 'string' || typeof part === 'number';
  return isRecord(data) && Object.values(data).every(isShown);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
