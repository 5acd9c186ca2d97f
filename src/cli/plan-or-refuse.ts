import type { Goal } from '../diagnosis/goal.ts';
import { type HostFacts, laterKernelsRefusal } from '../facts/gather.ts';
import type { Plan } from '../plan/plan.ts';
import { planGoal } from '../plan/plan-goal.ts';
import { planRefusalMessage } from '../report/plan-refusal-message.ts';
import type { Message } from '../report/report.ts';
import { unseenRefusal } from './describe-unseen.ts';
import { factsRefusalMessage } from './facts-refusal-message.ts';

/** The plan of a goal, or the message that refuses it. */
export type PlanOrRefusal =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly message: Message };

/** Plan a goal where all of the menu is seen, and what later kernels get can be read. */
export function planOrRefuse(facts: HostFacts, goal: Goal, which: string, isForced: boolean): PlanOrRefusal {
  const unreadable = laterKernelsRefusal(facts);
  const message = unseenRefusal(facts) ?? (unreadable && factsRefusalMessage(unreadable));
  if (message !== undefined) return { ok: false, message };
  const planned = planGoal(facts, goal, which, isForced);
  return planned.ok ? planned : { ok: false, message: planRefusalMessage(planned.refusal) };
}
