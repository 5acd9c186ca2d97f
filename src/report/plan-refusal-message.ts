import type { PlanRefusal } from '../plan/plan-refusal.ts';
import type { TrialRefusal } from '../plan/trial/trial-refusal.ts';
import { error, problemMessage, tell } from './message.ts';
import { inFamily } from './messages/sentence.ts';
import type { Message } from './report.ts';
import { shellWord } from './shell-word.ts';

/** The message of a goal that can't be planned, or not be tried. */
export function planRefusalMessage(refusal: PlanRefusal | TrialRefusal): Message {
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
  if (refusal.code === 'trial-entry-not-copied') {
    const { path, at, title } = refusal;
    return error('error.trial-entry-not-copied', { path, line: at.line, title });
  }
  if ('isDefault' in refusal) {
    const { id, isDefault, ...named } = refusal;
    return tell('error', inFamily('error', { ...named, selector: isDefault ? 'default' : shellWord(id) }));
  }
  return tell('error', inFamily('error', refusal));
}
