import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { listBackups } from '../../src/apply/backup-set.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { inspectJournal, recover } from '../../src/apply/recover.ts';
import { readRollback } from '../../src/apply/rollback.ts';
import { openHost } from '../../src/host/root-host.ts';
import { sha256 } from '../../src/plan/sha256.ts';
import { isRoot } from '../host/mounted.ts';
import { applyUntil, isRenameOf } from './cut-short.ts';
import { makeTree, plainOptions, planOf, readTree, removeTree } from './tree.ts';
import { CONFIG, filesBefore, plan } from './two-file-change.ts';

const STRANGER = 4711;
const STATE = '/var/lib/bootmend';

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

const at = (path: string) => join(root, path);

const faults = [
  {
    name: 'belongs to somebody else',
    why: 'owner',
    uid: STRANGER,
    make: () => chownSync(at(STATE), STRANGER, 0),
  },
  { name: 'may be written by its group', why: 'writable', uid: 0, make: () => chmodSync(at(STATE), 0o770) },
  { name: 'may be written by all', why: 'writable', uid: 0, make: () => chmodSync(at(STATE), 0o1777) },
  {
    name: 'is reached by a link of somebody else',
    why: 'link',
    uid: STRANGER,
    make: () => {
      renameSync(at(STATE), at('/elsewhere'));
      symlinkSync('/elsewhere', at(STATE));
      lchownSync(at(STATE), STRANGER, STRANGER);
    },
  },
];

describe.runIf(isRoot)('state that somebody else may have written is used for nothing', () => {
  test.each(faults)('the state directory $name', async ({ why, uid, make }) => {
    await applyUntil(host, plan, isRenameOf('grub.cfg'));
    make();
    const before = readTree(root);
    const problem = { code: 'state-not-trusted', data: { path: STATE, why, uid } };
    expect(await recover(host)).toEqual({ settlement: undefined, problem });
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'refused', problem });
    expect(await inspectJournal(host)).toEqual({ kind: 'untrusted', problem });
    expect(readTree(root)).toEqual(before);
  });

  test('a link of our own is followed', async () => {
    mkdirSync(at('/elsewhere'), { mode: 0o700 });
    mkdirSync(at('/var/lib'), { recursive: true });
    symlinkSync('/elsewhere', at(STATE));
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
  });

  test.each(['backups', 'journal.json'])('%s belongs to somebody else', async (name) => {
    await applyUntil(host, plan, isRenameOf('grub.cfg'));
    chownSync(at(`${STATE}/${name}`), STRANGER, STRANGER);
    const path = `${STATE}/${name}`;
    if (name === 'backups') {
      expect(await listBackups(host)).toMatchObject({ ok: false, problem: { data: { path, why: 'owner' } } });
      expect(await readRollback(host, 'first')).toMatchObject({ problem: { code: 'state-not-trusted' } });
    } else {
      expect(await recover(host)).toMatchObject({ problem: { code: 'state-not-trusted', data: { path } } });
    }
  });

  test('a link inside of it is followed by nobody, be it our own', async () => {
    await applyPlan(host, plan, plainOptions);
    renameSync(at(`${STATE}/backups`), at('/elsewhere'));
    symlinkSync('/elsewhere', at(`${STATE}/backups`));
    const before = readTree(root);
    const problem = { code: 'state-not-trusted', data: { path: `${STATE}/backups`, why: 'inner-link' } };
    expect(await listBackups(host)).toMatchObject({ ok: false, problem });
    const more = planOf([{ path: CONFIG, before: 'new config\n', after: 'newer\n' }]);
    expect(await applyPlan(host, more, plainOptions)).toMatchObject({
      kind: 'refused',
      problem: { code: 'state-not-trusted' },
    });
    expect(readTree(root)).toEqual(before);
  });

  test('a set of somebody else is damaged', async () => {
    await applyPlan(host, plan, plainOptions);
    const list = await listBackups(host);
    const id = (list.ok && list.sets[0]?.id) || '';
    const path = `${STATE}/backups/${id}`;
    chownSync(at(path), STRANGER, STRANGER);
    expect(await readRollback(host, id)).toMatchObject({
      problem: { code: 'backup-damaged', data: { part: path } },
    });
    chownSync(at(path), 0, 0);
    chownSync(at(`${path}/manifest.json`), STRANGER, STRANGER);
    expect(await readRollback(host, id)).toMatchObject({ problem: { data: { part: 'manifest.json' } } });
  });
});

/** A journal and a manifest that would make a set-id file of these bytes, as root, at a path of choice. */
function forge(path: string, owner: number): void {
  const setId = '20261124T143000Z-1a2b3c4d';
  const set = at(`${STATE}/backups/${setId}`);
  const text = '#!/bin/sh\n';
  const found = 'as it is now\n';
  mkdirSync(set, { recursive: true });
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), found);
  writeFileSync(join(set, '0.before'), text);
  const file = { path, beforeSha256: sha256(text), afterSha256: sha256(found) };
  const ownership = {
    mode: 0o4755,
    uid: 0,
    gid: 0,
    attributes: { 'security.capability': '0x0100000200040000000000000000000000000000' },
  };
  const shared = { version: 1, planId: '1a2b3c4d5e6f', directories: [] };
  writeFileSync(
    join(set, 'manifest.json'),
    JSON.stringify({
      ...shared,
      id: setId,
      createdAt: '2026-11-24T14:30:00.000Z',
      kind: 'apply',
      undoes: [],
      files: [{ ...file, ownership, ownershipAfter: null, decides: 'next-boot' }],
    }),
  );
  writeFileSync(at(`${STATE}/journal-undo.json`), JSON.stringify({ ...shared, setId, files: [file] }));
  for (const place of [STATE, `${STATE}/backups`, `${STATE}/journal-undo.json`])
    chownSync(at(place), owner, owner);
}

describe.runIf(isRoot)('a forged journal makes no set-id file', () => {
  test('of another user: nothing is done', async () => {
    forge(CONFIG, STRANGER);
    expect(await recover(host)).toMatchObject({
      settlement: undefined,
      problem: { code: 'state-not-trusted' },
    });
    expect(readFileSync(at(CONFIG), 'latin1')).toBe('as it is now\n');
  });

  test.each([
    '/usr/bin/tool',
    '/etc/cron.d/job',
    '/boot/vmlinuz',
    '/etc/default/other',
    '/boot/grub2/.x.cfg',
  ])('of root’s, as an archive can bring it, at a path of no boot configuration: %s', async (path) => {
    forge(path, 0);
    expect(await recover(host)).toMatchObject({ problem: { code: 'journal-damaged', data: { part: path } } });
    expect(readFileSync(at(path), 'latin1')).toBe('as it is now\n');
  });

  test('of root’s, at a path of boot configuration: an ordinary file comes back', async () => {
    forge(CONFIG, 0);
    expect(await recover(host)).toMatchObject({ problem: undefined, settlement: { restored: 1 } });
    expect(readFileSync(at(CONFIG), 'latin1')).toBe('#!/bin/sh\n');
    expect(statSync(at(CONFIG)).mode & 0o7777).toBe(0o755);
    const opened = await host.openDirectory('/boot/grub2');
    if (!opened.ok) throw new Error(opened.reason);
    expect(await opened.directory.attributes('grub.cfg')).toEqual({ ok: true, attributes: {} });
    opened.directory.close();
  });
});

describe('a file that no plan is for', () => {
  test.each(['/etc/passwd', '/boot/vmlinuz', '/etc/default/grub.d/note.txt', '/boot/grub2/a\nb.cfg'])(
    'is never written: %j',
    async (path) => {
      const change = planOf([{ path, before: undefined, after: 'x' }]);
      expect(await applyPlan(host, change, plainOptions)).toMatchObject({
        kind: 'refused',
        problem: { code: 'not-boot-configuration', data: { path } },
      });
    },
  );

  test.each([
    { name: 'a file', link: '/boot/grub2/grub.cfg', target: '/srv/menu', path: '/srv/menu' },
    { name: 'a directory', link: '/boot/grub2', target: '/srv/grub', path: '/srv/grub/grub.cfg' },
    { name: 'an entry', link: '/boot/loader/entries/a.conf', target: '/srv/a', path: '/srv/a' },
  ])('is written where a link of boot configuration leads to it: $name', async ({ link, target, path }) => {
    renameSync(at('/boot'), at('/boot-before'));
    mkdirSync(join(at(link), '..'), { recursive: true });
    mkdirSync(join(at(path), '..'), { recursive: true });
    writeFileSync(at(path), 'old\n');
    symlinkSync(target, at(link));
    const change = planOf([{ path, before: 'old\n', after: 'new\n' }]);
    expect(await applyPlan(host, change, plainOptions)).toMatchObject({ kind: 'applied' });
    expect(await readRollback(host, 'latest')).toMatchObject({ ok: true });
  });
});
