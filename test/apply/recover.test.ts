import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { inspectJournal, recover } from '../../src/apply/recover.ts';
import { openHost } from '../../src/host/root-host.ts';
import { interceptOperations, type Operation, onVfat } from '../fault/operations.ts';
import { applyUntil as cutShort, isFirstCleanup, isRenameOf } from './cut-short.ts';
import { makeTree, plainOptions, readTree, removeTree } from './tree.ts';
import { CONFIG, DEFAULTS, filesBefore, plan } from './two-file-change.ts';

let root = '';
let host: ChangeableHost;
beforeEach(async () => {
  root = makeTree(filesBefore);
  host = await openHost(root);
});
afterEach(() => {
  host.close();
  removeTree(root);
});

const read = (path: string) => readFileSync(join(root, path), 'latin1');
const state = (name: string) => join(root, 'var/lib/bootmend', name);

const applyUntil = (isLast: (operation: Operation) => boolean) => cutShort(host, plan, isLast);

describe('recovery', () => {
  test('without anything unfinished nothing is created', async () => {
    expect(await recover(host)).toEqual({ settlement: undefined, problem: undefined });
    expect(readdirSync(root).sort()).toEqual(['boot', 'etc']);
  });

  test('half written: goes back, and says so', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    expect(read(DEFAULTS)).toBe('new defaults\n');
    expect(await inspectJournal(host)).toMatchObject({ kind: 'unfinished', journal: { planId: plan.id } });
    expect(await recover(host)).toMatchObject({
      problem: undefined,
      settlement: { direction: 'back', restored: 1, left: [], failures: [], paths: [DEFAULTS, CONFIG] },
    });
    expect([read(DEFAULTS), read(CONFIG)]).toEqual(['old defaults\n', 'old config\n']);
    expect([...readTree(root).keys()].sort()).toEqual([CONFIG, DEFAULTS].sort());
  });

  test('all written: goes forward', async () => {
    await applyUntil(isFirstCleanup);
    expect(await recover(host)).toMatchObject({ problem: undefined, settlement: { direction: 'forward' } });
    expect([read(DEFAULTS), read(CONFIG)]).toEqual(['new defaults\n', 'new config\n']);
    expect([...readTree(root).keys()].sort()).toEqual([CONFIG, DEFAULTS].sort());
    expect(await inspectJournal(host)).toEqual({ kind: 'none' });
  });

  test('the next apply recovers by itself', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({
      kind: 'applied',
      recovered: { direction: 'back' },
    });
  });

  test('a file that somebody else has changed meanwhile is left, reported, and the rest goes back', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    writeFileSync(join(root, CONFIG), 'theirs\n');
    expect(await recover(host)).toMatchObject({
      problem: { code: 'recovery-left-files', data: { paths: CONFIG } },
      settlement: { direction: 'back', left: [CONFIG] },
    });
    expect([read(DEFAULTS), read(CONFIG)]).toEqual(['old defaults\n', 'theirs\n']);
    expect(readdirSync(state('backups'))).toHaveLength(1);
    expect(await recover(host)).toEqual({ settlement: undefined, problem: undefined });
  });

  test('the original is taken from the backup set where the one beside the file is gone', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    for (const name of readdirSync(join(root, 'etc/default'))) {
      if (name.endsWith('.old')) unlinkSync(join(root, 'etc/default', name));
    }
    expect(await recover(host)).toMatchObject({ settlement: { restored: 1, left: [] } });
    expect(read(DEFAULTS)).toBe('old defaults\n');
  });

  test('with no original left the file stays as it is and is reported', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    for (const name of readdirSync(join(root, 'etc/default'))) {
      if (name.endsWith('.old')) unlinkSync(join(root, 'etc/default', name));
    }
    const [id = ''] = readdirSync(state('backups'));
    writeFileSync(join(state('backups'), id, '0.before'), 'forged');
    expect(await recover(host)).toMatchObject({
      problem: { code: 'recovery-left-files', data: { paths: DEFAULTS } },
    });
    expect(read(DEFAULTS)).toBe('new defaults\n');
  });

  test('the directory of a file is gone: reported, not made', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    rmSync(join(root, 'boot'), { recursive: true });
    expect(await recover(host)).toMatchObject({ problem: { code: 'recovery-left-files' } });
    expect(readdirSync(root)).not.toContain('boot');
  });
});

/** A second name of the new file, as another file here: with its time, as vfat has two entries for one after a power cut, or without. */
function giveSecondName(sameTime: boolean): void {
  const [id = ''] = readdirSync(state('backups'));
  const second = join(root, 'boot/grub2', `.bootmend-${id}-1.new`);
  writeFileSync(second, 'new config\n');
  const { mtime } = statSync(join(root, CONFIG));
  if (sameTime) utimesSync(second, mtime, mtime);
  utimesSync(join(root, CONFIG), mtime, mtime);
}

test.each([
  { name: 'another file system than vfat', isVfat: false, sameTime: true },
  { name: 'vfat, a file that was written by hand', isVfat: true, sameTime: false },
])('a second file with the new text is no second name: $name', async ({ isVfat, sameTime }) => {
  await applyUntil(isFirstCleanup);
  giveSecondName(sameTime);
  expect(await recover(isVfat ? onVfat(host) : host)).toMatchObject({
    problem: undefined,
    settlement: { direction: 'forward', failures: [] },
  });
  expect([...readTree(root).keys()].sort()).toEqual([CONFIG, DEFAULTS].sort());
});

test('two names for the new file, as vfat can have after a power cut: nothing is freed, fsck is asked for', async () => {
  await applyUntil(isFirstCleanup);
  giveSecondName(true);
  const [id = ''] = readdirSync(state('backups'));
  const found = readTree(root);
  expect(await recover(onVfat(host))).toMatchObject({
    problem: { code: 'recovery-unfinished' },
    settlement: {
      unrestored: [DEFAULTS, CONFIG],
      failures: [{ code: 'file-system-damaged', data: { path: CONFIG } }],
    },
  });
  expect(readTree(root).get(`/boot/grub2/.bootmend-${id}-1.new`)).toBe(
    found.get(`/boot/grub2/.bootmend-${id}-1.new`),
  );
  expect(await inspectJournal(host)).toMatchObject({ kind: 'unfinished' });
  writeFileSync(join(root, 'boot/grub2', `.bootmend-${id}-1.new`), '');
  expect(await recover(host)).toMatchObject({ problem: undefined, settlement: { direction: 'forward' } });
});

const journalText = (file: object) =>
  JSON.stringify({
    version: 1,
    setId: '20261124T143000Z-1a2b3c4d',
    planId: '1a2b3c4d5e6f',
    files: [{ path: CONFIG, beforeSha256: null, afterSha256: 'a'.repeat(64), ...file }],
    directories: [],
  });

test('a journal of a newer bootmend is left as it is, and nothing is begun', async () => {
  mkdirSync(state(''), { recursive: true });
  const text = '{"version":2,"steps":[]}';
  writeFileSync(state('journal.json'), text);
  const problem = {
    code: 'state-newer',
    data: { path: '/var/lib/bootmend/journal.json', version: 2 },
  };
  for (let run = 0; run < 2; run += 1) {
    expect(await recover(host)).toEqual({ settlement: undefined, problem });
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'refused', problem });
  }
  expect(readFileSync(state('journal.json'), 'utf8')).toBe(text);
  expect([read(DEFAULTS), read(CONFIG)]).toEqual(['old defaults\n', 'old config\n']);
});

test('a file that can’t be read for another reason than an I/O error is not said to be ill', async () => {
  await applyUntil(isRenameOf('grub.cfg'));
  const stale: ChangeableHost = {
    ...host,
    openDirectory: async (path) => {
      const opened = await host.openDirectory(path);
      if (!opened.ok || path !== '/etc/default') return opened;
      const answer = { ok: false, reason: 'input-output', systemCode: 'ESTALE' } as const;
      return { ...opened, directory: { ...opened.directory, read: async () => answer } };
    },
  };
  expect(await recover(stale)).toMatchObject({
    settlement: { failures: [{ code: 'system-refused', data: { systemCode: 'ESTALE' } }] },
  });
});

test('while a package manager is at work nothing is settled', async () => {
  await applyUntil(isRenameOf('grub.cfg'));
  const busy: ChangeableHost = {
    ...host,
    isRunningSystem: true,
    status: (path) => host.status(path === '/var/lib/pacman/db.lck' ? CONFIG : path),
  };
  const problem = { code: 'package-lock-file' };
  expect(await recover(busy)).toMatchObject({ settlement: undefined, problem });
  expect(await applyPlan(busy, plan, plainOptions)).toMatchObject({ kind: 'refused', problem });
  expect(read(DEFAULTS)).toBe('new defaults\n');
});

describe('a damaged journal', () => {
  test.each([
    ['empty', ''],
    ['noise', '\0\xff{'],
    [
      'a path that climbs',
      '{"version":1,"setId":"20261124T143000Z-1a2b3c4d","planId":"1a2b3c4d5e6f","files":[{"path":"/a/../../etc/passwd","beforeSha256":null,"afterSha256":null}]}',
    ],
    ['a path of no boot configuration', journalText({ path: '/etc/passwd' })],
    ['a kernel’s path', journalText({ path: '/boot/vmlinuz-3.10.0' })],
    ['a hash that is none', journalText({ beforeSha256: 'x' })],
    ['more than there should be', journalText({ mode: 0o4755 })],
    ['a date that is none', journalText({}).replace('20261124', '20261199')],
    ['an id that climbs', '{"version":1,"setId":"../../../etc","planId":"x","files":[]}'],
  ])('is put aside and reported once: %s', async (_, text) => {
    mkdirSync(state(''), { recursive: true });
    writeFileSync(state('journal.json'), text);
    expect(await inspectJournal(host)).toMatchObject({ kind: 'damaged' });
    expect(await recover(host)).toMatchObject({
      problem: {
        code: 'journal-damaged',
        data: { path: '/var/lib/bootmend/journal.json.damaged' },
      },
    });
    expect(readFileSync(state('journal.json.damaged'), 'utf8')).toBe(text);
    expect(await recover(host)).toEqual({ settlement: undefined, problem: undefined });
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
  });

  test('of a half written plan: the backup set serves instead', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    writeFileSync(state('journal.json'), 'noise');
    expect(await recover(host)).toMatchObject({
      problem: { code: 'journal-damaged' },
      settlement: { direction: 'back', restored: 1 },
    });
    expect([read(DEFAULTS), read(CONFIG)]).toEqual(['old defaults\n', 'old config\n']);
  });

  test('of a half written plan: before a file is put back, a whole journal stands in its place', async () => {
    await applyUntil(isRenameOf('grub.cfg'));
    writeFileSync(state('journal.json'), 'noise');
    const found: string[] = [];
    const watched = interceptOperations(host, (operation) => {
      if (isRenameOf('grub')(operation)) found.push(readFileSync(state('journal.json'), 'utf8'));
    });
    await recover(watched);
    expect(found.map((text) => JSON.parse(text))).toMatchObject([{ planId: plan.id }]);
  });
});

describe('what was written is judged', () => {
  test('where the verdict is bad every file is put back and the set is not kept', async () => {
    const verify = async () => ({ path: CONFIG, detail: 'no menu entries' });
    expect(await applyPlan(host, plan, { ...plainOptions, verify })).toMatchObject({
      kind: 'failed-restored',
      takenBack: { left: [], unrestored: [], failures: [] },
      problem: { code: 'verification-failed', data: { path: CONFIG, detail: 'no menu entries' } },
    });
    expect([read(DEFAULTS), read(CONFIG)]).toEqual(['old defaults\n', 'old config\n']);
    expect(readdirSync(state('backups'))).toEqual([]);
  });

  test('the judge sees what was read back', async () => {
    const seen: unknown[] = [];
    await applyPlan(host, plan, {
      ...plainOptions,
      verify: async (files) => {
        seen.push(...files);
        return undefined;
      },
    });
    expect(seen).toEqual([
      { path: DEFAULTS, text: 'new defaults\n' },
      { path: CONFIG, text: 'new config\n' },
    ]);
  });
});

test('a file that changes after it was examined stops the plan', async () => {
  let isDone = false;
  const busy = interceptOperations(host, (operation) => {
    if (operation.kind !== 'link' || operation.from !== 'grub.cfg' || isDone) return;
    isDone = true;
    writeFileSync(join(root, CONFIG), 'theirs\n');
  });
  const outcome = await applyPlan(busy, plan, plainOptions);
  expect(outcome).toMatchObject({
    kind: 'failed-restored',
    problem: { code: 'changed', data: { path: CONFIG } },
  });
  expect([read(DEFAULTS), read(CONFIG)]).toEqual(['old defaults\n', 'theirs\n']);
  expect([...readTree(root).keys()].sort()).toEqual([CONFIG, DEFAULTS].sort());
});
