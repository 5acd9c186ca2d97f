import type { ByteRange } from './address-space.ts';

/** Where the text of a parameter's name stands outside of the parameter tables, in a form that code can compare with. */
export interface NameReading {
  /** As it was asked, `-` for `_` as there. */
  readonly name: string;
  /** How often; 0 proves that no code compares with it. */
  readonly count: number;
  /** The first of them. */
  readonly places: readonly NamePlace[];
}

/** A place where code could find the text of a name. */
export interface NamePlace {
  /** `boot-code` is what unpacks the kernel: the real-mode part and the decompressor. */
  readonly part: 'kernel' | 'boot-code';
  /** In that part's bytes. */
  readonly offset: number;
  /** A string by itself; else the end of a longer one, with which a linker may have merged it. */
  readonly isWhole: boolean;
  /** `prefix`: up to a dot of the name, as code that takes all that begins so would hold it. */
  readonly form: 'name' | 'prefix';
}

/** Bytes to be searched. */
export interface SearchedPart {
  readonly part: NamePlace['part'];
  readonly bytes: Buffer;
  /** Which of them no code compares with: the tables' own strings, type information, a packed kernel. In order. */
  readonly excluded: readonly ByteRange[];
}

const mostPlaces = 3;
/** Compilers compare strings up to three characters without having them as a string (GCC, inline-string-cmp-param). */
export const longestInlineComparison = 3;

const EQUALS = 0x3d;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

interface Pattern {
  readonly text: Buffer;
  readonly form: NamePlace['form'];
  readonly found: { count: number; readonly places: NamePlace[] };
}

/**
 * Look for every name at once, in one pass over the bytes.
 *
 * Code that reads a parameter without a table holds its name as a C string: by itself or with what follows a `=`
 * (cmdline_find_option(), strstr(), strncmp()), perhaps as the end of a longer string with which the linker merged it; `-` and
 * `_` may stand for each other (kernel/params.c). A name with dots may also be held up to one of them (`sysctl.`).
 *
 * @param names of parameters, without values; one of a single letter is not looked for
 */
export function findNamePlaces(
  parts: readonly SearchedPart[],
  names: readonly string[],
): readonly NameReading[] {
  const found = new Map(
    [...new Set(names)].map((name) => [name, { count: 0, places: [] as NamePlace[] }] as const),
  );
  const patterns = patternsByEnd(found);
  if (patterns.size > 0) for (const part of parts) search(part, patterns);
  return [...found].map(([name, { count, places }]) => ({ name, count, places }));
}

function patternsByEnd(
  names: ReadonlyMap<string, Pattern['found']>,
): ReadonlyMap<number, readonly Pattern[]> {
  const patterns = new Map<number, Pattern[]>();
  const add = (text: string, form: Pattern['form'], found: Pattern['found']): void => {
    const bytes = Buffer.from(text.replaceAll('-', '_'), 'latin1');
    if (bytes.length < 2) return;
    const end = endOf(bytes, bytes.length);
    const known = patterns.get(end);
    const pattern = { text: bytes, form, found };
    if (known === undefined) patterns.set(end, [pattern]);
    else known.push(pattern);
  };
  for (const [name, found] of names) {
    add(name, 'name', found);
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
      add(name.slice(0, dot + 1), 'prefix', found);
    }
  }
  return patterns;
}

/** The last two bytes before an offset as a number, `-` taken for `_`. */
function endOf(bytes: Uint8Array, end: number): number {
  const last = bytes[end - 1] ?? 0;
  const before = bytes[end - 2] ?? 0;
  return (folded(before) << 8) | folded(last);
}

function folded(byte: number): number {
  return byte === DASH ? UNDERSCORE : byte;
}

function search(
  { part, bytes, excluded }: SearchedPart,
  patterns: ReadonlyMap<number, readonly Pattern[]>,
): void {
  // One bit of a look-up table for each pair of last bytes: a Map is asked only where something may end.
  const marks = new Uint8Array(1 << 16);
  for (const [end, { length }] of patterns) marks[end] = length > 0 ? 1 : 0;
  let from = 0;
  for (const { start, end } of [...excluded, { start: bytes.length, end: bytes.length }]) {
    visitStringEnds(bytes, from, start, marks, (at) => {
      for (const pattern of patterns.get(endOf(bytes, at)) ?? []) {
        const offset = at - pattern.text.length;
        if (offset < from || !standsAt(bytes, offset, pattern.text)) continue;
        if (pattern.form === 'prefix' && bytes[at] === EQUALS) continue;
        pattern.found.count += 1;
        if (pattern.found.places.length >= mostPlaces) continue;
        const isWhole = offset === 0 || (bytes[offset - 1] ?? 0) <= 0x20;
        pattern.found.places.push({ part, offset, isWhole, form: pattern.form });
      }
    });
    from = Math.max(from, end);
  }
}

/** Every offset at which a NUL or `=` follows two bytes that are marked. */
function visitStringEnds(
  bytes: Uint8Array,
  from: number,
  to: number,
  marks: Uint8Array,
  visit: (at: number) => void,
): void {
  for (let at = Math.max(from, 1); at < to; at += 1) {
    const byte = bytes[at];
    if (byte !== 0 && byte !== EQUALS) continue;
    const last = bytes[at - 1] as number;
    if (last !== 0 && marks[(folded(bytes[at - 2] as number) << 8) | folded(last)] === 1) visit(at);
  }
}

function standsAt(bytes: Uint8Array, offset: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i += 1) {
    if (folded(bytes[offset + i] ?? 0) !== text[i]) return false;
  }
  return true;
}
