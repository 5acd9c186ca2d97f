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
  let unfinished: Buffer[] = [];
  let last: Signal | undefined;
  const keep = (piece: Buffer) => {
    betweenBytes += piece.length;
    unfinished.push(piece);
  };
  const finishLine = (): SignalLine | undefined => {
    const line = Buffer.concat(unfinished);
    unfinished = [];
    const read = line.subarray(0, mark.length).equals(mark) ? readSignal(line, mark) : undefined;
    if (read === undefined) {
      between.push(line);
      return undefined;
    }
    const before = Buffer.concat(between);
    [between, betweenBytes, last] = [[], 0, read.signal];
    return { ...read, before };
  };
  return {
    push: (piece) => {
      const found: SignalLine[] = [];
      for (let at = 0; at < piece.length; ) {
        const feed = piece.indexOf(LINE_FEED, at);
        const end = feed === -1 ? piece.length : feed + 1;
        keep(piece.subarray(at, end));
        const line = feed === -1 ? undefined : finishLine();
        if (line !== undefined) found.push(line);
        at = end;
      }
      return betweenBytes > limitOf(last) ? undefined : found;
    },
  };
}

function readSignal(line: Buffer, mark: Buffer): Pick<SignalLine, 'signal' | 'rest'> | undefined {
  const [word = '', ...rest] = line.subarray(mark.length).toString('latin1').trim().split(' ');
  const signal = SIGNALS.find((known) => known === word);
  return signal === undefined ? undefined : { signal, rest: rest.join(' ') };
}
