/**
 * The text of a script as a reader hands it to the lexer, and where its bytes stand in the file: the run of
 * kept bytes that begins at `starts[i]` of `text` begins at `origins[i]` of the file.
 */
export interface ScriptLines {
  readonly text: string;
  readonly starts: readonly number[];
  readonly origins: readonly number[];
}

const carriageReturn = 13;
const numberSign = 35;

interface RunCollector {
  readonly keep: (from: number, to: number) => void;
  readonly finish: (missingNewline: boolean) => ScriptLines;
}

function collectRuns(text: string): RunCollector {
  const parts: string[] = [];
  const starts: number[] = [];
  const origins: number[] = [];
  let length = 0;
  const push = (part: string, origin: number) => {
    if (part === '') return;
    starts.push(length);
    origins.push(origin);
    parts.push(part);
    length += part.length;
  };
  return {
    keep: (from, to) => push(text.slice(from, to), from),
    finish: (missingNewline) => {
      if (missingNewline) push('\n', text.length);
      return { text: parts.join(''), starts, origins };
    },
  };
}

/** Keeps `from` to `to` without carriage returns and without what follows a NUL up to its line's end. */
function keepWithoutControlBytes(text: string, from: number, to: number, keep: RunCollector['keep']): void {
  let start = from;
  let at = from;
  while (at < to) {
    const byte = text.charCodeAt(at);
    if (byte === carriageReturn) {
      keep(start, at);
      start = at + 1;
    } else if (byte === 0) {
      keep(start, at);
      const lineEnd = text.indexOf('\n', at);
      start = lineEnd === -1 || lineEnd > to ? to : lineEnd;
      at = start;
    }
    at += 1;
  }
  keep(start, to);
}

function beginsWithNumberSign(text: string, lineStart: number): boolean {
  let at = lineStart;
  while (text.charCodeAt(at) === carriageReturn) at += 1;
  return text.charCodeAt(at) === numberSign;
}

/** Whether the file's last line has bytes but no newline, which the lexer then adds. */
function lacksNewline(text: string, lastLine: number): boolean {
  for (let at = lastLine; at < text.length; at += 1) {
    if (text.charCodeAt(at) !== carriageReturn) return !text.endsWith('\n');
  }
  return false;
}

function readKeptLines(text: string, firstLine: number): { collector: RunCollector; lastKept: boolean } {
  const collector = collectRuns(text);
  const keep =
    text.includes('\r') || text.includes('\0')
      ? (from: number, to: number) => keepWithoutControlBytes(text, from, to, collector.keep)
      : collector.keep;
  let start = 0;
  let lineStart = firstLine;
  let lastKept = true;
  while (lineStart < text.length) {
    const next = text.indexOf('\n', lineStart) + 1 || text.length;
    lastKept = !beginsWithNumberSign(text, lineStart);
    if (!lastKept) {
      keep(start, lineStart);
      start = next;
    }
    lineStart = next;
  }
  keep(start, text.length);
  return { collector, lastKept };
}

/**
 * The script as GRUB reads it at boot: lines whose first byte is `#` vanish, even inside a string or after a
 * continuation; carriage returns are deleted; a NUL ends its line; the last line gets its newline.
 *
 * Source: GRUB 2.06, grub-core/normal/main.c `read_config_file_getline`, grub-core/lib/getline.c
 * `grub_file_getline`, grub-core/script/lexer.c `grub_script_lexer_yywrap`.
 *
 * @param text latin1 text, one character a byte
 */
export function readAsBoot(text: string): ScriptLines {
  const { collector, lastKept } = readKeptLines(text, 0);
  return collector.finish(lastKept && lacksNewline(text, text.lastIndexOf('\n') + 1));
}

/** What `readAsBoot` keeps of a piece that begins in the middle of a line: its first `#` is no line's first byte. */
export function readInsideLine(text: string): ScriptLines {
  const nextLine = text.indexOf('\n') + 1 || text.length;
  return readKeptLines(text, nextLine).collector.finish(false);
}

/** Where a byte of the lines stands in the file they were read from. */
export function fileOffset(lines: ScriptLines, offset: number): number {
  let run = 0;
  while ((lines.starts[run + 1] ?? Number.POSITIVE_INFINITY) <= offset) run += 1;
  return (lines.origins[run] ?? 0) + offset - (lines.starts[run] ?? 0);
}

/**
 * The script as grub-script-check reads it: lines with `#` stay, carriage returns are blanks, a NUL ends its
 * line. Source: GRUB 2.06, util/grub-script-check.c `get_config_line`.
 *
 * @param text latin1 text, one character a byte
 */
export function readAsChecker(text: string): ScriptLines {
  const collector = collectRuns(text);
  let at = 0;
  while (at < text.length) {
    const nul = text.indexOf('\0', at);
    const end = nul === -1 ? text.length : nul;
    collector.keep(at, end);
    const lineEnd = nul === -1 ? -1 : text.indexOf('\n', nul);
    at = lineEnd === -1 ? text.length : lineEnd;
  }
  const lines = collector.finish(text !== '' && !text.endsWith('\n'));
  return { ...lines, text: lines.text.replaceAll('\r', ' ') };
}
