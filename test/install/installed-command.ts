import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hasProgram } from '../oracle/available.ts';
import { project } from './packed.ts';

const hasMan = hasProgram('man');

/** Expect that npm put a whole command into this prefix: it runs the main job, and its manual page is found. */
export function expectWholeCommand(prefix: string): void {
  const environment = {
    ...process.env,
    PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
    MANPATH: join(prefix, 'share/man'),
    LC_ALL: 'C',
  };
  const run = (program: string, ...args: string[]) =>
    spawnSync(program, args, { encoding: 'utf8', env: environment, cwd: '/' });
  const root = join(project, 'grub-fixtures/centos-7.3');
  const fix = run('bootmend', 'fix', '--dry-run', '--root', root);
  expect(fix.stderr).not.toContain('Error');
  expect(fix.stdout).toContain('+GRUB_CMDLINE_LINUX=');
  expect(fix.status).toBe(0);
  if (!hasMan) return;
  const manual = run('man', '--where', 'bootmend').stdout.trim();
  expect(manual).toBe(realpathSync(join(prefix, 'share/man/man8/bootmend.8')));
  expect(run('man', '--pager=cat', 'bootmend').stdout).toContain('BOOTMEND(8)');
}
