import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { readRollback, rollbackEdits } from '../../src/apply/rollback.ts';
import { openHost } from '../../src/host/root-host.ts';
import { buildPlan } from '../../src/plan/build-plan.ts';
import { buildDriver, type Driver, type DriverRequest } from '../fault/driver.ts';
import { canLabel, canMount } from '../host/mounted.ts';
import { makeTree, plainOptions, planOf, removeTree } from './tree.ts';

const CONFIG = '/boot/grub2/grub.cfg';
const LABEL = 'system_u:object_r:boot_t:s0';

let root = '';
beforeEach(() => {
  root = makeTree({ [CONFIG]: 'old\n' });
});
afterEach(() => removeTree(root));

const config = () => join(root, CONFIG);
const giveLabel = () => execFileSync('setfattr', ['-n', 'security.selinux', '-v', LABEL, config()]);
const label = () =>
  execFileSync('getfattr', ['-n', 'security.selinux', '--only-values', config()], { stdio: 'pipe' })
    .toString()
    .replace(/\0$/, '');

describe.runIf(canLabel)('an SELinux label', () => {
  test('is kept by a change, and by taking it back', async () => {
    giveLabel();
    const host = await openHost(root);
    try {
      const plan = planOf([{ path: CONFIG, before: 'old\n', after: 'new\n' }]);
      expect(await applyPlan(host, plan, plainOptions)).toMatchObject({ kind: 'applied' });
      expect([readFileSync(config(), 'latin1'), label()]).toEqual(['new\n', LABEL]);
      const reading = await readRollback(host, 'latest');
      if (!reading.ok) throw new Error(reading.problem.code);
      const back = buildPlan(rollbackEdits(reading.rollback.files, new Map([[CONFIG, 'new\n']])).changes);
      const ownerships = new Map(
        reading.rollback.files.flatMap(({ path, ownership }) => (ownership ? [[path, ownership]] : [])),
      );
      const options = { ...plainOptions, kind: 'rollback' as const, ownerships };
      expect(await applyPlan(host, back, options)).toMatchObject({ kind: 'applied' });
      expect([readFileSync(config(), 'latin1'), label()]).toEqual(['old\n', LABEL]);
    } finally {
      host.close();
    }
  });
});

/**
 * A machine without the package attr: in a mount namespace of its own, its programs are scripts whose interpreter is
 * missing, which is ENOENT to execve(2) as well. ls, stat and chcon answer as they do where SELinux is on.
 */
describe.runIf(canLabel && canMount)('where getfattr and setfattr are missing', () => {
  let driver: Driver;
  let programs = '';
  beforeAll(() => {
    driver = buildDriver();
  });
  afterAll(() => driver.remove());
  beforeEach(() => {
    programs = mkdtempSync(join(tmpdir(), 'bootmend-programs-'));
    mkdirSync(join(programs, 'bin'));
    cpSync(execFileSync('sh', ['-c', 'command -v setfattr']).toString().trim(), join(programs, 'give-label'));
  });
  afterEach(() => rmSync(programs, { recursive: true, force: true }));

  const install = (name: string, ...lines: readonly string[]) => {
    const text = ['#!/bin/sh', ...lines, ''].join('\n');
    writeFileSync(join(programs, 'bin', name), text, { mode: 0o755 });
  };

  /** @param mark what ls prints behind the mode: `.` a label, `+` more than that */
  const installPrograms = (mark: string) => {
    install('ls', `/bin/ls "$@" | sed 's/^\\(.\\{10\\}\\)./\\1${mark}/'`);
    install('stat', `/bin/stat "$@" 2>/dev/null || echo system_u:object_r:unlabeled_t:s0`);
    install(
      'chcon',
      `echo "$@" >>${programs}/chcon-calls`,
      `exec ${programs}/give-label -n security.selinux -v "$2" "$3"`,
    );
  };

  const applyThere = () => {
    const absent = join(programs, 'absent');
    writeFileSync(absent, '#!/nonexistent\n', { mode: 0o755 });
    const request: DriverRequest = {
      task: 'add-word',
      root,
      path: CONFIG,
      word: 'nokmem',
      lockWaitMs: 1000,
    };
    const script = [
      'for name in getfattr setfattr; do mount --bind "$1" "$(command -v $name)" || exit 1; done',
      'shift; PATH=$1:$PATH; shift; exec "$@"',
    ].join('\n');
    const driven = [process.execPath, driver.file, JSON.stringify(request)];
    const words = ['--mount', 'sh', '-c', script, 'sh', absent, join(programs, 'bin'), ...driven];
    const { stdout, stderr } = spawnSync('unshare', words, { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  };

  test('a label is read by stat and given by chcon', () => {
    giveLabel();
    installPrograms('.');
    expect(applyThere()).toMatchObject({ kind: 'applied' });
    expect([readFileSync(config(), 'latin1'), label()]).toEqual(['old nokmem\n', LABEL]);
    const calls = readFileSync(join(programs, 'chcon-calls'), 'utf8').trimEnd().split('\n');
    expect(calls).toEqual(['-- system_u:object_r:boot_t:s0 /proc/self/fd/3']);
  });

  test('a file that has more than a label is refused, and the program is named', () => {
    installPrograms('+');
    expect(applyThere()).toMatchObject({
      kind: 'refused',
      problem: { code: 'attributes-lost', data: { path: CONFIG, program: 'getfattr' } },
    });
    expect(readFileSync(config(), 'latin1')).toBe('old\n');
  });

  test('a file that has neither is changed', () => {
    installPrograms(' ');
    expect(applyThere()).toMatchObject({ kind: 'applied' });
    expect(existsSync(join(programs, 'chcon-calls'))).toBe(false);
  });
});
