import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
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
import type { FileStatus } from '../../src/host/host.ts';
import { openHost } from '../../src/host/root-host.ts';
import { makeTree, plainOptions, planOf, readTree, removeTree } from './tree.ts';

const DEFAULTS = '/etc/default/grub';
const CONFIG = '/boot/grub2/grub.cfg';
const before = { [DEFAULTS]: 'A="x"\n', [CONFIG]: 'linux /vmlinuz \xff\r\n' };
const change = planOf([
  { path: CONFIG, before: before[CONFIG], after: 'linux /vmlinuz \xff nokmem\r\n' },
  { path: DEFAULTS, before: before[DEFAULTS], after: 'A="x nokmem"\n', decides: 'later-kernels' },
]);

let root = '';
let host: ChangeableHost;
beforeEach(async () => {
  root = makeTree(before);
  host = await openHost(root);
});
afterEach(() => {
  host.close();
  removeTree(root);
});

describe('a plan is applied', () => {
  test('every file is new, byte for byte, and keeps its mode', async () => {
    chmodSync(join(root, CONFIG), 0o400);
    const outcome = await applyPlan(host, change, plainOptions);
    expect(outcome).toMatchObject({ kind: 'applied', notes: [], recovered: undefined });
    expect(readFileSync(join(root, CONFIG), 'latin1')).toBe('linux /vmlinuz \xff nokmem\r\n');
    expect(readFileSync(join(root, DEFAULTS), 'latin1')).toBe('A="x nokmem"\n');
    expect(statSync(join(root, CONFIG)).mode & 0o777).toBe(0o400);
  });

  test('a new file gets the directories that it needs', async () => {
    const path = '/etc/kernel/cmdline';
    const made = planOf([{ path, before: undefined, after: 'ro quiet\n', decides: 'later-kernels' }]);
    expect(await applyPlan(host, made, plainOptions)).toMatchObject({ kind: 'applied' });
    expect(readFileSync(join(root, path), 'latin1')).toBe('ro quiet\n');
    expect(statSync(join(root, '/etc/kernel')).mode & 0o777).toBe(0o755);
  });

  test('nothing is left beside the files or in the state but lock, backup and reserve', async () => {
    await applyPlan(host, change, plainOptions);
    expect([...readTree(root).keys()].sort()).toEqual([CONFIG, DEFAULTS].sort());
    expect(readdirSync(join(root, 'var/lib/bootmend')).sort()).toEqual(['backups', 'lock', 'reserve']);
  });

  test('the backup holds the originals for their owner only', async () => {
    const outcome = await applyPlan(host, change, plainOptions);
    const id = outcome.kind === 'applied' ? outcome.backup.id : '';
    expect(id).toBe(`20261124T143000Z-${change.id.slice(0, 8)}`);
    const set = join(root, 'var/lib/bootmend/backups', id);
    for (const directory of [set, join(set, '..'), join(set, '../..')]) {
      expect(statSync(directory).mode & 0o777).toBe(0o700);
    }
    for (const name of readdirSync(set)) expect(statSync(join(set, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(set, '1.before'), 'latin1')).toBe(before[CONFIG]);
    expect(await listBackups(host)).toMatchObject({
      ok: true,
      sets: [{ id, isDamaged: false, undoneBy: undefined, manifest: { kind: 'apply', planId: change.id } }],
    });
  });

  test('what decides later kernels is written first', async () => {
    expect(change.edits.map(({ path }) => path)).toEqual([DEFAULTS, CONFIG]);
  });

  test('files are made and removed', async () => {
    const plan = planOf([
      { path: '/boot/new.conf', before: undefined, after: 'new' },
      { path: CONFIG, before: before[CONFIG], after: undefined },
    ]);
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
    expect([...readTree(root).keys()].sort()).toEqual(['/boot/new.conf', DEFAULTS]);
    expect(statSync(join(root, 'boot/new.conf')).mode & 0o777).toBe(0o644);
  });

  test('a plan without edits touches nothing', async () => {
    expect(await applyPlan(host, planOf([]), plainOptions)).toMatchObject({ kind: 'unchanged' });
    expect(readdirSync(root).sort()).toEqual(['boot', 'etc']);
  });
});

describe('what was written is read back, and taken back where it is not what was planned', () => {
  const status = async () => (await host.status(CONFIG)) as { ok: true; status: FileStatus };
  test.each([
    {
      name: 'it can’t be read: the system’s word',
      read: async () => ({ ok: false, reason: 'input-output', systemCode: 'EIO' }) as const,
      problem: { code: 'system-refused', data: { path: CONFIG, systemCode: 'EIO' } },
    },
    {
      name: 'it is gone',
      read: async () => ({ ok: false, reason: 'missing' }) as const,
      problem: { code: 'verification-failed', data: { path: CONFIG, detail: 'content' } },
    },
    {
      name: 'it is another text',
      read: async () => ({ ...(await status()), realPath: CONFIG, bytes: Buffer.from('other') }),
      problem: { code: 'verification-failed', data: { path: CONFIG, detail: 'content' } },
    },
  ])('$name', async ({ read, problem }) => {
    const isWritten = () => readFileSync(join(root, CONFIG), 'latin1').includes('nokmem');
    const blind: ChangeableHost = {
      ...host,
      read: (path, most) => (path === CONFIG && isWritten() ? read() : host.read(path, most)),
    };
    const outcome = await applyPlan(blind, change, plainOptions);
    expect(outcome).toMatchObject({ kind: 'failed-restored', problem });
    expect(readFileSync(join(root, CONFIG), 'latin1')).toBe(before[CONFIG]);
    expect(readFileSync(join(root, DEFAULTS), 'latin1')).toBe(before[DEFAULTS]);
  });
});

const refusals = [
  {
    name: 'the file has another content by now',
    prepare: () => writeFileSync(join(root, CONFIG), 'other'),
    problem: { code: 'changed', data: { path: CONFIG } },
  },
  {
    name: 'the path leads elsewhere by now',
    prepare: () => {
      renameSync(join(root, 'boot/grub2'), join(root, 'boot/other'));
      symlinkSync('other', join(root, 'boot/grub2'));
    },
    problem: { code: 'changed', data: { path: CONFIG } },
  },
  {
    name: 'the file has a second name',
    prepare: () => linkSync(join(root, CONFIG), join(root, 'boot/second')),
    problem: { code: 'hard-linked', data: { path: CONFIG, links: 2 } },
  },
  {
    name: 'a directory stands in its place',
    prepare: () => {
      removeTree(join(root, CONFIG));
      mkdirSync(join(root, CONFIG));
    },
    problem: { code: 'changed', data: { path: CONFIG } },
  },
];

test.each(refusals)('refused without a trace: $name', async ({ prepare, problem }) => {
  prepare();
  const found = readTree(root);
  expect(await applyPlan(host, change, plainOptions)).toMatchObject({
    kind: 'refused',
    problem,
  });
  expect(readTree(root)).toEqual(found);
  expect(readdirSync(root)).not.toContain('var');
});
