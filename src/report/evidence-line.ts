import type { Evidence } from '../kernel/evidence.ts';
import { evidenceSentence } from './part-sentences.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';

/** One piece of evidence as a sentence; with `-v` the file that it was read from, and what it says of the parameter. */
export function evidenceLine(evidence: Evidence, { say, isVerbose }: TextOptions): string {
  const { source, path, says } = evidence;
  const detail = evidenceSentence(say, evidence);
  if (!isVerbose) return `${say(`source.${source}`)}${say('joint.colon')}${detail}`;
  const where =
    path === undefined ? say(`source.${source}`) : `${say(`source.${source}`)} ${visibleText(path)}`;
  return `${where}${say('says', { says })}${say('joint.colon')}${detail}`;
}
