import type { FactsRefusal } from '../facts/gather.ts';
import { error, problemMessage } from '../report/message.ts';
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
