import description from '../../package.json' with { type: 'json' };
import type { Evidence } from '../kernel/evidence.ts';
import { messageText } from './message-text.ts';
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
import { verificationJson } from './verification-json.ts';
import { decodeText, INVISIBLE } from './visible-text.ts';

/** The version of the document; it grows when a key of the contract changes its meaning. */
const SCHEMA_VERSION = 1;

/**
 * The report as one JSON document on one line, ending in a newline. Schema: docs/schema/report.schema.json. Characters that
 * would act on a terminal are written as JSON's own escapes.
 *
 * @param redact is given every text of the document
 * @param at when the command ended
 */
export async function renderJson(
  report: Report,
  say: Say,
  redact: (text: string) => string,
  at: Date,
): Promise<string> {
  const document = JSON.stringify(await documentOf(report, say, at), (_key, value: unknown) =>
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

async function documentOf(report: Report, say: Say, at: Date): Promise<Readonly<Record<string, unknown>>> {
  const { exitCode, outcome, entries, choice, hazards } = report;
  return {
    ...originOf(report, at),
    outcome,
    unrestored: report.unrestored?.map(decodeText),
    exitCode,
    layout: report.layout && layoutOf(report.layout, say),
    kernels: report.kernels?.map((kernel) => kernelOf(kernel, say)),
    changed: outcome && isChanged(report),
    entries: entries?.map((entry, index) => entryOf(entry, index, say)),
    ...linesOf(report, say),
    ...verificationJson(report, say),
    counts: report.counts,
    choice: choice && { ...choice, because: sentences(choice.because, say) },
    hazards: hazards?.map(({ id, blocking, accepted, data }) => ({
      id,
      blocking,
      accepted,
      detail: say(`hazard.${id}`, data),
    })),
    ...(await changesOf(report)),
    parameters: report.parameters?.map(decodeText),
    script: report.script,
    help: report.help,
    messages: report.messages.map((message) => messageOf(message, report, say)),
  };
}

/** Whose document it is, who says so, and when. */
function originOf({ command, root, host }: Report, at: Date): Readonly<Record<string, unknown>> {
  return {
    schemaVersion: SCHEMA_VERSION,
    toolVersion: description.version,
    command,
    root,
    host: optionalText(host),
    at: at.toISOString(),
  };
}

/** What is to be written, was, or could be taken back. */
async function changesOf(report: Report): Promise<Readonly<Record<string, unknown>>> {
  const { changedSince, plan, backup, backups, trial } = report;
  return {
    changedSince: changedSince && (await Promise.all(changedSince.map(diffOf))),
    plan: plan && (await planOf(plan)),
    backup: backup,
    backups: backups?.map((backup) => ({
      ...backup,
      set: backup.set.map(decodeText),
      unset: backup.unset.map(decodeText),
      files: backup.files.map(decodeText),
    })),
    trial: trial && {
      ...trial,
      set: trial.set.map(decodeText),
      unset: trial.unset.map(decodeText),
      line: trial.line.map(decodeText),
    },
  };
}

/** What is said of command lines beside those of the entries. */
function linesOf({ laterLines, drift, running }: Report, say: Say): Readonly<Record<string, unknown>> {
  return {
    laterLines: laterLines?.map(laterLineOf),
    drift: drift?.map(({ line, onlyNextBoot, onlyLater }) => ({
      line: decodeText(line),
      onlyNextBoot: onlyNextBoot.map(placedWordOf),
      onlyLater: onlyLater.map(placedWordOf),
    })),
    running: running && {
      kernel: optionalText(running.kernel),
      cmdline: decodeText(running.cmdline),
      words: running.words.map((word) => wordOf(word, say)),
    },
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
    initrd: entry.initrd.map(decodeText),
    leftAlone: entry.kind === 'normal' ? undefined : entry.kind,
    title: decodeText(entry.title),
    id: decodeText(entry.id),
    kernel: optionalText(entry.kernel),
    cmdline: decodeText(entry.cmdline),
    words: entry.words.map((word) => wordOf(word, say)),
  };
}

function kernelOf({ release, exposure, support, ...kernel }: KernelReport, say: Say): unknown {
  const supported = Object.entries(support).map(([parameter, { verdict, evidence, decidedBy, cost }]) => {
    const shown = evidence.map((one) => evidenceOf(one, one === decidedBy, say));
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

function evidenceOf(evidence: Evidence, isDeciding: boolean, say: Say): unknown {
  const { source, path, says, code } = evidence;
  const detail = evidenceSentence(say, evidence);
  return { source, path: optionalText(path), says, code, decides: isDeciding, detail };
}

function sentences(reasons: readonly Sentence[], say: Say): readonly string[] {
  return reasons.map((reason) => saySentence(say, reason));
}

function messageOf(message: Message, report: Report, say: Say): unknown {
  const { level, code, data } = message;
  return { level, code, data: shownData(data), text: messageText(message, report, say) };
}

/** The values of a sentence as they are shown in it. */
function shownData(data: MessageData): MessageData {
  const shown = Object.entries(data).map(([name, value]) => {
    return [name, typeof value === 'string' ? decodeText(value) : value];
  });
  return Object.fromEntries(shown);
}
