import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { openHost } from '../../src/host/root-host.ts';
import { makeTree, plainOptions, planOf, readTree, removeTree } from '../apply/tree.ts';
import { buildDriver } from './driver.ts';

const APPLIES = 10_000;
const PROCESSES = 300;
const AT_ONCE = 4;

/** The first set and the last twenty keep their texts. */
const MOST_WITH_TEXTS = 21;

const CONFIG = '/boot/grub2/grub.cfg';

/** Of the others there is the manifest. */
function setsWithTexts(root: string): readonly string[] {
  const backups = join(root, 'var/lib/bootmend/backups');
  return readdirSync(backups).filter((id) => readdirSync(join(backups, id)).length > 1);
}

test(`${APPLIES} applies in one process leak no file, descriptor or backup set`, {
  timeout: 1_800_000,
}, async () => {
  const root = makeTree({ [CONFIG]: 'a\n' });
  const host = await openHost(root);
  const descriptors = () => readdirSync('/proc/self/fd').length;
  let text = 'a\n';
  let before = 0;
  let heapBefore = 0;
  for (let turn = 0; turn < APPLIES; turn += 1) {
    const after = text === 'a\n' ? 'b\n' : 'a\n';
    const plan = planOf([{ path: CONFIG, before: text, after }]);
    const outcome = await applyPlan(host, plan, { ...plainOptions, clock: () => new Date() });
    expect(outcome.kind).toBe('applied');
    text = after;
    if (turn === 100) {
      before = descriptors();
      heapBefore = process.memoryUsage().rss;
    }
  }
  expect(descriptors()).toBe(before);
  expect(process.memoryUsage().rss - heapBefore).toBeLessThan(200 << 20);
  expect([...readTree(root).keys()]).toEqual([CONFIG]);
  expect(readdirSync(join(root, 'var/lib/bootmend')).sort()).toEqual(['backups', 'lock', 'reserve']);
  expect(setsWithTexts(root)).toHaveLength(MOST_WITH_TEXTS);
  host.close();
  removeTree(root);
});

test(`${PROCESSES} processes leave no more than the retention keeps`, { timeout: 1_800_000 }, async () => {
  const root = makeTree({ [CONFIG]: 'linux16 /vmlinuz ro\n' });
  const driver = buildDriver();
  let next = 0;
  const work = async () => {
    for (let number = next++; number < PROCESSES; number = next++) {
      const request = {
        task: 'add-word',
        root,
        path: CONFIG,
        word: `w${number}x`,
        lockWaitMs: 60_000,
      } as const;
      const { output } = await driver.run(request);
      expect(['applied', 'refused']).toContain(JSON.parse(output).kind);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  driver.remove();
  expect([...readTree(root).keys()]).toEqual([CONFIG]);
  expect(readdirSync(join(root, 'var/lib/bootmend')).sort()).toEqual(['backups', 'lock', 'reserve']);
  expect(setsWithTexts(root).length).toBeLessThanOrEqual(MOST_WITH_TEXTS);
  removeTree(root);
});
