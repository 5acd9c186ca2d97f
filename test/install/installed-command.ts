import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hasProgram } from '../oracle/available.ts';
import { project } from './packed.ts';

const hasMan = hasProgram('man');

/** Expect that the command in this folder runs the main job. */
export function expectCommand(folder: string): void {
  const root = join(project, 'grub-fixtures/centos-7.3');
  const { status, stdout } = spawnSync(join(folder, 'bootmend'), ['fix', '--dry-run', '--root', root], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  expect(stdout).toContain('+GRUB_CMDLINE_LINUX=');
  expect(status).toBe(0);
}

/** Expect that npm put the whole command into this prefix: it runs, and man(1) finds its manual page. */
export function expectGlobalCommand(prefix: string): void {
  expectCommand(join(prefix, 'bin'));
  const page = realpathSync(join(prefix, 'share/man/man8/bootmend.8'));
  if (!hasMan) return;
  const man = (...args: string[]) =>
    spawnSync('man', args, {
      encoding: 'utf8',
      env: { ...process.env, MANPATH: join(prefix, 'share/man'), LC_ALL: 'C' },
    }).stdout;
  expect(man('--where', 'bootmend').trim()).toBe(page);
  expect(man('--pager=cat', 'bootmend')).toContain('BOOTMEND(8)');
}
