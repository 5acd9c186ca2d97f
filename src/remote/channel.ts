import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Marker, Signal } from './session-script.ts';
import { type SignalLine, signalReader } from './signal-lines.ts';

/** What comes next of a machine. */
export type Heard =
  | ({ readonly kind: 'signal' } & SignalLine)
  /** ssh ended; undefined where a signal ended it. */
  | { readonly kind: 'ended'; readonly exitCode: number | undefined }
  | { readonly kind: 'missing' }
  | { readonly kind: 'silent'; readonly seconds: number }
  | { readonly kind: 'too-long'; readonly limitBytes: number }
  | { readonly kind: 'interrupted' };

/** A running ssh, and what is said to the other side and heard from it. */
export interface Channel {
  readonly next: (withinSeconds: number) => Promise<Heard>;
  readonly write: (text: string) => void;
  /** Send a file, and say nothing more. False where the other side did not take all of it. */
  readonly sendFile: (path: string, onProgress: (sentBytes: number) => void) => Promise<boolean>;
  /** The last line of what stands on stderr, as latin1. */
  readonly lastWords: () => string;
  readonly close: () => void;
}

/** What a channel is opened with beside the command. */
export interface ChannelOptions {
  readonly marker: Marker;
  readonly signal: AbortSignal;
  /** The prompt on stderr that a password is the answer to. */
  readonly prompt: string | undefined;
  readonly password: () => Promise<string | undefined>;
}

/** Banners and what start-up files print. */
const NOISE_BYTES = 1 << 20;
/** Reports hold the texts of a few files twice; docs/limits.md says how long those may be. */
const ANSWER_BYTES = 64 << 20;

const limitOf = (last: Signal | undefined): number => (last === undefined ? NOISE_BYTES : ANSWER_BYTES);

/** Lines of ours that were not asked for. */
const MOST_WAITING = 8;

const KEPT_OF_STDERR = 4096;
const LONGEST_WORDS = 300;
/** A connection that is kept for later (ControlPersist of ssh_config(5)) may hold on to our pipes. */
const DRAIN_MS = 500;

/** A file that nobody takes any more of is not sent on. */
const STALLED_MS = 60_000;

/** Start ssh with these words. */
export async function openChannel(args: readonly string[], options: ChannelOptions): Promise<Channel> {
  const { execa } = await import('execa');
  const child = execa('ssh', args, {
    stdio: 'pipe',
    buffer: false,
    encoding: 'buffer',
    reject: false,
    verbose: 'none',
  });
  const inbox = openInbox();
  child.then(({ exitCode, ...result }) => {
    const isMissing = exitCode === undefined && 'code' in result && result.code === 'ENOENT';
    inbox.end(isMissing ? { kind: 'missing' } : { kind: 'ended', exitCode });
  });
  child.on('exit', (exitCode) => {
    setTimeout(() => inbox.end({ kind: 'ended', exitCode: exitCode ?? undefined }), DRAIN_MS).unref();
  });
  listen(child.stdout, options.marker, inbox);
  child.stdin.on('error', () => undefined);
  const stderr = keepStderr(child.stderr, child.stdin, options);
  const interrupt = () => inbox.end({ kind: 'interrupted' });
  options.signal.addEventListener('abort', interrupt);
  return {
    next: inbox.next,
    write: (text) => child.stdin.write(text),
    sendFile: (path, onProgress) =>
      sendFile(path, child.stdin, onProgress).then(
        () => true,
        () => false,
      ),
    lastWords: stderr,
    close: () => {
      options.signal.removeEventListener('abort', interrupt);
      child.kill();
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    },
  };
}

async function sendFile(path: string, to: Writable, onProgress: (sentBytes: number) => void): Promise<void> {
  const file = createReadStream(path);
  const stalled = setTimeout(() => file.destroy(), STALLED_MS);
  file.on('data', () => {
    stalled.refresh();
    onProgress(file.bytesRead);
  });
  try {
    await pipeline(file, to);
  } finally {
    clearTimeout(stalled);
  }
}

interface Inbox {
  readonly put: (heard: Heard) => void;
  /** What is heard once there is nothing more; the first such word counts. */
  readonly end: (heard: Heard) => void;
  readonly next: (withinSeconds: number) => Promise<Heard>;
}

function openInbox(): Inbox {
  const waiting: Heard[] = [];
  let ending: Heard | undefined;
  let wake: () => void = () => undefined;
  return {
    put: (heard) => {
      if (waiting.length < MOST_WAITING) waiting.push(heard);
      wake();
    },
    end: (heard) => {
      ending ??= heard;
      wake();
    },
    next: async (seconds) => {
      let timer: NodeJS.Timeout | undefined;
      if (waiting.length === 0 && ending === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, seconds * 1000);
        });
        clearTimeout(timer);
      }
      return waiting.shift() ?? ending ?? { kind: 'silent', seconds };
    },
  };
}

function listen(stdout: Readable, marker: Marker, inbox: Inbox): void {
  let last: Signal | undefined;
  const reader = signalReader(marker, limitOf);
  stdout.on('error', () => undefined);
  stdout.on('data', (piece: Buffer) => {
    const lines = reader.push(piece);
    if (lines === undefined) {
      stdout.destroy();
      inbox.end({ kind: 'too-long', limitBytes: limitOf(last) });
      return;
    }
    for (const line of lines) {
      last = line.signal;
      inbox.put({ kind: 'signal', ...line });
    }
  });
}

/** Keeps the end of stderr, and answers a prompt in it: once, since asked again the answer was wrong. */
function keepStderr(stderr: Readable, stdin: Writable, { prompt, password }: ChannelOptions): () => string {
  let kept = '';
  let isAnswered = false;
  stderr.on('error', () => undefined);
  stderr.on('data', (piece: Buffer) => {
    kept = (kept + piece.toString('latin1')).slice(-KEPT_OF_STDERR);
    if (prompt === undefined || !kept.includes(prompt)) return;
    kept = kept.replaceAll(prompt, '\n');
    if (isAnswered) stdin.end();
    else void password().then((word) => (word === undefined ? stdin.end() : stdin.write(`${word}\n`)));
    isAnswered = true;
  });
  return () => {
    const lines = kept.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    return (lines.at(-1) ?? '').trim().slice(0, LONGEST_WORDS);
  };
}
