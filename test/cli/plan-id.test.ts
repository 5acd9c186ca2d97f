import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const planOf = (root: string) =>
  JSON.parse(runCli(['fix', '--dry-run', '--json', '--root', root]).stdout).plan.id;

describe('--plan: what was agreed to, or nothing', () => {
  test('a dry run names its plan, and that one is applied', () => {
    const root = copyFixture('centos-7.3');
    const id = planOf(root);
    expect(runCli(['fix', '--dry-run', '--root', root]).stdout).toContain(`--plan ${id}`);
    expect(runCli(['fix', '--yes', '--plan', id, '--root', root]).exitCode).toBe(0);
  });

  test('once it is done there is nothing to do, whatever plan is named', () => {
    const root = copyFixture('centos-7.3');
    const id = planOf(root);
    runCli(['fix', '--yes', '--root', root]);
    const again = runCli(['fix', '--yes', '--plan', id, '--json', '--root', root]);
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'unchanged', exitCode: 0 });
  });

  test('a file that changed since makes another plan, which is refused and named', () => {
    const root = copyFixture('centos-7.3');
    const id = planOf(root);
    appendFileSync(join(root, 'etc/default/grub'), '# changed since\n');
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['fix', '--yes', '--plan', id, '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`--plan ${planOf(root)}`);
    expect(treeOf(root)).toEqual(before);
  });

  test('other words are another plan', () => {
    const root = copyFixture('debian-12');
    const { plan } = JSON.parse(runCli(['set', 'audit=1', '--dry-run', '--json', '--root', root]).stdout);
    expect(runCli(['set', 'audit=0', '--yes', '--plan', plan.id, '--root', root]).exitCode).toBe(3);
    expect(runCli(['set', 'audit=1', '--yes', '--plan', plan.id, '--root', root]).exitCode).toBe(0);
  });
});
