import { expect } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { interceptOperations, type Operation } from '../fault/operations.ts';
import { plainOptions } from './tree.ts';

class PowerCut extends Error {}

/** Applies a plan until just before the first operation that `isLast` names. */
export async function applyUntil(
  host: ChangeableHost,
  plan: Plan,
  isLast: (operation: Operation) => boolean,
): Promise<void> {
  const mortal = interceptOperations(host, (operation) => {
    if (isLast(operation)) throw new PowerCut();
  });
  await expect(applyPlan(mortal, plan, plainOptions)).rejects.toThrow(PowerCut);
}

/** The step that changes the file of this name. */
export const isRenameOf = (name: string) => (operation: Operation) =>
  operation.kind === 'rename' && operation.to === name;

/** The first step after every file is written. */
export const isFirstCleanup = (operation: Operation) =>
  operation.kind === 'unlink' && operation.name.endsWith('.old');
