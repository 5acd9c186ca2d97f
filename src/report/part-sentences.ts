import type { Evidence, Seen } from '../kernel/evidence.ts';
import { type Say, saySentence } from './messages/catalogue.ts';
import { inFamily, type Sentence } from './messages/sentence.ts';
import type { LayoutFile } from './report.ts';

/** What one piece of evidence says of a kernel. */
export function evidenceSentence(say: Say, evidence: Evidence): string {
  const seen: Seen = evidence;
  return saySentence(say, inFamily('evidence', seen));
}

/** The part that a file plays. */
export function roleSentence(say: Say, { role, data }: LayoutFile): string {
  return saySentence(say, { code: `role.${role}`, data } as Sentence);
}
