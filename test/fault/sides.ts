import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PlanCase, planCases } from './plans.ts';

/** A plan by its name. */
export function requirePlan(name: string): PlanCase {
  const found = planCases.find((planCase) => planCase.name === name);
  if (found === undefined) throw new Error(`no such plan: ${name}`);
  return found;
}

/** Which text each file of a plan holds in a real tree. */
export function sidesOf(root: string, { plan }: PlanCase): readonly ('old' | 'new' | 'neither')[] {
  return plan.edits.map(({ path, before, after }) => {
    const text = readIfThere(join(root, path));
    if (text === before) return 'old';
    return text === after ? 'new' : 'neither';
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
