import { expect, test } from 'vitest';
import { carryOutPlan } from '../../src/cli/carry-out-plan.ts';
import { readSurroundings } from '../../src/facts/surroundings.ts';
import { makeTree, plainOptions, planOf, removeTree } from '../apply/tree.ts';
import { contextOf } from './context-of-tree.ts';

const CONFIG = '/boot/grub2/grub.cfg';

test('a change that was taken back on the running system: GRUB may see the new text until a clean reboot', async () => {
  const root = makeTree({ [CONFIG]: 'old\n' });
  const context = await contextOf(root);
  try {
    const host = { ...context.host, isRunningSystem: true };
    const surroundings = await readSurroundings(host);
    const plan = planOf([{ path: CONFIG, before: 'old\n', after: 'new\n' }]);
    const verify = async () => ({ path: CONFIG, detail: 'no menu entries' });
    const how = { ...plainOptions, verify };
    const report = { command: 'set', root, messages: [] };
    const { outcome, messages } = await carryOutPlan({ ...context, host }, plan, surroundings, how, report);
    expect(outcome).toBe('failed-restored');
    expect(messages.map(({ code }) => code)).toEqual(['apply.verification-failed', 'apply.reboot-cleanly']);
  } finally {
    context.host.close();
    removeTree(root);
  }
});
