import { type Marker, SIGNALS, type Signal } from './session-script.ts';

/** A line of ours, with what the machine printed since the one before it. */
export interface SignalLine {
  readonly signal: Signal;
  /** What stands behind the signal, as latin1. */
  readonly rest: string;
  readonly before: Buffer;
}

/** Reads the output of a session piece by piece. */
export interface SignalReader {
  /** The lines of ours that a piece completes; undefined where more text than is allowed came without one. */
  readonly push: (piece: Buffer) => readonly SignalLine[] | undefined;
}

const LINE_FEED = 10;

/**
 * Tells the lines that begin with the marker from everything else: banners, what start-up files print, and the answer.
 *
 * @param limitOf the most bytes that may stand before the next line of ours, by the last one; undefined before the first
 */
export function signalReader(
  { halves }: Marker,
  limitOf: (last: Signal | undefined) => number,
): SignalReader {
  const mark = Buffer.from(`${halves.join('')} `, 'latin1');
  let between: Buffer[] = [];
  let betweenBytes = 0;
  /** The beginning of a line that may be one of ours. */
  let begun: Buffer = Buffer.alloc(0);
  let isLineStart = true;
  let last: Signal | undefined;
  const keep = (bytes: Buffer) => {
    if (bytes.length === 0) return;
    between.push(bytes);
    betweenBytes += bytes.length;
    isLineStart = bytes.at(-1) === LINE_FEED;
  };
  const take = (line: Omit<SignalLine, 'before'>): SignalLine => {
    const before = Buffer.concat(between);
    [between, betweenBytes, last, isLineStart] = [[], 0, line.signal, true];
    return { ...line, before };
  };
  return {
    push: (piece) => {
      let rest = begun.length === 0 ? piece : Buffer.concat([begun, piece]);
      begun = rest.subarray(0, 0);
      const found: SignalLine[] = [];
      while (rest.length > 0) {
        const start = markedLine(rest, mark, isLineStart);
        const feed = rest.indexOf(LINE_FEED, start);
        if (start === rest.length || feed === -1) {
          keep(rest.subarray(0, start));
          begun = rest.subarray(start);
          break;
        }
        const line = rest.subarray(start, feed + 1);
        const read = readSignal(line, mark);
        keep(rest.subarray(0, read === undefined ? feed + 1 : start));
        if (read !== undefined) found.push(take(read));
        rest = rest.subarray(feed + 1);
      }
      return betweenBytes + begun.length > limitOf(last) ? undefined : found;
    },
  };
}

/** Where the first line begins that has the mark in front, or could have once it goes on; else the length of the text. */
function markedLine(text: Buffer, mark: Buffer, isLineStart: boolean): number {
  const isStart = (at: number) => (at === 0 ? isLineStart : text[at - 1] === LINE_FEED);
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) if (isStart(at)) return at;
  const lastLine = text.lastIndexOf(LINE_FEED) + 1;
  const ending = text.subarray(lastLine);
  const isBegun =
    isStart(lastLine) && ending.length < mark.length && mark.subarray(0, ending.length).equals(ending);
  return isBegun ? lastLine : text.length;
}

function readSignal(line: Buffer, mark: Buffer): Pick<SignalLine, 'signal' | 'rest'> | undefined {
  const [word = '', ...rest] = line.subarray(mark.length).toString('latin1').trim().split(' ');
  const signal = SIGNALS.find((known) => known === word);
  return signal === undefined ? undefined : { signal, rest: rest.join(' ') };
}
