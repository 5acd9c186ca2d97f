import { type ChangedLine, changedLines } from './changed-words.ts';
import { groupBy } from './group-by.ts';
import type { EntryPlace, PlannedEdit } from './report.ts';
import { shortReleases } from './short-releases.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';
import { displayWidth, padText } from './wrap-text.ts';

/** Lines of one file with the same change: as many stand by themselves. */
const MOST_ROWS = 6;
/** Lines that come with a file or a change made anew: as many are shown. */
const MOST_LINES = 12;

/** One file of a plan: what it decides, and each line that changes with only its changed words, the entry in front. */
export function changeRows(edit: PlannedEdit, places: readonly EntryPlace[], options: TextOptions): string {
  const { say, paint } = options;
  const { path, decides } = edit;
  const { before, after } = edit.shown ?? edit;
  const role = decides === undefined || decides === 'restore' ? '' : say(`decides.${decides}`);
  const made = before === undefined ? say('change.made') : after === undefined ? say('change.removed') : '';
  const head = [paint('bold', visibleText(path)), role, made].filter((text) => text !== '').join('   ');
  const lines = changedLines(before ?? '', after ?? '');
  const rows = groupsOf(lines, labelsOf(path, places)).flatMap((group) => rowOf(group, options));
  const shown = rows.slice(0, MOST_LINES);
  const more = rows.length - shown.length;
  const ending = more > 0 ? [`     ${say('change.more-lines', { count: more })}`] : [];
  return [head, ...shown, ...ending].map((line) => `  ${line.trimEnd()}\n`).join('');
}

/** Lines that change in the same way. */
interface Group {
  readonly lines: readonly ChangedLine[];
  readonly label: string;
}

function groupsOf(lines: readonly ChangedLine[], labels: ReadonlyMap<number, string>): readonly Group[] {
  const alike = groupBy(lines, (line) =>
    JSON.stringify(excerptOf(line).map(({ kind, text }) => [kind, text])),
  );
  return [...alike.values()].flatMap((group): readonly Group[] => {
    if (group.length > MOST_ROWS || (group.length > 1 && labels.size === 0))
      return [{ lines: group, label: '' }];
    return group.map((line) => ({ lines: [line], label: labels.get(line.line) ?? '' }));
  });
}

/** The kernels of a file's lines, without what all of them end with. */
function labelsOf(path: string, places: readonly EntryPlace[]): ReadonlyMap<number, string> {
  const here = places.filter((place) => place.path === path && place.line !== undefined);
  const { names } = shortReleases(here.map(({ kernel, title }) => visibleText(kernel ?? title)));
  const labels = new Map<number, string>();
  for (const [at, { line, isDefault }] of here.entries()) {
    const name = `${names[at]}${isDefault ? ' *' : ''}`;
    if (line !== undefined && !labels.has(line)) labels.set(line, name);
  }
  const width = Math.max(0, ...[...labels.values()].map(displayWidth));
  return new Map([...labels].map(([line, name]) => [line, padText(name, width)]));
}

function rowOf({ lines, label }: Group, { paint, columns }: TextOptions): readonly string[] {
  const [first] = lines;
  if (first === undefined) return [];
  const numbers = lines.map(({ line }) => line);
  const named = numbers.length > MOST_ROWS ? [...numbers.slice(0, 3), `… (+${numbers.length - 3})`] : numbers;
  const front = `${named.join(' ').padStart(4)}  ${label === '' ? '' : `${label}  `}`;
  const pieces = excerptOf(first);
  const plain = pieces.map(({ text }) => text).join(' ');
  const painted = pieces.map(({ kind, text }) => paintPiece(kind, text, paint));
  if (displayWidth(front) + displayWidth(plain) + 2 <= columns) return [front + painted.join(' ')];
  return [front.trimEnd(), ...brokenLines(pieces, columns - 10, paint).map((line) => `      ${line}`)];
}

function brokenLines(
  pieces: readonly Piece[],
  columns: number,
  paint: TextOptions['paint'],
): readonly string[] {
  const lines: string[] = [];
  let [line, width] = ['', 0];
  for (const { kind, text } of pieces) {
    if (width > 0 && width + displayWidth(text) + 1 > columns) {
      lines.push(line);
      [line, width] = ['', 0];
    }
    line += `${width > 0 ? ' ' : ''}${paintPiece(kind, text, paint)}`;
    width += displayWidth(text) + 1;
  }
  return [...lines, line];
}

/** What of a line is shown: a word that changes, marked, or a word that stands before it. */
interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

function excerptOf({ parts }: ChangedLine): readonly Piece[] {
  return parts.flatMap(({ kind, words }, at): readonly Piece[] => {
    if (kind === 'removed') return words.map((word) => ({ kind, text: `-${visibleText(word)}-` }));
    if (kind === 'added') return words.map((word) => ({ kind, text: `+${visibleText(word)}+` }));
    const kept = words.filter((word) => !/^["']$/.test(word));
    const last = kept.at(-1);
    if (at === parts.length - 1) return last === undefined ? [] : [{ kind, text: '…' }];
    if (last === undefined) return [];
    return [{ kind, text: kept.length > 1 ? `… ${visibleText(last)}` : visibleText(last) }];
  });
}

function paintPiece(kind: Piece['kind'], text: string, paint: TextOptions['paint']): string {
  if (kind === 'same') return text;
  return paint(kind === 'removed' ? 'red' : 'green', text);
}
