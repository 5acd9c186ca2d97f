import { join } from 'node:path';
import { type Artefact, findArtefacts } from '../remote/artefact.ts';
import type { Destination } from '../remote/destination.ts';
import { runSession, type SessionOptions, type Sudo } from '../remote/session.ts';
import type { SessionProblem } from '../remote/session-problem.ts';
import { error, tell } from '../report/message.ts';
import type { Say } from '../report/messages/catalogue.ts';
import { inFamily, type Sentence } from '../report/messages/sentence.ts';
import type { Report } from '../report/report.ts';
import { readReportDocument } from '../report/report-document.ts';
import { writeRequest } from './answer-request.ts';
import { commandAgain } from './command-again.ts';
import { EXIT } from './exit-code.ts';
import { type Invocation, isForWriting } from './invocation.ts';
import { targetOf } from './target.ts';

/** What sessions with other machines share. */
export interface Reaching {
  readonly say: Say;
  /** ssh may ask at the terminal. */
  readonly canAsk: boolean;
  readonly artefacts: readonly Artefact[];
  readonly sudo: Sudo | undefined;
  readonly onSend: (host: string, sent: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** The artefacts that can be sent from here. */
export function artefactsHere(): readonly Artefact[] {
  return findArtefacts(join(import.meta.dirname, '../..'), process.env);
}

/** Run a command on another machine. Whatever happens ends in a report, as it does here. */
export async function reportThere(
  invocation: Invocation,
  destination: Destination,
  reaching: Reaching,
): Promise<Report> {
  const { text } = destination;
  const there = { ...invocation, options: { ...invocation.options, host: [text] } };
  const session: SessionOptions = {
    ...reaching,
    reach: { destination, configFile: invocation.options['ssh-config'], canAsk: reaching.canAsk },
    request: writeRequest(there),
    onSend: (sent, total) => reaching.onSend(text, sent, total),
  };
  const end = await runSession(session);
  if (end.kind === 'failed') return problemReport(there, end.problem);
  const answer = end.answer.toString('utf8').trim();
  const report = await readReportDocument(answer, invocation.command, reaching.say);
  if (report === undefined) return problemReport(there, { code: 'not-understood', data: {} });
  // What is to be pasted here is made here.
  return { ...report, host: text, ...(report.plan && { commandAgain: commandAgain(there) }) };
}

const MAY_HAVE_RUN = /-while-running$|^no-answer$|^not-understood$/;

/** The report of a machine that gave none. */
function problemReport(invocation: Invocation, problem: SessionProblem): Report {
  const { command, options } = invocation;
  const host = options.host[0] ?? '';
  const isWriting = isForWriting(invocation);
  const data = {
    ...problem.data,
    host,
    meanwhile: isWriting ? 'writing' : 'reading',
    command: `bootmend status${targetOf(invocation)}`,
  };
  const sentence = { ...inFamily('remote', problem), data } as Sentence;
  const isOpen = isWriting && MAY_HAVE_RUN.test(problem.code);
  return {
    command,
    root: options.root ?? '/',
    host,
    ...(isOpen ? {} : { outcome: 'refused' }),
    exitCode: problemExit(problem),
    messages: [tell('error', sentence)],
  };
}

function problemExit({ code }: SessionProblem): number {
  if (code === 'interrupted' || code === 'interrupted-while-running') return EXIT.interrupted;
  return code === 'no-artefact' || code === 'sudo-refused' ? EXIT.refused : EXIT.failed;
}

/** The report where nothing is here that could be sent. */
export function nothingToSend(invocation: Invocation): Report {
  const { command, options } = invocation;
  const messages = [error('remote.nothing-to-send')];
  return { command, root: options.root ?? '/', outcome: 'refused', exitCode: EXIT.refused, messages };
}
