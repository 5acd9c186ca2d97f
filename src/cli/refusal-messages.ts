import type { ApplyNote } from '../apply/outcome.ts';
import type { ApplyProblem } from '../apply/problem.ts';
import type { Settlement } from '../apply/settle.ts';
import type { FactsRefusal } from '../facts/gather.ts';
import type { Problem } from '../grub/problem.ts';
import type { PlanRefusal } from '../plan/plan-refusal.ts';
import type { Message } from '../report/report.ts';

/** The message of a boot configuration that can't be worked on. */
export function factsRefusalMessage(refusal: FactsRefusal): Message {
  if (refusal.code === 'layout') {
    const [evidence] = refusal.evidence;
    return error(`layout.${refusal.layout}`, {
      tool: refusal.tool,
      path: evidence?.path ?? '',
      found: evidence?.found ?? '',
    });
  }
  if ('problem' in refusal) return problemMessage(refusal.code, refusal.path, refusal.problem);
  if (refusal.code === 'config-unreadable') {
    return error(`error.unreadable.${refusal.reason}`, { path: refusal.path });
  }
  const source = refusal.code === 'boot-not-mounted' ? refusal.source : '';
  return error(`error.${refusal.code}`, { path: refusal.path, source });
}

/** The message of a goal that can't be planned. */
export function planRefusalMessage(refusal: PlanRefusal): Message {
  if (refusal.code === 'guarded-words')
    return error('error.guarded-words', { words: refusal.words.join(' ') });
  if (refusal.code === 'line-too-long') {
    const { path, at, excess } = refusal;
    return error('error.line-too-long', { path, line: at.line, excess });
  }
  if (refusal.code === 'line-not-editable') {
    return problemMessage(refusal.code, refusal.path, refusal.problem);
  }
  const { code, ...data } = refusal;
  return error(`error.${code}`, data);
}

/** `FILE:LINE:COLUMN: what was seen`, with the sentence of the problem's own code in it. */
function problemMessage(code: string, path: string, { at, found, code: problem }: Problem): Message {
  const data = { path, line: at.line, column: at.column, found, problem };
  return error(`error.${code}`, data);
}

/** The message of a plan that could not be applied. */
export function applyProblemMessage({ code, data }: ApplyProblem): Message {
  return error(`apply.${code}`, data);
}

/** What the operator should know about a change, done or taken back. */
export function noteMessages(notes: readonly ApplyNote[]): readonly Message[] {
  return notes.map(({ code, data }) => note(`apply.${code}`, data));
}

/** What became of a change that an earlier run left unfinished; what stood against that is a problem of its own. */
export function settlementMessages(settlement: Settlement): readonly Message[] {
  const { direction, paths, setId, left, failures, notes } = settlement;
  const isSettled = left.length === 0 && failures.length === 0;
  const ending = warning(`apply.recovered-${direction}`, { paths: paths.join(' '), setId });
  return [...(isSettled ? [ending] : []), ...noteMessages(notes)];
}

export function error(code: string, data: Message['data'] = {}): Message {
  return { level: 'error', code, data };
}

export function warning(code: string, data: Message['data'] = {}): Message {
  return { level: 'warning', code, data };
}

export function note(code: string, data: Message['data'] = {}): Message {
  return { level: 'info', code, data };
}
