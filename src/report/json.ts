import type { Evidence } from '../kernel/evidence.ts';
import { type Say, saySentence } from './messages/catalogue.ts';
import type { MessageData, Sentence } from './messages/sentence.ts';
import { evidenceSentence, roleSentence } from './part-sentences.ts';
import type {
  ChangedFile,
  EntryReport,
  KernelReport,
  LaterLineReport,
  LayoutFile,
  LayoutReport,
  Message,
  PlacedWord,
  PlanReport,
  Report,
  WordReport,
} from './report.ts';
import { decodeText, INVISIBLE } from './visible-text.ts';

/** The version of the document; it grows when a key of the contract changes its meaning. */
const SCHEMA_VERSION = 1;

/**
 * The report as one JSON document on one line, ending in a newline. Schema: docs/schema/report.schema.json. Characters that
 * would act on a terminal are written as JSON's own escapes.
 *
 * @param redact is given every text of the document
 */
export async function renderJson(
  report: Report,
  say: Say,
  redact: (text: string) => string,
): Promise<string> {
  const document = JSON.stringify(await documentOf(report, say), (_key, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  );
  return `${document.replaceAll(INVISIBLE, escapeUnits)}\n`;
}

/** JSON's escape of each UTF-16 unit. */
function escapeUnits(character: string): string {
  let escaped = '';
  for (let at = 0; at < character.length; at += 1) {
    escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}

async function documentOf(report: Report, say: Say): Promise<Readonly<Record<string, unknown>>> {
  const { command, root, exitCode, outcome, entries, choice, hazards, plan } = report;
  return {
    schemaVersion: SCHEMA_VERSION,
    command,
    root,
    outcome,
    unrestored: report.unrestored?.map(decodeText),
    exitCode,
    layout: report.layout && layoutOf(report.layout, say),
    kernels: report.kernels?.map((kernel) => kernelOf(kernel, say)),
    changed: outcome && isChanged(report),
    entries: entries?.map((entry, index) => entryOf(entry, index, say)),
    laterLines: report.laterLines?.map(laterLineOf),
    drift: report.drift?.map(({ line, onlyNextBoot, onlyLater }) => ({
      line: decodeText(line),
      onlyNextBoot: onlyNextBoot.map(placedWordOf),
      onlyLater: onlyLater.map(placedWordOf),
    })),
    running: report.running && {
      kernel: decodeText(report.running.kernel),
      cmdline: decodeText(report.running.cmdline),
      words: report.running.words.map((word) => wordOf(word, say)),
    },
    counts: report.counts,
    choice: choice && { ...choice, because: sentences(choice.because, say) },
    hazards: hazards?.map(({ id, blocking, accepted, data }) => ({
      id,
      blocking,
      accepted,
      detail: say(`hazard.${id}`, data),
    })),
    changedSince: report.changedSince && (await Promise.all(report.changedSince.map(diffOf))),
    plan: plan && (await planOf(plan)),
    backup: report.backup,
    backups: report.backups?.map((backup) => ({ ...backup, files: backup.files.map(decodeText) })),
    trial: report.trial && {
      ...report.trial,
      set: report.trial.set.map(decodeText),
      unset: report.trial.unset.map(decodeText),
      line: report.trial.line.map(decodeText),
    },
    parameters: report.parameters?.map(decodeText),
    script: report.script,
    messages: report.messages.map((message) => messageOf(message, say)),
  };
}

/** Whether files were changed, or would be without `--dry-run`. */
function isChanged({ outcome, plan }: Report): boolean {
  return outcome === 'applied' || (outcome === 'planned' && plan !== undefined && plan.edits.length > 0);
}

function entryOf(entry: EntryReport, index: number, say: Say): unknown {
  return {
    index,
    ...entry,
    image: decodeText(entry.image),
    leftAlone: entry.kind === 'normal' ? undefined : entry.kind,
    title: decodeText(entry.title),
    id: decodeText(entry.id),
    kernel: optionalText(entry.kernel),
    cmdline: decodeText(entry.cmdline),
    words: entry.words.map((word) => wordOf(word, say)),
  };
}

function kernelOf({ release, exposure, support, ...kernel }: KernelReport, say: Say): unknown {
  const supported = Object.entries(support).map(([parameter, { verdict, evidence, cost }]) => {
    const shown = evidence.map((one) => evidenceOf(one, say));
    return [decodeText(parameter), { verdict, evidence: shown, cost: cost && say(`hazard.${cost}`) }];
  });
  return {
    release: decodeText(release),
    ...kernel,
    exposure: exposure && { verdict: exposure.verdict, because: sentences(exposure.because, say) },
    support: Object.fromEntries(supported),
  };
}

function layoutOf({ family, loader, default: chosen, ...files }: LayoutReport, say: Say): unknown {
  const describe = (some: readonly LayoutFile[]) =>
    some.map((file) => ({ path: decodeText(file.path), role: file.role, detail: roleSentence(say, file) }));
  return {
    family,
    loader,
    default: chosen && {
      title: decodeText(chosen.title),
      id: decodeText(chosen.id),
      because: saySentence(say, chosen.because),
    },
    nextBoot: describe(files.nextBoot),
    laterKernels: describe(files.laterKernels),
    keptBy: files.keptBy,
    inactive: describe(files.inactive),
  };
}

async function planOf({ id, edits }: PlanReport): Promise<unknown> {
  const shown = edits.map(async (edit) => {
    const { beforeSha256, afterSha256 } = edit;
    const { path, diff } = await diffOf(edit);
    return { path, beforeSha256, afterSha256, diff };
  });
  return { id, edits: await Promise.all(shown) };
}

async function diffOf({ path, before, after, ownershipChanges }: ChangedFile) {
  const { unifiedDiff } = await import('./unified-diff.ts');
  return {
    path: decodeText(path),
    diff: before === after ? '' : unifiedDiff(path, optionalText(before), optionalText(after)),
    ownershipChanges,
  };
}

function wordOf({ word, effect, from, suggestion, because }: WordReport, say: Say): unknown {
  return {
    word: decodeText(word),
    effect,
    from: decodeText(from),
    suggestion: optionalText(suggestion),
    because: because && saySentence(say, because),
  };
}

function laterLineOf({ isCompared: _, ...line }: LaterLineReport): unknown {
  const { title, words, unknown, lost } = line;
  return {
    ...line,
    title: optionalText(title),
    words: words.map((word) => ({ ...word, ...placedWordOf(word) })),
    unknown: unknown.map(({ because, from }) => ({ because, from: decodeText(from) })),
    lost: lost && { text: decodeText(lost.text), from: decodeText(lost.from) },
  };
}

function placedWordOf({ word, from }: PlacedWord) {
  return { word: decodeText(word), from: decodeText(from) };
}

function optionalText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : decodeText(text);
}

function evidenceOf(evidence: Evidence, say: Say): unknown {
  const { source, path, says, code } = evidence;
  return { source, path: optionalText(path), says, code, detail: evidenceSentence(say, evidence) };
}

function sentences(reasons: readonly Sentence[], say: Say): readonly string[] {
  return reasons.map((reason) => saySentence(say, reason));
}

function messageOf(message: Message, say: Say): unknown {
  const { level, code, data } = message;
  return { level, code, data: shownData(data), text: saySentence(say, message) };
}

/** The values of a sentence as they are shown in it. */
function shownData(data: MessageData): MessageData {
  const shown = Object.entries(data).map(([name, value]) => {
    return [name, typeof value === 'string' ? decodeText(value) : value];
  });
  return Object.fromEntries(shown);
}
