import { type AuditedLine, auditLine } from '../../diagnosis/audit.ts';
import { type CountedLine, countEffects, type EffectCounts } from '../../diagnosis/audit-counts.ts';
import type { LineFinding } from '../../diagnosis/audit-line.ts';
import { type BootEntry, decidingLine, type EntryLine } from '../../facts/boot-entry.ts';
import { droppedWordCount, excessBytes } from '../../facts/dropped-words.ts';
import type { HostFacts } from '../../facts/gather.ts';
import { askKernels, type KernelFacts } from '../../facts/kernels.ts';
import { runningKernel } from '../../facts/running/running-facts.ts';
import { CMDLINE_PATH } from '../../facts/running/running-state.ts';
import { entriesOfAll } from '../../facts/select-entries.ts';
import { comparedEntry } from '../../generator/drift.ts';
import type { LaterWord } from '../../generator/later-line.ts';
import { laterLines } from '../../generator/later-lines.ts';
import { lineName } from '../../generator/line-name.ts';
import type { Host } from '../../host/host.ts';
import { note, tell, warning } from '../../report/message.ts';
import { inFamily } from '../../report/messages/sentence.ts';
import type { EntryReport, Message, Report, RunningReport } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { describeLater, laterWarnings, unreadableLater } from '../describe-later.ts';
import { describeLayout } from '../describe-layout.ts';
import { auditRunningLine, describeRunning } from '../describe-running.ts';
import { unseenWarnings } from '../describe-unseen.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';

/** Find words that nobody reads: on every entry, and on the line of the running kernel. */
export async function audit(context: CommandContext): Promise<Report> {
  const { host } = context;
  const gathered = await gatherOrRefuse(context);
  if (!gathered.ok) return gathered.report;
  const { start, facts } = gathered;
  const entries = entriesOfAll(facts.menus);
  const kernels = await askKernels(host, facts.kernels, [...wordsOf(entries), ...wordsOfLater(facts)]);
  const audited = entries.map((entry) => auditEntry(entry, kernels));
  const running = await auditRunning(host, facts, kernels);
  const judged = [...audited.map(({ report }) => report), ...(running === undefined ? [] : [running.report])];
  const isFoundNow = judged.some(({ words }) => words.some(({ effect }) => effect === 'none'));
  const later = auditLater(facts, kernels, audited);
  const messages = [
    ...unseenWarnings(facts),
    ...unreadableLater(facts),
    ...audited.flatMap((entry) => entry.messages),
    ...laterWarnings(facts),
    ...later,
    ...(running?.messages ?? []),
  ];
  const isLost = laterLines(facts).some(({ lost }) => lost !== undefined);
  const isFound = isFoundNow || later.length > 0 || isLost;
  const counts = countEffects([...judged, ...laterCounted(facts, kernels)]);
  return {
    ...start,
    exitCode: isFound ? EXIT.found : EXIT.done,
    layout: describeLayout(facts),
    entries: audited.map(({ report }) => report),
    ...describeLater(facts),
    ...(running === undefined ? {} : { running: running.report }),
    counts,
    messages: later.length > 0 && counts.none === 0 ? messages : [...messages, countMessage(counts)],
  };
}

/** What was judged, of how much; that nothing was found says little where much could not be judged. */
function countMessage({ none, unknown, total }: EffectCounts): Message {
  if (none > 0) return note('audit.found', { none, unknown, total });
  if (unknown > 0) return note('audit.some-not-judged', { unknown, total });
  return note('audit.nothing-found', { total });
}

function wordsOfLater(facts: HostFacts): readonly string[] {
  return laterLines(facts).flatMap(({ words }) => words.map(({ text }) => text));
}

function wordsOf(entries: readonly BootEntry[]): readonly string[] {
  const words = entries.flatMap((entry) => decidingLine(entry)?.words ?? []);
  return [...new Set(words.map(({ text }) => text))];
}

/** Words of later kernels' lines that nobody reads on the default kernel, where no entry has them yet. */
function auditLater(
  facts: HostFacts,
  kernels: readonly KernelFacts[],
  audited: readonly Audited<EntryReport>[],
): readonly Message[] {
  const kernel = kernels.find(({ release }) => release === comparedEntry(facts)?.release);
  const told = new Set(audited.flatMap(({ report }) => report.words.map(({ word }) => word)));
  return laterLines(facts).flatMap((line) => {
    if (line.kind === 'hypervisor' || kernel === undefined) return [];
    const words = line.words.filter(({ kind, text }) => kind === 'plain' && !told.has(text));
    return auditLine(words, kernel).words.flatMap(({ word, from, effect }) => {
      told.add(word);
      if (effect !== 'none') return [];
      return [warning('audit.later-word-without-effect', { word, from, line: lineName(line) })];
    });
  });
}

/**
 * The lines of kernels still to come, as words that count. Of a word whose value is decided only when they are made the name is judged,
 * and without a name nothing can be.
 */
function laterCounted(facts: HostFacts, kernels: readonly KernelFacts[]): readonly CountedLine[] {
  const kernel = kernels.find(({ release }) => release === comparedEntry(facts)?.release);
  const lines = laterLines(facts).filter(({ kind }) => kind !== 'hypervisor');
  return lines.map(({ words }) => {
    const isNamed = ({ kind, text }: LaterWord) =>
      kind === 'plain' || kind === 'fixed' || /^[^=$]+=/.test(text);
    const judged = auditLine(words.filter(isNamed), kernel).words;
    const open = words.filter((word) => !isNamed(word));
    return {
      kernel: kernel?.release,
      words: [...judged, ...open.map(({ text }) => ({ word: text, effect: 'unknown' as const }))],
    };
  });
}

interface Audited<ReportPart> {
  readonly report: ReportPart;
  readonly messages: readonly Message[];
}

function auditEntry(entry: BootEntry, kernels: readonly KernelFacts[]): Audited<EntryReport> {
  const { title, id, image, initrds, kind, release, isDefault, isNext } = entry;
  const line = decidingLine(entry);
  const words = line?.words ?? [];
  const kernel = kernels.find((one) => one.release === release);
  const dropped = line === undefined ? 0 : droppedWordCount(line, entry.cmdlineBytes);
  const audited = auditLine(words, kernel, dropped, isLoadedByGrub(line) ? ['BOOT_IMAGE='] : []);
  const excess =
    line === undefined
      ? 0
      : excessBytes(
          line,
          words.map(({ text }) => text),
          entry.cmdlineBytes,
        );
  const messages = findingMessages(title, audited);
  return {
    report: {
      title,
      id,
      kernel: release,
      image,
      initrd: initrds,
      kind,
      default: isDefault,
      next: isNext,
      cmdline: line?.cmdline ?? '',
      words: audited.words,
    },
    messages:
      dropped === 0
        ? messages
        : [warning('audit.line-too-long', { title, excess, count: dropped }), ...messages],
  };
}

function isLoadedByGrub(line: EntryLine | undefined): boolean {
  return line !== undefined && !(line.format === 'loader-entry' && line.reader === 'systemd-boot');
}

function findingMessages(title: string, { findings }: AuditedLine): readonly Message[] {
  return findings.map((finding: LineFinding) => {
    const level = finding.code === 'given-again' || finding.code === 'console-device' ? 'info' : 'warning';
    return tell(level, inFamily('audit', { ...finding, title }));
  });
}

async function auditRunning(
  host: Host,
  { osRelease, running }: HostFacts,
  kernels: readonly KernelFacts[],
): Promise<Audited<RunningReport> | undefined> {
  if (running === undefined) return undefined;
  const kernel = await runningKernel(host, osRelease, kernels, running.release, running.words);
  return {
    report: describeRunning(running, kernel),
    messages: findingMessages(CMDLINE_PATH, auditRunningLine(running, kernel)),
  };
}
