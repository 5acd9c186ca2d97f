import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { listBackups } from '../../src/apply/backup-set.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { type Rollback, readRollback, rollbackEdits } from '../../src/apply/rollback.ts';
import { openHost } from '../../src/host/root-host.ts';
import { buildPlan } from '../../src/plan/build-plan.ts';
import { makeTree, plainOptions, planOf, removeTree } from './tree.ts';

const CONFIG = '/boot/grub2/grub.cfg';
const DEFAULTS = '/etc/default/grub';

let root = '';
let host: ChangeableHost;
beforeEach(async () => {
  root = makeTree({ [CONFIG]: 'original\n', [DEFAULTS]: 'original\n' });
  host = await openHost(root);
});
afterEach(() => {
  host.close();
  removeTree(root);
});

const read = (path: string) => readFileSync(join(root, path), 'latin1');

/** Writes a text into a file as a change of ours; the id of its backup set. */
async function change(path: string, after: string | undefined): Promise<string> {
  const present = await host.read(path);
  const before = present.ok ? present.bytes.toString('latin1') : undefined;
  const decides = path === DEFAULTS ? 'later-kernels' : 'next-boot';
  const outcome = await applyPlan(host, planOf([{ path, before, after, decides }]), plainOptions);
  if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome));
  return outcome.backup.id;
}

async function requireRollback(which: string): Promise<Rollback> {
  const reading = await readRollback(host, which);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
  return reading.rollback;
}

async function currentTexts({ files }: Rollback): Promise<ReadonlyMap<string, string | undefined>> {
  const texts = new Map<string, string | undefined>();
  for (const { path } of files) {
    const present = await host.read(path);
    texts.set(path, present.ok ? present.bytes.toString('latin1') : undefined);
  }
  return texts;
}

/** Takes back what can be taken back without a decision; the paths in conflict. */
async function takeBack(which: string): Promise<readonly string[]> {
  const rollback = await requireRollback(which);
  const { changes, conflicts } = rollbackEdits(rollback.files, await currentTexts(rollback));
  const ownerships = new Map(
    rollback.files.flatMap(({ path, ownership }) => (ownership === undefined ? [] : [[path, ownership]])),
  );
  const outcome = await applyPlan(host, buildPlan(changes), {
    ...plainOptions,
    kind: 'rollback',
    undoes: rollback.undoes,
    ownerships,
  });
  if (changes.length > 0) expect(outcome).toMatchObject({ kind: 'applied' });
  return conflicts.map(({ path }) => path);
}

describe('a rollback', () => {
  test('brings back content, mode and the file itself', async () => {
    chmodSync(join(root, CONFIG), 0o640);
    await change(CONFIG, undefined);
    expect(await takeBack('latest')).toEqual([]);
    expect(read(CONFIG)).toBe('original\n');
    expect(statSync(join(root, CONFIG)).mode & 0o777).toBe(0o640);
  });

  test('removes a file that the plan had made', async () => {
    await change('/etc/kernel-cmdline', 'made');
    await takeBack('latest');
    expect(readdirSync(join(root, 'etc'))).toEqual(['default']);
  });

  test('gives back the mode that the file had before the change', async () => {
    chmodSync(join(root, CONFIG), 0o600);
    await change(CONFIG, 'new\n');
    chmodSync(join(root, CONFIG), 0o644);
    await takeBack('latest');
    expect(statSync(join(root, CONFIG)).mode & 0o777).toBe(0o600);
  });

  test('latest goes back one change at a time, and does not undo itself', async () => {
    await change(CONFIG, 'first\n');
    await change(CONFIG, 'second\n');
    await takeBack('latest');
    expect(read(CONFIG)).toBe('first\n');
    await takeBack('latest');
    expect(read(CONFIG)).toBe('original\n');
    expect(await readRollback(host, 'latest')).toEqual({
      ok: false,
      problem: { code: 'nothing-to-undo', exitCode: 0, data: {} },
    });
  });

  test('first goes back over every change, rollbacks included', async () => {
    await change(CONFIG, 'one\n');
    await change(DEFAULTS, 'two\n');
    await takeBack('latest');
    await change(CONFIG, 'three\n');
    expect(await takeBack('first')).toEqual([]);
    expect([read(CONFIG), read(DEFAULTS)]).toEqual(['original\n', 'original\n']);
    const list = await listBackups(host);
    const applied = list.ok ? list.sets.filter((set) => !set.isDamaged && set.undoneBy === undefined) : [];
    expect(applied).toMatchObject([{ manifest: { kind: 'rollback' } }]);
  });

  test('an id goes back to before that set, later ones included', async () => {
    await change(CONFIG, 'one\n');
    const second = await change(CONFIG, 'two\n');
    await change(CONFIG, 'three\n');
    expect((await requireRollback(second)).undoes).toHaveLength(2);
    await takeBack(second);
    expect(read(CONFIG)).toBe('one\n');
  });

  test('a rollback can be taken back itself, and the change is in force again', async () => {
    const first = await change(CONFIG, 'new\n');
    await takeBack('latest');
    const list = await listBackups(host);
    const redo = (list.ok && list.sets.at(-1)?.id) || '';
    await takeBack(redo);
    expect(read(CONFIG)).toBe('new\n');
    expect((await requireRollback('latest')).setId).toBe(first);
  });

  test('writes what decides later kernels first', async () => {
    await change(CONFIG, 'new\n');
    await change(DEFAULTS, 'new\n');
    expect((await requireRollback('first')).files.map(({ path }) => path)).toEqual([DEFAULTS, CONFIG]);
  });
});

describe('a file that is not as we left it is a conflict and stays', () => {
  test('changed since', async () => {
    await change(CONFIG, 'ours\n');
    await change(DEFAULTS, 'ours\n');
    writeFileSync(join(root, CONFIG), 'theirs\n');
    const rollback = await requireRollback('first');
    const { changes, conflicts } = rollbackEdits(rollback.files, await currentTexts(rollback));
    expect(changes.map(({ path }) => path)).toEqual([DEFAULTS]);
    expect(conflicts).toMatchObject([
      { path: CONFIG, original: 'original\n', ours: 'ours\n', current: 'theirs\n' },
    ]);
    expect(await takeBack('first')).toEqual([CONFIG]);
    expect(read(CONFIG)).toBe('theirs\n');
  });

  test('changed by somebody else between two of our changes', async () => {
    await change(CONFIG, 'ours\n');
    writeFileSync(join(root, CONFIG), 'theirs\n');
    await change(CONFIG, 'theirs and ours\n');
    expect(await takeBack('first')).toEqual([CONFIG]);
    expect(await takeBack('latest')).toEqual([]);
    expect(read(CONFIG)).toBe('theirs\n');
  });

  test('removed since', async () => {
    await change(CONFIG, 'ours\n');
    rmSync(join(root, CONFIG));
    expect(await takeBack('latest')).toEqual([CONFIG]);
  });

  test('already as it was before: nothing to do', async () => {
    await change(CONFIG, 'ours\n');
    writeFileSync(join(root, CONFIG), 'original\n');
    expect(await takeBack('latest')).toEqual([]);
    expect(read(CONFIG)).toBe('original\n');
  });
});

describe('backup sets that were tampered with', () => {
  const setFile = (id: string, name: string) => join(root, 'var/lib/bootmend/backups', id, name);

  test('a kept text with another hash is never written back', async () => {
    const id = await change(CONFIG, 'ours\n');
    writeFileSync(setFile(id, '0.before'), 'forged\n');
    expect(await readRollback(host, 'latest')).toEqual({
      ok: false,
      problem: { code: 'backup-damaged', exitCode: 3, data: { id } },
    });
  });

  test.each(['', '{', '[]', '{"version":2}', '{"version":1,"id":"x"}'])(
    'a manifest that is %j is damaged',
    async (text) => {
      const id = await change(CONFIG, 'ours\n');
      writeFileSync(setFile(id, 'manifest.json'), text);
      expect(await listBackups(host)).toEqual({ ok: true, sets: [{ id, isDamaged: true }] });
      expect(await readRollback(host, id)).toMatchObject({ ok: false, problem: { code: 'backup-damaged' } });
      expect(await readRollback(host, 'latest')).toMatchObject({
        ok: false,
        problem: { code: 'nothing-to-undo' },
      });
    },
  );

  test('a manifest whose path climbs is damaged', async () => {
    const id = await change(CONFIG, 'ours\n');
    const text = readFileSync(setFile(id, 'manifest.json'), 'utf8');
    writeFileSync(setFile(id, 'manifest.json'), text.replace(CONFIG, '/boot/../../outside'));
    expect(await listBackups(host)).toMatchObject({ sets: [{ isDamaged: true }] });
  });

  test('an id that is none', async () => {
    expect(await readRollback(host, '../x')).toEqual({
      ok: false,
      problem: { code: 'backup-unknown', exitCode: 3, data: { id: '../x' } },
    });
  });
});

test('of many changes the first and the last twenty sets are kept, and the first still leads back', async () => {
  for (let turn = 0; turn < 24; turn += 1) await change(CONFIG, turn % 2 === 0 ? 'a\n' : 'original\n');
  const list = await listBackups(host);
  expect(list.ok && list.sets).toHaveLength(21);
  await change(CONFIG, 'a\n');
  expect(await takeBack('first')).toEqual([]);
  expect(read(CONFIG)).toBe('original\n');
});
