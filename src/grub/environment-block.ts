import { assertBytes } from '../cmdline/assert-bytes.ts';
import type { Problem, Result } from './problem.ts';
import { excerpt, positionAt, wordExcerpt } from './text-position.ts';

/**
 * GRUB's environment block (grubenv): a signature line, records `name=value` that each end in a newline, and `#` up
 * to the end. In a value a backslash stands before each backslash and newline.
 *
 * Source: grub-core/lib/envblk.c, util/editenv.c.
 */
export interface EnvironmentBlock {
  readonly text: string;
  readonly records: readonly EnvironmentRecord[];
}

/** One variable of the block, unescaped, with its place in the text. */
export interface EnvironmentRecord {
  readonly name: string;
  readonly value: string;
  /** Where the record starts, and where the next one does. */
  readonly offset: number;
  readonly end: number;
}

/** Why a text is no environment block, or can't be changed. */
export type EnvironmentBlockCode =
  /** GRUB does not take it for an environment block. */
  | 'no-signature'
  /** Not the 1024 bytes that grub-editenv makes and that GRUB writes back in place. */
  | 'wrong-size'
  /** A line is no record, or the padding does not begin a line: GRUB reads one thing there and writes another. */
  | 'malformed'
  /** The variable stands there twice: GRUB sets the first and believes the last. */
  | 'duplicate-name'
  /** The name or the value cannot be written. */
  | 'not-writable'
  /** The records would not fit. */
  | 'no-room';

/** Why a change of the block is refused. */
export interface EnvironmentBlockProblem extends Problem<EnvironmentBlockCode> {
  /** With `no-room`: bytes of padding that are left, and how many more than now the records would take. */
  readonly freeBytes?: number;
  readonly neededBytes?: number;
}

/** The bytes of the changed block, or why there are none. */
export type EnvironmentBlockEditing = Result<string, EnvironmentBlockProblem>;

const signature = '# GRUB Environment Block\n';

/** What `grub-editenv create` makes, and the only size that is written. */
const environmentBlockSize = 1024;

/** Whether GRUB takes a text for an environment block. */
export function isEnvironmentBlock(text: string): boolean {
  return text.startsWith(signature);
}

/**
 * Read a block as GRUB does: of any size, with comment lines between the records, up to a record that never ends.
 *
 * @param text the file's bytes, latin1
 */
export function parseEnvironmentBlock(text: string): Result<EnvironmentBlock, EnvironmentBlockCode> {
  assertBytes(text);
  if (!isEnvironmentBlock(text)) {
    return { ok: false, problem: { code: 'no-signature', at: positionAt(text, 0), found: excerpt(text, 0) } };
  }
  const records: EnvironmentRecord[] = [];
  for (let offset = signature.length; offset < text.length; ) {
    if (text.charAt(offset) === '#') {
      offset = recordEnd(text, offset);
      continue;
    }
    // Like GRUB: a line without `=` becomes part of the next name.
    const equals = text.indexOf('=', offset);
    const end = equals === -1 ? text.length + 1 : recordEnd(text, equals + 1);
    if (end > text.length) break;
    const value = unescapeValue(text.slice(equals + 1, end - 1));
    records.push({ name: text.slice(offset, equals), value, offset, end });
    offset = end;
  }
  return { ok: true, value: { text, records } };
}

/** The block's bytes. */
export function printEnvironmentBlock(block: EnvironmentBlock): string {
  return block.text;
}

/** The variables as `load_env` sets them: of a name that stands there twice, the last. */
export function environmentVariables(block: EnvironmentBlock): ReadonlyMap<string, string> {
  return new Map(block.records.map(({ name, value }) => [name, value]));
}

/**
 * The block with variables set (a string) and removed (undefined), byte for byte what `grub-editenv set` and `unset`
 * make of it.
 *
 * @param changes in the order in which they are made; names and values latin1
 */
export function setEnvironmentVariables(
  block: EnvironmentBlock,
  changes: ReadonlyMap<string, string | undefined>,
): EnvironmentBlockEditing {
  const obstacle = findObstacle(block, changes);
  if (obstacle !== undefined) return { ok: false, problem: obstacle };
  const { text } = block;
  const padding = startOfPadding(text);
  let records = '';
  let done = 0;
  for (const { name, offset, end } of block.records) {
    if (!changes.has(name)) continue;
    records += text.slice(done, offset) + writeRecord(name, changes.get(name));
    done = end;
  }
  records += text.slice(done, padding);
  const names = new Set(block.records.map(({ name }) => name));
  for (const [name, value] of changes) if (!names.has(name)) records += writeRecord(name, value);
  const freeBytes = text.length - padding;
  const neededBytes = records.length - padding;
  if (neededBytes > freeBytes) {
    const at = positionAt(text, padding);
    return { ok: false, problem: { code: 'no-room', at, found: '', freeBytes, neededBytes } };
  }
  return { ok: true, value: records.padEnd(text.length, '#') };
}

function writeRecord(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name}=${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\\n')}\n`;
}

function findObstacle(
  block: EnvironmentBlock,
  changes: ReadonlyMap<string, string | undefined>,
): EnvironmentBlockProblem | undefined {
  const { text, records } = block;
  const problem = (code: EnvironmentBlockCode, offset: number, found: string): EnvironmentBlockProblem => ({
    code,
    at: positionAt(text, offset),
    found: wordExcerpt(found),
  });
  if (text.length !== environmentBlockSize) return problem('wrong-size', text.length, String(text.length));
  const padding = startOfPadding(text);
  const malformed = findMalformedLine(block, padding);
  if (malformed !== undefined) return problem('malformed', malformed, text.slice(malformed));
  for (const [name, value] of changes) {
    const named = records.filter((record) => record.name === name);
    if (named[1] !== undefined) return problem('duplicate-name', named[1].offset, name);
    if (!isName(name) || (value !== undefined && !isWritable(value))) {
      return problem('not-writable', named[0]?.offset ?? padding, `${name}=${value ?? ''}`);
    }
  }
  return undefined;
}

/** The offset of a line in front of the padding that is neither a record nor a comment. */
function findMalformedLine(block: EnvironmentBlock, padding: number): number | undefined {
  const { text, records } = block;
  const joined = records.find(({ name, end }) => name.includes('\n') || end > padding);
  if (joined !== undefined) return joined.offset;
  let at = records.at(-1)?.end ?? signature.length;
  while (at < padding && text.charAt(at) === '#') at = recordEnd(text, at);
  return at < padding || text.charAt(padding - 1) !== '\n' ? Math.min(at, padding) : undefined;
}

function isName(name: string): boolean {
  return (
    name !== '' && !name.startsWith('#') && isWritable(name) && ![...'=\\\n'].some((c) => name.includes(c))
  );
}

/** Single bytes, none of which ends a string for GRUB. */
function isWritable(text: string): boolean {
  return [...text].every((byte) => byte > '\0' && byte <= '\xff');
}

function startOfPadding(text: string): number {
  let start = text.length;
  while (text.charAt(start - 1) === '#') start -= 1;
  return start;
}

/** The offset behind the newline that no backslash keeps from ending the line; past the end where there is none. */
function recordEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text.charAt(at) !== '\n') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function unescapeValue(escaped: string): string {
  let value = '';
  for (let at = 0; at < escaped.length; at += 1) {
    if (escaped.charAt(at) === '\\') at += 1;
    value += escaped.charAt(at);
  }
  return value;
}
