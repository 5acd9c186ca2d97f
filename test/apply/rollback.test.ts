import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { listBackups } from '../../src/apply/backup-set.ts';
import { readOwnership } from '../../src/apply/ownership.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { type Rollback, readRollback, rollbackEdits } from '../../src/apply/rollback.ts';
import { openHost } from '../../src/host/root-host.ts';
import { buildPlan } from '../../src/plan/build-plan.ts';
import { interceptOperations } from '../fault/operations.ts';
import { isRoot } from '../host/mounted.ts';
import { hasProgram } from '../oracle/available.ts';
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

// biome-ignore lint/suspicious/noExplicitAny: anything may stand in a forged manifest.
type Forged = any;

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
    await change('/boot/grub2/custom.cfg', 'made');
    await takeBack('latest');
    expect(readdirSync(join(root, 'boot/grub2'))).toEqual(['grub.cfg']);
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
      problem: { code: 'nothing-to-undo', data: {} },
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

describe('what became of a file beside its content', () => {
  const ownershipOf = async (path: string) => {
    const ownership = await readOwnership(host, path);
    return new Map(ownership === undefined ? [] : [[path, ownership]]);
  };
  const editsOf = async (which: string) => {
    const rollback = await requireRollback(which);
    return rollbackEdits(rollback.files, await currentTexts(rollback), await ownershipOf(CONFIG));
  };

  test.each(
    [
      { what: 'mode', change: () => chmodSync(join(root, CONFIG), 0o600), before: '0644', after: '0600' },
      {
        what: 'user.theirs',
        change: () => execFileSync('setfattr', ['-n', 'user.theirs', '-v', 'a', join(root, CONFIG)]),
        before: undefined,
        after: '0x61',
      },
      {
        what: 'gid',
        change: () => execFileSync('chgrp', ['4711', join(root, CONFIG)]),
        before: '0',
        after: '4711',
        isForRoot: true,
      },
    ].filter(
      ({ what, isForRoot = false }) =>
        (isRoot || !isForRoot) && (what !== 'user.theirs' || hasProgram('setfattr')),
    ),
  )('$what changed since: a conflict', async (given) => {
    await change(CONFIG, 'ours\n');
    expect((await editsOf('latest')).conflicts).toEqual([]);
    given.change();
    const { changes, conflicts } = await editsOf('latest');
    expect(changes).toEqual([]);
    const { what, before, after } = given;
    expect(conflicts).toMatchObject([{ path: CONFIG, ownershipChanges: [{ what, before, after }] }]);
  });

  test('changed between two of our changes: the way back is broken there, and not from the second', async () => {
    await change(CONFIG, 'ours\n');
    chmodSync(join(root, CONFIG), 0o600);
    await change(CONFIG, 'ours again\n');
    expect((await editsOf('first')).conflicts).toHaveLength(1);
    expect((await editsOf('latest')).conflicts).toEqual([]);
  });

  test('a mode that the state tells of is given back without what lets a program do more', async () => {
    chmodSync(join(root, CONFIG), 0o6755);
    await change(CONFIG, 'ours\n');
    expect(statSync(join(root, CONFIG)).mode & 0o7777).toBe(0o6755);
    rmSync(join(root, CONFIG));
    writeFileSync(join(root, CONFIG), 'ours\n');
    await takeBack('latest');
    expect(statSync(join(root, CONFIG)).mode & 0o7777).toBe(0o755);
  });
});

describe('backup sets that were tampered with', () => {
  const setFile = (id: string, name: string) => join(root, 'var/lib/bootmend/backups', id, name);

  test('a kept text with another hash is never written back', async () => {
    const id = await change(CONFIG, 'ours\n');
    writeFileSync(setFile(id, '0.before'), 'forged\n');
    expect(await readRollback(host, 'latest')).toEqual({
      ok: false,
      problem: { code: 'backup-damaged', data: { id, part: '0.before' } },
    });
  });

  test.each([
    ['', '-'],
    ['{', '-'],
    ['[]', '-'],
    ['{"version":0}', 'version'],
    ['{"version":"2"}', 'version'],
    ['{"version":1,"id":"x"}', 'id'],
  ])('a manifest that is %j is damaged, and so is the newest change', async (text, part) => {
    const id = await change(CONFIG, 'ours\n');
    writeFileSync(setFile(id, 'manifest.json'), text);
    const fault = { code: 'damaged', part };
    expect(await listBackups(host)).toEqual({ ok: true, sets: [{ id, isDamaged: true, fault }] });
    for (const which of [id, 'latest', 'first']) {
      expect(await readRollback(host, which)).toEqual({
        ok: false,
        problem: { code: 'backup-damaged', data: { id, part } },
      });
    }
  });

  const forged: readonly [part: string, edit: (manifest: Forged) => void][] = [
    ['files[0].ownership.uid', ({ files: [file] }) => (file.ownership.uid = 2 ** 32 - 1)],
    ['files[0].ownership.uid', ({ files: [file] }) => (file.ownership.uid = -1)],
    ['files[0].ownership.gid', ({ files: [file] }) => (file.ownership.gid = 1.5)],
    ['files[0].ownership.mode', ({ files: [file] }) => (file.ownership.mode = 0o10644)],
    [
      'files[0].ownership.attributes',
      ({ files: [file] }) => (file.ownership.attributes = { 'user.a': '0x61\n# file: /x' }),
    ],
    ['files[0].ownership.other', ({ files: [file] }) => (file.ownership.other = 1)],
    ['files[0].path', ({ files: [file] }) => (file.path = '/boot/grub2/a\n.cfg')],
    ['/etc/passwd', ({ files: [file] }) => (file.path = '/etc/passwd')],
    ['/boot/vmlinuz', ({ files: [file] }) => (file.path = '/boot/vmlinuz')],
    ['/usr/bin', ({ directories }) => directories.push('/usr/bin')],
    ['files[1].path', ({ files }) => files.push(files[0])],
    ['files', (manifest) => (manifest.files = [])],
    ['undoes', ({ undoes }) => undoes.push('20200101T000000Z-00000000')],
    ['undoes[0]', ({ undoes }) => undoes.push('20209999T000000Z-00000000')],
    ['createdAt', (manifest) => (manifest.createdAt = '2026-99-99T00:00:00.000Z')],
    ['planId', (manifest) => (manifest.planId = '../x')],
    ['more', (manifest) => (manifest['more'] = 1)],
  ];
  test.each(forged)('a part that is none of ours is named: %s', async (part, edit) => {
    const id = await change(CONFIG, 'ours\n');
    const manifest = JSON.parse(readFileSync(setFile(id, 'manifest.json'), 'utf8'));
    edit(manifest);
    writeFileSync(setFile(id, 'manifest.json'), JSON.stringify(manifest));
    expect(await readRollback(host, 'latest')).toMatchObject({
      problem: { code: 'backup-damaged', data: { id, part } },
    });
  });

  test('a manifest whose path climbs is damaged', async () => {
    const id = await change(CONFIG, 'ours\n');
    const text = readFileSync(setFile(id, 'manifest.json'), 'utf8');
    writeFileSync(setFile(id, 'manifest.json'), text.replace(CONFIG, '/boot/../../outside'));
    expect(await listBackups(host)).toMatchObject({ sets: [{ isDamaged: true }] });
  });

  test('an id that is none', async () => {
    expect(await readRollback(host, '../x')).toEqual({
      ok: false,
      problem: { code: 'backup-unknown', data: { id: '../x' } },
    });
  });
});

test('of many changes the first and the last twenty sets are kept, and the first still leads back', async () => {
  for (let turn = 0; turn < 24; turn += 1) await change(CONFIG, turn % 2 === 0 ? 'a\n' : 'original\n');
  const list = await listBackups(host);
  expect(list.ok && list.sets).toHaveLength(24);
  const kept = readdirSync(join(root, 'var/lib/bootmend/backups')).map(
    (id) => readdirSync(join(root, 'var/lib/bootmend/backups', id)).length,
  );
  expect(kept).toEqual([3, 1, 1, 1, ...Array.from({ length: 20 }, () => 3)]);
  await change(CONFIG, 'a\n');
  expect(await takeBack('first')).toEqual([]);
  expect(read(CONFIG)).toBe('original\n');
});

describe('of 25 changes', () => {
  const changeAll = async () => {
    const ids: string[] = [];
    for (let turn = 0; turn < 25; turn += 1) ids.push(await change(CONFIG, `${turn}\n`));
    return ids;
  };

  test('the way back to each that keeps its texts is there; the others are told by name', async () => {
    const ids = await changeAll();
    expect((await requireRollback('first')).files).toMatchObject([
      { original: 'original\n', isUnbroken: true },
    ]);
    for (const [index, id] of ids.entries()) {
      const reading = await readRollback(host, id);
      // The text that the sixth set kept is what the fifth one, pruned, had left.
      if (index === 0 || index >= 5) expect(reading).toMatchObject({ ok: true });
      else if (index === 1) expect(reading).toMatchObject({ rollback: { files: [{ original: '0\n' }] } });
      else expect(reading).toEqual({ ok: false, problem: { code: 'backup-pruned', data: { id } } });
    }
    expect(await takeBack('first')).toEqual([]);
    expect(read(CONFIG)).toBe('original\n');
  });

  test('a damaged one in between is named, and passed over only where that is wanted', async () => {
    const ids = await changeAll();
    const id = ids[10] ?? '';
    writeFileSync(join(root, 'var/lib/bootmend/backups', id, 'manifest.json'), 'noise');
    const between = { id, part: '-' };
    for (const chosen of [ids[0], ids[8]]) {
      const which = chosen === ids[0] ? 'first' : (chosen ?? '');
      expect(await readRollback(host, which)).toEqual({
        ok: false,
        problem: { code: 'damaged-between', data: { chosen, ...between } },
      });
      expect(await readRollback(host, which, true)).toMatchObject({
        ok: true,
        rollback: { passedOver: [id], files: [{ isUnbroken: false }] },
      });
    }
    expect(await readRollback(host, ids[11] ?? '')).toMatchObject({ ok: true, rollback: { passedOver: [] } });
    expect(await readRollback(host, 'latest')).toMatchObject({ ok: true });
  });

  test('a cut at any step of pruning leaves none damaged, and the next change prunes the rest', async () => {
    await changeAll();
    const last = planOf([{ path: CONFIG, before: '24\n', after: 'last\n' }]);
    let unlinks = 0;
    const mortal = interceptOperations(host, (operation) => {
      const isPruning = operation.kind === 'unlink' && operation.directory.includes('/backups/');
      if (isPruning && ++unlinks === 2) throw new Error('power cut');
    });
    await expect(applyPlan(mortal, last, plainOptions)).rejects.toThrow('power cut');
    const list = await listBackups(host);
    expect(list.ok && list.sets.filter(({ isDamaged }) => isDamaged)).toEqual([]);
    await change(CONFIG, 'more\n');
    const kept = readdirSync(join(root, 'var/lib/bootmend/backups')).map(
      (id) => readdirSync(join(root, 'var/lib/bootmend/backups', id)).length,
    );
    expect(kept).toEqual([3, ...Array.from({ length: 6 }, () => 1), ...Array.from({ length: 20 }, () => 3)]);
    expect((await requireRollback('first')).files).toMatchObject([{ isUnbroken: true }]);
  });
});

describe('sets that are not this bootmend’s', () => {
  const backups = () => join(root, 'var/lib/bootmend/backups');
  const newest = '20991231T000000Z-00000000';

  test('a newer one’s is named and left as it is, passed over never', async () => {
    await change(CONFIG, 'ours\n');
    mkdirSync(join(backups(), newest), { mode: 0o700 });
    writeFileSync(join(backups(), newest, 'manifest.json'), '{"version":2,"id":{"new":"form"}}');
    for (const [which, isForced] of [
      ['latest', false],
      ['latest', true],
      ['first', false],
      ['first', true],
    ] as const) {
      expect(await readRollback(host, which, isForced)).toEqual({
        ok: false,
        problem: { code: 'backup-newer', data: { id: newest, version: 2 } },
      });
    }
    expect(await change(DEFAULTS, 'more\n')).toMatch(/^20991231T000001Z/);
  });

  test('a name whose date is none is damaged, and in the way of nothing else', async () => {
    mkdirSync(join(backups(), '20269999T000000Z-00000000'), { recursive: true, mode: 0o700 });
    chmodSync(backups(), 0o700);
    const id = await change(CONFIG, 'ours\n');
    expect(id).toMatch(/^20261124T143000Z/);
    expect(await listBackups(host)).toMatchObject({
      sets: [
        { id, isDamaged: false },
        { isDamaged: true, fault: { part: 'id' } },
      ],
    });
    expect(await readRollback(host, 'latest')).toMatchObject({
      problem: { code: 'backup-damaged', data: { part: 'id' } },
    });
    expect(await readRollback(host, 'latest', true)).toMatchObject({ ok: true });
  });

  test('one that is named after the last second is followed by none, and that is said', async () => {
    mkdirSync(join(backups(), '99991231T235959Z-00000000'), { recursive: true, mode: 0o700 });
    const change = planOf([{ path: CONFIG, before: 'original\n', after: 'x\n' }]);
    expect(await applyPlan(host, change, plainOptions)).toMatchObject({
      kind: 'refused',
      problem: { code: 'set-ids-used-up' },
    });
  });
});
