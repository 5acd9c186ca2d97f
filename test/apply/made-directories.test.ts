import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { inspectJournal, recover } from '../../src/apply/recover.ts';
import { readRollback, rollbackEdits } from '../../src/apply/rollback.ts';
import { openHost } from '../../src/host/root-host.ts';
import { systemError } from '../../src/host/system-error.ts';
import { buildPlan } from '../../src/plan/build-plan.ts';
import { interceptOperations, type Operation } from '../fault/operations.ts';
import { applyUntil, isRenameOf } from './cut-short.ts';
import { makeTree, plainOptions, planOf, removeTree } from './tree.ts';

const CMDLINE = '/efi/kernel/of/host/custom.cfg';
const CONFIG = '/boot/grub2/grub.cfg';
const plan = planOf([
  { path: CMDLINE, before: undefined, after: 'ro quiet\n', decides: 'later-kernels' },
  { path: CONFIG, before: 'old\n', after: 'new\n' },
]);

let root = '';
let host: ChangeableHost;
beforeEach(async () => {
  root = makeTree({ [CONFIG]: 'old\n' });
  mkdirSync(at('/efi'));
  host = await openHost(root);
});
afterEach(() => {
  host.close();
  removeTree(root);
});

const at = (path: string) => join(root, path);
const isMade = () => existsSync(at('/efi/kernel'));

/** Puts back what the newest change had replaced. */
async function takeBack(on = host): Promise<void> {
  const reading = await readRollback(host, 'latest');
  if (!reading.ok) throw new Error(reading.problem.code);
  const { files, directories, undoes } = reading.rollback;
  const current = new Map(
    files.map(({ path }) => [path, existsSync(at(path)) ? readFileSync(at(path), 'latin1') : undefined]),
  );
  const back = buildPlan(rollbackEdits(files, current).changes);
  const outcome = await applyPlan(on, back, { ...plainOptions, kind: 'rollback', undoes, directories });
  expect(outcome).toMatchObject({ kind: 'applied', notes: [] });
}

describe('a directory that a change made for a new file goes with it', () => {
  test('where what was written is judged to be bad', async () => {
    const verify = async () => ({ path: CONFIG, detail: 'no menu entries' });
    expect(await applyPlan(host, plan, { ...plainOptions, verify })).toMatchObject({
      kind: 'failed-restored',
      takenBack: { left: [], unrestored: [], failures: [] },
    });
    expect(isMade()).toBe(false);
  });

  test('and that is on the disk before the journal, which names it, goes', async () => {
    const steps: string[] = [];
    const watched = interceptOperations(host, (operation) => {
      if (operation.kind === 'remove-directory') steps.push(`${operation.directory} loses ${operation.name}`);
      if (operation.kind === 'sync-directory') steps.push(`${operation.directory} synced`);
      if (operation.kind === 'unlink' && operation.name.startsWith('journal')) steps.push('no journal');
    });
    const verify = async () => ({ path: CONFIG, detail: 'no menu entries' });
    await applyPlan(watched, plan, { ...plainOptions, verify });
    const after = steps.slice(steps.indexOf('/efi/kernel/of loses host'));
    expect(after.filter((step) => !step.startsWith('/var'))).toEqual([
      ...['/efi/kernel/of loses host', '/efi/kernel/of synced'],
      ...['/efi/kernel loses of', '/efi/kernel synced'],
      ...['/efi loses kernel', '/efi synced'],
      'no journal',
    ]);
  });

  test('where the disk is full by then', async () => {
    const full = interceptOperations(host, (operation) => {
      const isBesideConfig = operation.kind === 'create' && operation.directory === '/boot/grub2';
      if (isBesideConfig) throw systemError('ENOSPC', 'open', CONFIG);
    });
    expect(await applyPlan(full, plan, plainOptions)).toMatchObject({ kind: 'refused' });
    expect(isMade()).toBe(false);
  });

  test('where the change was cut short', async () => {
    await applyUntil(host, plan, isRenameOf('grub.cfg'));
    expect(isMade()).toBe(true);
    expect(await recover(host)).toMatchObject({ problem: undefined, settlement: { left: [] } });
    expect(isMade()).toBe(false);
  });

  test('where it was cut short before the directory was made: nothing is reported as left alone', async () => {
    const isMaking = (operation: Operation) =>
      operation.kind === 'make-directory' && operation.directory === '/efi';
    await applyUntil(host, plan, isMaking);
    expect(await recover(host)).toMatchObject({ problem: undefined, settlement: { left: [] } });
    expect(isMade()).toBe(false);
  });

  test('where the journal was damaged as well, and the backup set serves instead', async () => {
    await applyUntil(host, plan, isRenameOf('grub.cfg'));
    writeFileSync(at('/var/lib/bootmend/journal.json'), 'noise');
    expect(await recover(host)).toMatchObject({ settlement: { direction: 'back', left: [] } });
    expect(isMade()).toBe(false);
  });

  test('where the change is taken back', async () => {
    await applyPlan(host, plan, plainOptions);
    expect(isMade()).toBe(true);
    await takeBack();
    expect(isMade()).toBe(false);
  });

  test('where taking it back was cut short after the directory was gone', async () => {
    await applyPlan(host, plan, plainOptions);
    const isLastStep = (operation: Operation) =>
      operation.kind === 'unlink' && operation.name === 'journal.json';
    const mortal = interceptOperations(host, (operation) => {
      if (isLastStep(operation)) throw new Error('power cut');
    });
    await expect(takeBack(mortal)).rejects.toThrow('power cut');
    expect(isMade()).toBe(false);
    expect(await recover(host)).toMatchObject({ problem: undefined, settlement: { direction: 'forward' } });
    expect(await inspectJournal(host)).toEqual({ kind: 'none' });
  });
});

describe('a directory stays', () => {
  test('where somebody has put a file into it', async () => {
    await applyPlan(host, plan, plainOptions);
    writeFileSync(at('/efi/kernel/theirs'), '');
    await takeBack();
    expect(readdirSync(at('/efi/kernel'))).toEqual(['theirs']);
  });

  test('where it was there before, empty', async () => {
    mkdirSync(at('/efi/kernel/of'), { recursive: true });
    await applyPlan(host, plan, plainOptions);
    await takeBack();
    expect(readdirSync(at('/efi/kernel/of'))).toEqual([]);
  });
});

test('no directory is made for a plan that is refused in the end', async () => {
  const isJournal = (operation: Operation) => operation.kind === 'create' && operation.name === 'journal.new';
  const busy = interceptOperations(host, (operation) => {
    if (!isJournal(operation)) return;
    expect(isMade()).toBe(false);
    throw systemError('EROFS', 'open', 'journal.new');
  });
  expect(await applyPlan(busy, plan, plainOptions)).toMatchObject({ kind: 'refused' });
  expect(isMade()).toBe(false);
});

test('no directory is made where a link above it leads elsewhere by now', async () => {
  mkdirSync(at('/usr/lib/kernel'), { recursive: true });
  symlinkSync('../usr/lib/kernel', at('/efi/kernel'));
  expect(await applyPlan(host, plan, plainOptions)).toMatchObject({
    kind: 'refused',
    problem: { code: 'changed' },
  });
  expect(readdirSync(at('/usr/lib/kernel'))).toEqual([]);
});

test('a journal that names no directories, as older versions wrote it, is settled', async () => {
  await applyUntil(host, plan, isRenameOf('grub.cfg'));
  const journal = at('/var/lib/bootmend/journal.json');
  const { directories, ...older } = JSON.parse(readFileSync(journal, 'utf8'));
  expect(directories).toEqual(['/efi/kernel', '/efi/kernel/of', '/efi/kernel/of/host']);
  unlinkSync(journal);
  writeFileSync(journal, JSON.stringify(older));
  expect(await recover(host)).toMatchObject({
    problem: undefined,
    settlement: { direction: 'back', left: [] },
  });
  expect(readdirSync(at('/efi/kernel/of/host'))).toEqual([]);
});
