import { randomBytes } from 'node:crypto';
import type { Artefact } from './artefact.ts';
import { type Channel, type Heard, openChannel } from './channel.ts';
import type { SessionProblem } from './session-problem.ts';
import { anotherHead, FILE_FOLLOWS, type Marker, sessionCommand, sessionInput } from './session-script.ts';
import type { SignalLine } from './signal-lines.ts';
import { type Reach, sshArguments } from './ssh-arguments.ts';

/** What a session is for. */
export interface SessionOptions {
  readonly reach: Reach;
  /** Run as root there; a password that sudo(8) asks for is the answer of this. */
  readonly sudo: Sudo | undefined;
  /** One for each platform. */
  readonly artefacts: readonly Artefact[];
  /** One line, for `bootmend --answer` there. */
  readonly request: string;
  /** How much of the artefact was sent, in bytes. */
  readonly onSend: (sent: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** How root is come by. */
export interface Sudo {
  /** Undefined where nobody is to be asked, so that sudo must not need one. */
  readonly password: (() => Promise<string | undefined>) | undefined;
}

/** How a session ended: with what bootmend printed there, or with the reason why there is nothing. */
export type SessionEnd =
  | { readonly kind: 'answered'; readonly answer: Buffer }
  | { readonly kind: 'failed'; readonly problem: SessionProblem };

/** The longest silence of each part of a session. A person at a terminal may take longer to answer ssh than a program may. */
const SECONDS = { greeting: 60, greetingWithPerson: 600, answer: 900, lastWords: 5 };

/** Run bootmend on another machine: ask for the artefact there, send it where it is missing, and have the request answered. */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  if (options.signal.aborted) return failed({ code: 'interrupted', data: {} });
  const marker: Marker = { halves: [randomWord(), randomWord()] };
  const prompt = options.sudo?.password && randomWord();
  const sudo = options.sudo === undefined ? [] : ['sudo', ...(prompt ? ['-S', '-p', prompt] : ['-n'])];
  const channel = await openChannel(sshArguments(options.reach, sessionCommand(marker, sudo)), {
    marker,
    signal: options.signal,
    prompt,
    password: options.sudo?.password ?? (async () => undefined),
  });
  try {
    return await converse(channel, marker, options);
  } finally {
    channel.close();
  }
}

function randomWord(): string {
  return randomBytes(8).toString('hex');
}

async function converse(channel: Channel, marker: Marker, options: SessionOptions): Promise<SessionEnd> {
  const { reach, request } = options;
  const ready = await channel.next(reach.canAsk ? SECONDS.greetingWithPerson : SECONDS.greeting);
  if (ready.kind !== 'signal') return failed(beforeGreeting(ready, channel, options));
  const [first, ...others] = options.artefacts;
  if (first === undefined) return failed({ code: 'no-artefact', data: { platform: '' } });
  channel.write(sessionInput(marker, request, first.head));
  let heard = await channel.next(SECONDS.answer);
  let mayRun = true;
  let artefact: Artefact | undefined = first;
  // Another head once, and a file once.
  for (let round = 0; round < 2 && isMissing(heard); round += 1) {
    const platform = heard.before.toString('latin1').trim();
    if (platform === artefact.platform) mayRun = await sendArtefact(channel, artefact, options);
    else {
      artefact = others.find((other) => other.platform === platform);
      if (artefact === undefined) return failed({ code: 'no-artefact', data: { platform } });
      channel.write(anotherHead(artefact.head));
    }
    heard = await channel.next(SECONDS.answer);
  }
  if (isMissing(heard)) return failed({ code: 'not-understood', data: {} });
  if (heard.kind === 'signal') return answered(heard, channel);
  return failed(mayRun ? whileRunning(heard, channel) : beforeStart(heard, channel));
}

function isMissing(heard: Heard): heard is Heard & SignalLine & { readonly signal: 'missing' } {
  return heard.kind === 'signal' && heard.signal === 'missing';
}

/** A shell adds this to the number of the signal that ended a program. */
const ENDED_BY_SIGNAL = 128;

async function answered({ rest, before }: SignalLine, channel: Channel): Promise<SessionEnd> {
  if (before.toString('latin1').trim() !== '') return { kind: 'answered', answer: before };
  // What was said on stderr may come behind it.
  await channel.next(SECONDS.lastWords);
  const exitCode = Number(rest);
  const detail = channel.lastWords().replace(/^bootmend: /, '');
  if (exitCode > ENDED_BY_SIGNAL) return failed({ code: 'no-answer', data: { exitCode, detail } });
  return failed({ code: 'not-started', data: { detail } });
}

/** @returns whether all of it was taken */
async function sendArtefact(
  channel: Channel,
  artefact: Artefact,
  { onSend }: SessionOptions,
): Promise<boolean> {
  channel.write(FILE_FOLLOWS);
  return channel.sendFile(artefact.path, (sent) => onSend(sent, artefact.bytes));
}

type Unheard = Exclude<Heard, { readonly kind: 'signal' }>;

/** What ssh exits with where it failed itself (ssh(1), "EXIT STATUS"). */
const SSH_FAILED = 255;

function beforeGreeting(heard: Unheard, channel: Channel, { sudo }: SessionOptions): SessionProblem {
  if (heard.kind !== 'ended') return beforeStart(heard, channel);
  const data = { detail: channel.lastWords() };
  if (heard.exitCode === undefined || heard.exitCode === SSH_FAILED) return { code: 'not-connected', data };
  return { code: sudo === undefined ? 'no-shell' : 'sudo-refused', data };
}

function beforeStart(heard: Unheard, channel: Channel): SessionProblem {
  switch (heard.kind) {
    case 'missing':
      return { code: 'ssh-missing', data: {} };
    case 'interrupted':
      return { code: 'interrupted', data: {} };
    case 'silent':
      return { code: 'silent', data: { seconds: heard.seconds } };
    case 'too-long':
      return { code: 'too-long', data: { megabytes: megabytes(heard.limitBytes) } };
    case 'ended':
      return { code: 'cut-off', data: { detail: channel.lastWords() } };
  }
}

function whileRunning(heard: Unheard, channel: Channel): SessionProblem {
  const problem = beforeStart(heard, channel);
  switch (problem.code) {
    case 'cut-off':
      return { code: 'cut-off-while-running', data: problem.data };
    case 'silent':
      return { code: 'silent-while-running', data: problem.data };
    case 'too-long':
      return { code: 'too-long-while-running', data: problem.data };
    case 'interrupted':
      return { code: 'interrupted-while-running', data: problem.data };
    default:
      return problem;
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}

function failed(problem: SessionProblem): SessionEnd {
  return { kind: 'failed', problem };
}
