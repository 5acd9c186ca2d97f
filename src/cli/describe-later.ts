import { decidingLine } from '../facts/boot-entry.ts';
import { type HostFacts, laterKernelsRefusal } from '../facts/gather.ts';
import { comparedEntry, comparedLines, entriesOfPrograms, findDrift } from '../generator/drift.ts';
import type { LaterLine } from '../generator/later-line.ts';
import { laterLines } from '../generator/later-lines.ts';
import { lineName, unknownInFiles } from '../generator/line-name.ts';
import { tell, warning } from '../report/message.ts';
import type { DriftReport, LaterLineReport, Message, Report } from '../report/report.ts';
import { factsRefusalMessage } from './facts-refusal-message.ts';

/** The lines of later kernels beside the one that boots next, and where they differ. */
export function describeLater(facts: HostFacts): Required<Pick<Report, 'nextLine' | 'laterLines' | 'drift'>> {
  const lines = laterLines(facts);
  const compared = comparedLines(facts, lines);
  const entry = comparedEntry(facts);
  const nextLine = entry && { title: entry.title, cmdline: decidingLine(entry)?.cmdline ?? '' };
  return {
    nextLine,
    laterLines: lines.map((line) => describeLine(line, compared.includes(line))),
    drift: findDrift(facts, lines).map(({ line, onlyNextBoot, onlyLater }): DriftReport => {
      return { line: lineName(line), onlyNextBoot, onlyLater };
    }),
  };
}

function describeLine(line: LaterLine, isCompared: boolean): LaterLineReport {
  const { by, kind, entry, words, unknown, lost } = line;
  return {
    by,
    kind,
    ...(entry === undefined ? {} : { title: entry.title }),
    words: words.map(({ text, kind: known, from, variable }) => {
      const isKnown = known === 'plain' || known === 'fixed';
      return { word: text, known: isKnown, from, ...(variable === undefined ? {} : { variable }) };
    }),
    unknown,
    ...(lost === undefined ? {} : { lost: { text: lost.text, from: lost.from } }),
    isCompared,
  };
}

/** What of later kernels' lines can't be known, with its place, and what GRUB would not read of them. */
export function laterWarnings(facts: HostFacts): readonly Message[] {
  const lines = laterLines(facts);
  const literals = lines.filter(({ kind }) => kind === 'literal');
  const unknown = new Map(
    lines.flatMap((line) => unknownInFiles(line).map((part) => [part.from, part] as const)),
  );
  // Of several lines that are cut at one place the first is spoken of.
  const lost = new Map(
    lines.toReversed().flatMap((line) => (line.lost === undefined ? [] : [[line.lost.from, line] as const])),
  );
  const programs = facts.menus.flatMap((menu) => entriesOfPrograms(menu, literals));
  return [
    ...[...unknown.values()].map(({ because, from }) =>
      warning('warning.later-unknown', { unknown: because, from }),
    ),
    ...[...lost].map(([from, line]) => {
      return warning('warning.later-line-cut', { from, found: line.lost?.text ?? '', line: lineName(line) });
    }),
    ...programs.map(({ title, path }) => warning('warning.entry-made-by-program', { title, path })),
  ];
}

/** That what later kernels get can't be read; looking goes on all the same. */
export function unreadableLater(facts: HostFacts): readonly Message[] {
  const refusal = laterKernelsRefusal(facts);
  if (refusal === undefined) return [];
  return [tell('warning', factsRefusalMessage(refusal))];
}
