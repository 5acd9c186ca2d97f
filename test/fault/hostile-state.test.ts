import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { listBackups } from '../../src/apply/backup-set.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { recover } from '../../src/apply/recover.ts';
import { readRollback, rollbackEdits } from '../../src/apply/rollback.ts';
import { isAttribute } from '../../src/host/file-attributes.ts';
import { openHost } from '../../src/host/root-host.ts';
import { buildPlan } from '../../src/plan/build-plan.ts';
import { plainOptions, planOf } from '../apply/tree.ts';
import { isRoot } from '../host/mounted.ts';
import {
  describeTree,
  type HostileState,
  hostileState,
  PLAIN,
  plantState,
  violations,
} from './hostile-state.ts';
import { withDirectories, withoutPrograms } from './operations.ts';

/** In memory, where that is: thousands of trees are made. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const STATES = 2000;

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(PLACE, 'bootmend-hostile-state-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Without the child processes; what would be given to setfattr(1) is looked at. */
function watched(host: ChangeableHost): ChangeableHost {
  return withDirectories(withoutPrograms(host), (directory) => ({
    flushFileSystem: async () => 'frozen',
    createFile: async (name, mode) => ({
      ...(await directory.createFile(name, mode)),
      setAttributes: async (attributes) => {
        for (const [attribute, value] of Object.entries(attributes)) {
          expect([attribute, isAttribute(attribute, value)]).toEqual([attribute, true]);
          expect(attribute).not.toBe('security.capability');
        }
        return { ok: true };
      },
    }),
  }));
}

/** Everything that a command does with our state, one after the other, as far as it comes. */
async function useState(host: ChangeableHost, which: string): Promise<readonly string[]> {
  const told: string[] = [];
  const recovery = await recover(host);
  told.push(recovery.problem?.code ?? recovery.settlement?.direction ?? 'nothing');
  await listBackups(host);
  const reading = await readRollback(host, which, true);
  if (!reading.ok) return [...told, reading.problem.code];
  const { files, undoes, directories } = reading.rollback;
  const current = new Map<string, string | undefined>();
  for (const { path } of files) {
    const read = await host.read(path);
    current.set(path, read.ok ? read.bytes.toString('latin1') : undefined);
  }
  const { changes, conflicts } = rollbackEdits(files, current);
  const forced = conflicts.map(({ path, current: before, original: after }) => ({
    path,
    before,
    after,
    decides: 'restore' as const,
  }));
  const ownerships = new Map(
    files.flatMap(({ path, ownership }) => (ownership ? [[path, ownership] as const] : [])),
  );
  const options = { ...plainOptions, kind: 'rollback' as const, undoes, directories, ownerships };
  const outcome = await applyPlan(host, buildPlan([...changes, ...forced]), options);
  return [...told, outcome.kind];
}

async function judge(state: HostileState, which: string): Promise<readonly string[]> {
  const parent = mkdtempSync(join(base, 'case-'));
  const [root, outside] = [join(parent, 'root'), join(parent, 'outside')];
  for (const tree of [root, outside]) mkdirSync(tree);
  plantState(outside, PLAIN, { owner: 0, files: {}, links: {} }, isRoot);
  plantState(root, PLAIN, state, isRoot);
  const before = describeTree(root);
  const beside = describeTree(outside);
  const host = await openHost(root);
  try {
    const told = await useState(watched(host), which);
    expect(violations(before, describeTree(root), state)).toEqual([]);
    expect(describeTree(outside)).toEqual(beside);
    if (isRoot && state.owner !== 0) expect(describeTree(root)).toEqual(before);
    return told;
  } finally {
    host.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

test(`${STATES} forged states: only boot configuration changes, with no owner or mode but those recorded`, {
  timeout: 300_000,
}, async () => {
  const endings = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(hostileState(PLAIN), fc.constantFrom('latest', 'first'), async (state, which) => {
      const told = (await judge(state, which)).join(', ');
      endings.set(told, (endings.get(told) ?? 0) + 1);
    }),
    { numRuns: STATES },
  );
  // A generator whose states are all refused at the door would judge nothing.
  const deep = [...endings].filter(([told]) => /back|forward|applied/.test(told));
  expect(deep.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(STATES / 10);
  console.log(`hostile states: ${STATES}, endings: ${JSON.stringify(Object.fromEntries(endings))}`);
});

describe('the judge itself', () => {
  const file = (mode: string, path = '/boot/grub2/grub.cfg', text = 'text 2\n') =>
    new Map([[path, `file ${mode} ${text}`]]);
  const none: HostileState = { owner: 0, files: {}, links: {} };
  const was = file('600 0 0', '/boot/grub2/grub.cfg', 'text 0\n');

  test.each([
    ['a set-id file', file('4600 0 0')],
    ['an owner that nobody recorded', file('600 4711 0')],
    ['a mode that nobody recorded', file('666 0 0')],
    ['another file', new Map([...was, ...file('600 0 0', '/etc/cron.d/new')])],
    ['a kernel', new Map([...was, ...file('600 0 0', '/boot/vmlinuz-1')])],
  ])('sees %s', (_, after) => {
    expect(violations(was, after, none)).not.toEqual([]);
  });

  test('passes a new text, and a file that goes', () => {
    expect(violations(was, file('600 0 0'), none)).toEqual([]);
    expect(violations(was, new Map(), none)).toEqual([]);
  });
});

test('an ordinary change goes on beside any state that is not in its way', async () => {
  const root = mkdtempSync(join(base, 'plain-'));
  plantState(root, PLAIN, { owner: 0, files: {}, links: {} }, isRoot);
  const host = await openHost(root);
  const plan = planOf([{ path: '/boot/grub2/grub.cfg', before: 'text 0\n', after: 'text 2\n' }]);
  expect(await applyPlan(watched(host), plan, plainOptions)).toMatchObject({ kind: 'applied' });
  host.close();
});
