import { reviseWords } from '../cmdline/revise-words.ts';
import type { Goal } from '../diagnosis/goal.ts';
import { type BootEntry, decidingLine } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import { coversLaterKernels, nextEntry, selectEntries } from '../facts/select-entries.ts';
import type { PlanRefusal } from './plan-refusal.ts';
import { wantedWords } from './wanted-words.ts';

/**
 * The entry that boots next, where the change would leave it alone and without its words; undefined where it gets them,
 * where it has them, or where the operator named single entries.
 */
export function nextBootLeftAlone(menu: BootMenuFacts, goal: Goal, which: string): PlanRefusal | undefined {
  if (!coversLaterKernels(which)) return undefined;
  const entry = nextEntry(menu.entries);
  if (entry === undefined || entry.kind === 'normal') return undefined;
  const { title, id, image, kind, isDefault } = entry;
  const refusal: PlanRefusal = { code: `next-boot-${kind}`, title, image, id, isDefault };
  if (kind === 'trial') return refusal;
  if (selectEntries(menu.entries, which).includes(entry) || !lacksWords(menu, entry, goal, which)) {
    return undefined;
  }
  return refusal;
}

function lacksWords(menu: BootMenuFacts, entry: BootEntry, goal: Goal, which: string): boolean {
  const line = decidingLine(entry);
  if (line === undefined) return false;
  const meant = goal.perKernel.get(entry.release ?? '') ?? goal.shared;
  return reviseWords(wantedWords(menu, goal, which)(entry, line), meant).length > 0;
}
