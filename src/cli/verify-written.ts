import type { VerifyWritten } from '../apply/transaction.ts';
import type { Goal } from '../diagnosis/goal.ts';
import type { HostFacts } from '../facts/gather.ts';
import { laterProblem } from '../plan/later-problem.ts';
import { menuProblem } from '../plan/plan-goal.ts';

/** The menus, and the lines of later kernels, made of what was read back must be those that were planned. */
export function verifyWritten(facts: HostFacts, goal: Goal, which: string): VerifyWritten {
  return async (files) => {
    const texts = new Map(
      files.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text] as const])),
    );
    const later = laterProblem(facts, goal, which, texts);
    if (later !== undefined) return { path: 'from' in later ? later.from : '', detail: later.code };
    for (const menu of facts.menus) {
      const detail = menuProblem(menu, goal, which, texts);
      if (detail !== undefined) return { path: menu.sources.configPath, detail };
    }
    return undefined;
  };
}
