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
  if (refusal.code === 'line-of-several-entries') {
    const { path, at, titles } = refusal;
    return error('error.line-of-several-entries', { path, line: at.line, titles: titles.join(', ') });
  }
  const { code, ...data } = refusal;
  return error(`error.${code}`, data);
}

/** `FILE:LINE:COLUMN: what was seen`, with the sentence of the problem's own code in it. */
export function problemMessage(code: string, path: string, { at, found, code: problem }: Problem): Message {
  const data = { path, line: at.line, column: at.column, found, problem };
  return error(`error.${code}`, data);
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
