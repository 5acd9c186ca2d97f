import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { readRollback, rollbackEdits } from '../../src/apply/rollback.ts';
import { openHost } from '../../src/host/root-host.ts';
import { buildPlan } from '../../src/plan/build-plan.ts';
import { buildDriver } from '../fault/driver.ts';
import { canMakeImmutable, canMount, isRoot, mount, unmount } from '../host/mounted.ts';
import { hasProgram } from '../oracle/available.ts';
import { makeTree, plainOptions, planOf, readTree, removeTree } from './tree.ts';

const CONFIG = '/boot/grub2/grub.cfg';
const plan = planOf([{ path: CONFIG, before: 'old\n', after: 'new\n' }]);

let root = '';
let host: ChangeableHost;
beforeEach(async () => {
  root = makeTree({ [CONFIG]: 'old\n' });
  host = await openHost(root);
});
afterEach(() => {
  host.close();
  removeTree(root);
});

const at = (path: string) => join(root, path);

describe.runIf(hasProgram('setfattr') && hasProgram('setfacl'))('attributes', () => {
  test('user attributes and ACLs are kept', async () => {
    execFileSync('setfattr', ['-n', 'user.origin', '-v', 'kept', at(CONFIG)]);
    execFileSync('setfacl', ['-m', 'u:12345:r--', at(CONFIG)]);
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
    expect(execFileSync('getfattr', ['-n', 'user.origin', '--only-values', at(CONFIG)]).toString()).toBe(
      'kept',
    );
    expect(execFileSync('getfacl', ['-np', at(CONFIG)]).toString()).toContain('user:12345:r--');
  });

  test('those that a new file would inherit are not added', async () => {
    execFileSync('setfacl', ['-d', '-m', 'u:12345:rwx', at('/boot/grub2')]);
    chmodSync(at(CONFIG), 0o600);
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
    expect(execFileSync('getfacl', ['-np', at(CONFIG)]).toString()).not.toContain('12345');
    expect(statSync(at(CONFIG)).mode & 0o777).toBe(0o600);
  });

  test.runIf(isRoot)('owner, capability and set-id bits are kept', async () => {
    chownSync(at(CONFIG), 12345, 54321);
    chmodSync(at(CONFIG), 0o2754);
    execFileSync('setfattr', [
      '-n',
      'security.capability',
      '-v',
      '0x0100000200040000000000000000000000000000',
      at(CONFIG),
    ]);
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
    expect(statSync(at(CONFIG))).toMatchObject({ uid: 12345, gid: 54321 });
    expect(statSync(at(CONFIG)).mode & 0o7777).toBe(0o2754);
    expect(
      execFileSync('getfattr', ['-n', 'security.capability', '-e', 'hex', at(CONFIG)]).toString(),
    ).toContain('0x0100000200040000');
  });

  test.runIf(isRoot)('a file with an IMA signature is refused', async () => {
    execFileSync('setfattr', ['-n', 'security.ima', '-v', '0x0302046e6f7420726561', at(CONFIG)]);
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({
      kind: 'refused',
      problem: { code: 'signed' },
    });
  });
});

describe.runIf(canMakeImmutable)('immutable', () => {
  test.each([CONFIG, '/boot/grub2'])('%s is refused before anything is done', async (path) => {
    execFileSync('chattr', ['+i', at(path)]);
    try {
      expect(await applyPlan(host, plan, plainOptions)).toMatchObject({
        kind: 'refused',
        problem: { code: 'immutable', data: { path } },
      });
      expect([...readTree(root).keys()]).toEqual([CONFIG]);
    } finally {
      execFileSync('chattr', ['-i', at(path)]);
    }
  });
});

describe.runIf(canMount && hasProgram('setfattr'))('mounted', () => {
  const mounted: string[] = [];
  const mountAt = (path: string, args: readonly string[]) => {
    mount([...args, at(path)]);
    mounted.push(at(path));
  };
  afterEach(() => {
    for (const place of mounted.splice(0).reverse()) unmount(place);
  });

  test('read-only: the system’s word, exit 1', async () => {
    mountAt('/boot', ['--bind', at('/boot')]);
    mount(['-o', 'remount,bind,ro', at('/boot')]);
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({
      kind: 'refused',
      problem: { code: 'system-refused', data: { systemCode: 'EROFS' } },
    });
  });

  test('no space beside the file: exit 1, as before', async () => {
    mountAt('/boot/grub2', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs']);
    writeFileSync(at(CONFIG), 'old\n');
    writeFileSync(at('/boot/grub2/filler'), Buffer.alloc(4096));
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({
      kind: 'refused',
      problem: { code: 'system-refused', data: { systemCode: 'ENOSPC' } },
    });
    expect([...readTree(root).keys()].sort()).toEqual(['/boot/grub2/filler', CONFIG]);
    expect(readFileSync(at(CONFIG), 'latin1')).toBe('old\n');
  });

  test('no space beside the file when a change is taken back: exit 1 with the reason, as before', async () => {
    mountAt('/boot/grub2', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs']);
    writeFileSync(at(CONFIG), 'old\n');
    await applyPlan(host, plan, plainOptions);
    fill(at('/boot/grub2/filler'));
    const back = planOf([{ path: CONFIG, before: 'new\n', after: 'old\n' }]);
    expect(await applyPlan(host, back, { ...plainOptions, kind: 'rollback' })).toMatchObject({
      kind: 'refused',
      problem: { data: { path: CONFIG, systemCode: 'ENOSPC' } },
    });
    expect(readFileSync(at(CONFIG), 'latin1')).toBe('new\n');
  });

  test('no space for the backup: a change is refused, taking one back is not', async () => {
    mkdirSync(at('/var/lib/bootmend'), { recursive: true });
    mountAt('/var/lib/bootmend', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs']);
    await applyPlan(host, plan, plainOptions);
    fill(at('/var/lib/bootmend/filler'));
    const more = planOf([{ path: CONFIG, before: 'new\n', after: 'newer\n' }]);
    expect(await applyPlan(host, more, plainOptions)).toMatchObject({
      kind: 'refused',
      problem: { data: { systemCode: 'ENOSPC' } },
    });
    const reading = await readRollback(host, 'latest');
    const files = reading.ok ? reading.rollback.files : [];
    const back = buildPlan(rollbackEdits(files, new Map([[CONFIG, 'new\n']])).changes);
    expect(await applyPlan(host, back, { ...plainOptions, kind: 'rollback' })).toMatchObject({
      kind: 'applied',
    });
    expect(readFileSync(at(CONFIG), 'latin1')).toBe('old\n');
  });
});

function fill(path: string): void {
  for (let size = 0; ; size += 4096) {
    try {
      writeFileSync(path, Buffer.alloc(4096), { flag: 'a' });
    } catch {
      truncateSync(path, size);
      return;
    }
  }
}

describe.runIf(isRoot)('an ordinary user', () => {
  const uid = 65534;
  const runAsUser = async () => {
    const driver = buildDriver();
    try {
      const request = { task: 'add-word', root, path: CONFIG, word: 'nokmem', lockWaitMs: 1000 } as const;
      return JSON.parse((await driver.run(request, uid)).output);
    } finally {
      driver.remove();
    }
  };
  const giveAll = () => execFileSync('chown', ['-R', `${uid}:${uid}`, root]);

  test('changes a tree of their own, whatever the mode of the file', async () => {
    giveAll();
    chmodSync(at(CONFIG), 0o400);
    expect(await runAsUser()).toMatchObject({ kind: 'applied' });
    expect(readFileSync(at(CONFIG), 'latin1')).toBe('old nokmem\n');
    expect(statSync(at(CONFIG)).mode & 0o777).toBe(0o400);
  });

  const lacking = [
    {
      name: 'a directory that is not theirs',
      take: () => chownSync(at('/boot/grub2'), 0, 0),
      data: { path: '/boot/grub2', need: 'directory' },
    },
    {
      name: 'a file that is not theirs',
      take: () => chownSync(at(CONFIG), 0, 0),
      data: { path: CONFIG, need: 'owner' },
    },
    {
      name: 'a place for the state',
      take: () => chownSync(root, 0, 0),
      data: { path: '/var', need: 'change' },
    },
  ];

  test('cannot give a file a group that they are not in', async () => {
    giveAll();
    chownSync(at(CONFIG), uid, 54321);
    expect(await runAsUser()).toMatchObject({
      kind: 'refused',
      problem: { code: 'not-writable', data: { path: CONFIG, need: 'group' } },
    });
    expect([...readTree(root).keys()]).toEqual([CONFIG]);
  });

  test.each(lacking)('is told what is needed, and nothing is done: $name', async ({ take, data }) => {
    giveAll();
    chmodSync(root, 0o755);
    take();
    expect(await runAsUser()).toMatchObject({
      kind: 'refused',
      problem: { code: 'not-writable', data },
    });
    expect([...readTree(root).keys()]).toEqual([CONFIG]);
  });
});

describe('the lock', () => {
  /** While another process has it, with a number of its choice in the file. */
  const whileHeld = async (holderText: string, act: () => Promise<void>) => {
    mkdirSync(at('/var/lib/bootmend'), { recursive: true });
    writeFileSync(at('/var/lib/bootmend/lock'), holderText);
    const script = 'exec 9<>"$1"; flock 9; echo held; exec sleep 60';
    const holder = spawn('sh', ['-c', script, 'sh', at('/var/lib/bootmend/lock')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    try {
      await act();
    } finally {
      holder.kill('SIGKILL');
      await new Promise((resolve) => holder.once('close', resolve));
    }
  };

  test.each([
    ['4711\n', { code: 'locked', data: { holder: '4711' } }],
    ['somebody\n', { code: 'locked-by-unknown', data: { path: '/var/lib/bootmend/lock' } }],
  ])('is flock(1)’s: another holder is waited for, then named: %j', async (text, problem) => {
    await whileHeld(text, async () => {
      const outcome = await applyPlan(host, plan, { ...plainOptions, lockWaitMs: 200 });
      expect(outcome).toMatchObject({ kind: 'refused', problem });
    });
    expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
  });

  test('is waited for no longer once a signal has come', async () => {
    await whileHeld('4711\n', async () => {
      const signal = AbortSignal.timeout(200);
      const outcome = await applyPlan(host, plan, { ...plainOptions, lockWaitMs: 60_000, signal });
      expect(outcome).toMatchObject({ kind: 'refused', problem: { code: 'interrupted' } });
    });
    expect(readFileSync(at(CONFIG), 'latin1')).toBe('old\n');
  });

  test('flock(1) finds it held while a plan is applied', async () => {
    let status: number | null = null;
    await applyPlan(host, plan, {
      ...plainOptions,
      verify: async () => {
        const child = spawn('flock', ['-n', at('/var/lib/bootmend/lock'), 'true']);
        status = await new Promise((resolve) => child.once('close', resolve));
        return undefined;
      },
    });
    expect(status).toBe(1);
  });
});
