import type { Labelled } from './labelled.ts';
import type { Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';

/** Files of one part: as many are named. */
const MOST_FILES = 4;

/** Where the words stand that boot next, and from where later kernels get theirs. */
export function wordPlaces(report: Report, options: TextOptions): readonly Labelled[] {
  const { say } = options;
  const normal = (report.entries ?? []).filter(({ kind }) => kind === 'normal');
  const next = placesOf(normal.flatMap(({ words }) => words.map(({ from }) => from)));
  const rows = [
    { label: say('label.place-next'), lines: named(next, options) },
    { label: say('label.place-later'), lines: named(laterPlaces(report, options), options) },
  ];
  const keeper = report.layout?.keptBy;
  if (keeper === undefined) return rows;
  const { system, ...owner } = keeper;
  const how = say(owner.command === '' ? 'kept-by-file' : 'kept-by-system', owner);
  return [...rows, { label: say('label.kept-by'), text: `${visibleText(system)}: ${how}` }];
}

/** `PATH:LINE LINE`, a file each. */
export function placesOf(from: readonly string[]): readonly string[] {
  const files = new Map<string, Set<string>>();
  for (const place of from) {
    const [, path = place, line = ''] = /^(.*):([0-9]+)$/s.exec(place) ?? [];
    files.set(path, (files.get(path) ?? new Set()).add(line));
  }
  return [...files].map(([path, lines]) => {
    const numbers = [...lines].filter((line) => line !== '').toSorted((a, b) => Number(a) - Number(b));
    return numbers.length === 0 ? path : `${path}:${shortened(numbers)}`;
  });
}

/** Lines of one file: as many are named. */
const MOST_NUMBERS = 6;

function shortened(numbers: readonly string[]): string {
  const more = numbers.length - MOST_NUMBERS;
  return `${numbers.slice(0, MOST_NUMBERS).join(' ')}${more > 0 ? ` … (+${more})` : ''}`;
}

function laterPlaces({ layout, laterLines = [] }: Report, { say }: TextOptions): readonly string[] {
  const from = laterLines.flatMap(({ words }) => words.map((word) => word.from));
  return (layout?.laterKernels ?? []).map(({ path, role }) => {
    if (role === 'copied-entry') return say('later.copied-entry');
    if (role === 'kernel-install-missing') return say('later.running-words');
    const places = placesOf(from.filter((place) => place.startsWith(`${path}:`)));
    return places[0] ?? path;
  });
}

function named(places: readonly string[], { say }: TextOptions): readonly string[] {
  if (places.length === 0) return [say('label.nothing')];
  const more = places.length - MOST_FILES;
  const shown = places.slice(0, MOST_FILES).map(visibleText);
  return more > 0 ? [...shown, say('places.more', { count: more })] : shown;
}
