import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const GRUB_CFG = '/boot/grub2/grub.cfg';
const DEFAULTS = '/etc/default/grub';

function backupsOf(root: string): readonly { id: string; kind: string; undoneBy?: string }[] {
  return JSON.parse(runCli(['backups', '--json', '--root', root]).stdout).backups;
}

describe('a file that somebody changed after us', () => {
  const prepare = () => {
    const root = copyFixture('centos-7.3');
    const original = treeOf(root);
    runCli(['fix', '--yes', '--root', root]);
    appendFileSync(join(root, DEFAULTS), 'GRUB_GFXMODE=auto\n');
    return { root, original };
  };

  test('is not overwritten, and the message says what can be done', () => {
    const { root } = prepare();
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['rollback', '--yes', '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--words-only');
    expect(stderr).toContain('--force');
    expect(treeOf(root)).toEqual(before);
  });

  test('both diffs are shown: what was changed since, and what --force would do', () => {
    const { root } = prepare();
    const { stdout } = runCli(['rollback', '--yes', '--root', root]);
    expect(stdout).toMatch(/^Changed since bootmend wrote it$[\s\S]*^\+GRUB_GFXMODE=auto$/m);
    expect(stdout).toMatch(/^What --force would do$[\s\S]*^-GRUB_GFXMODE=auto$/m);
    const { outcome, changedSince, plan } = JSON.parse(
      runCli(['rollback', '--yes', '--json', '--root', root]).stdout,
    );
    expect(outcome).toBe('refused');
    expect(changedSince).toMatchObject([
      { path: DEFAULTS, diff: expect.stringContaining('+GRUB_GFXMODE=auto') },
    ]);
    expect(plan.edits.map(({ path }: { path: string }) => path).sort()).toEqual([GRUB_CFG, DEFAULTS].sort());
  });

  test('--words-only takes out our words and leaves the rest', () => {
    const { root, original } = prepare();
    expect(runCli(['rollback', '--words-only', '--yes', '--root', root]).exitCode).toBe(0);
    const after = treeOf(root);
    expect(after[GRUB_CFG]).toBe(original[GRUB_CFG]);
    expect(after[DEFAULTS]).toBe(`${original[DEFAULTS]}GRUB_GFXMODE=auto\n`);
  });

  test('--force restores the whole file', () => {
    const { root, original } = prepare();
    expect(runCli(['rollback', '--force', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)).toEqual(original);
  });

  test('--force still writes the defaults file first, and then what decides the next boot', () => {
    const { root } = prepare();
    const { plan } = JSON.parse(
      runCli(['rollback', '--force', '--dry-run', '--json', '--root', root]).stdout,
    );
    expect(plan.edits.map(({ path }: { path: string }) => path)).toEqual([DEFAULTS, GRUB_CFG]);
  });

  test('a dry run shows the diff and writes nothing', () => {
    const { root } = prepare();
    const before = treeOf(root);
    const { stdout, exitCode } = runCli(['rollback', '--force', '--dry-run', '--root', root]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('-GRUB_GFXMODE=auto');
    expect(treeOf(root)).toEqual(before);
  });
});

test('--words-only brings back the word that we had replaced', () => {
  const root = copyFixture('centos-7.3-dead-word');
  const original = treeOf(root);
  runCli(['fix', '--yes', '--root', root]);
  appendFileSync(join(root, GRUB_CFG), '# somebody was here\n');
  expect(runCli(['rollback', '--words-only', '--yes', '--root', root]).exitCode).toBe(0);
  const after = treeOf(root);
  expect(after[DEFAULTS]).toBe(original[DEFAULTS]);
  expect(after[GRUB_CFG]).toBe(`${original[GRUB_CFG]}# somebody was here\n`);
});

test.each([['--force'], []])(
  'a menu whose kernels are gone does not come back, nor is --force offered: %s',
  (...force) => {
    const root = copyFixture('centos-7.3');
    runCli(['fix', '--yes', '--root', root]);
    const text = readFileSync(join(root, GRUB_CFG), 'latin1');
    writeFileSync(join(root, GRUB_CFG), text.replaceAll('514.2.2', '514.6.1'), 'latin1');
    rmSync(join(root, 'boot/vmlinuz-3.10.0-514.2.2.el7.x86_64'));
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['rollback', ...force, '--yes', '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).not.toContain('--force');
    expect(stderr).toContain('/vmlinuz-3.10.0-514.2.2.el7.x86_64');
    expect(treeOf(root)).toEqual(before);
  },
);

test('latest is the newest change that is not undone, first the oldest of all', () => {
  const root = copyFixture('centos-7.3');
  const original = treeOf(root);
  runCli(['set', 'nosmt', '--yes', '--root', root]);
  const afterFirst = treeOf(root);
  runCli(['set', 'nopti', '--yes', '--root', root]);
  expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
  expect(treeOf(root)).toEqual(afterFirst);
  expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
  expect(treeOf(root)).toEqual(original);
  runCli(['set', 'nopti', '--yes', '--root', root]);
  expect(runCli(['rollback', 'first', '--yes', '--root', root]).exitCode).toBe(0);
  expect(treeOf(root)).toEqual(original);
});

test('the directory of a file that was made goes with it', () => {
  const root = copyFixture('rocky-9-no-cmdline');
  const directory = join(root, 'etc/kernel');
  rmSync(directory, { recursive: true });
  expect(runCli(['set', 'nosmt', '--yes', '--root', root]).exitCode).toBe(0);
  expect(readdirSync(directory)).toEqual(['cmdline']);
  expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
  expect(existsSync(directory)).toBe(false);
});

test('an id names the set; one that is not there is refused', () => {
  const root = copyFixture('centos-7.3');
  const original = treeOf(root);
  runCli(['set', 'nosmt', '--yes', '--root', root]);
  const [set] = backupsOf(root);
  expect(runCli(['rollback', '20200101T000000Z-00000000', '--yes', '--root', root]).exitCode).toBe(3);
  expect(runCli(['rollback', set?.id ?? '', '--yes', '--root', root]).exitCode).toBe(0);
  expect(treeOf(root)).toEqual(original);
  expect(backupsOf(root).map(({ kind }) => kind)).toEqual(['apply', 'rollback']);
});

test('a damaged backup is not used', () => {
  const root = copyFixture('centos-7.3');
  runCli(['fix', '--yes', '--root', root]);
  const [set] = backupsOf(root);
  writeFileSync(join(root, `var/lib/bootmend/backups/${set?.id}/0.before`), 'not what was kept');
  const before = treeOf(root);
  const { exitCode, stderr } = runCli(['rollback', '--yes', '--root', root]);
  expect(stderr).toContain('damaged');
  expect(exitCode).toBe(3);
  expect(treeOf(root)).toEqual(before);
});
