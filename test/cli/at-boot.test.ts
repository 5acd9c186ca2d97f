import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { confirm } from '../../src/cli/commands/confirm.ts';
import { readArguments } from '../../src/cli/read-arguments.ts';
import { openHost } from '../../src/host/root-host.ts';
import type { Report } from '../../src/report/report.ts';
import { copyFixture, runCli, treeOf } from './run-cli.ts';
import { clearNextEntry, FIRST_BOOT, running, SECOND_BOOT } from './trial-tree.ts';

const UNIT = '/etc/systemd/system/bootmend-confirm.service';
const WANTS = '/etc/systemd/system/multi-user.target.d/bootmend-confirm.conf';
/** `confirm` on a tree that is taken for the running system, as the unit runs it or a person does. */
async function confirmOn(root: string, ...words: readonly string[]): Promise<Report> {
  const reading = readArguments(['confirm', '--yes', ...words]);
  if (reading.kind !== 'invocation') throw new Error(reading.kind);
  const context: CommandContext = {
    invocation: reading.invocation,
    host: { ...(await openHost(root)), isRunningSystem: true },
    say: (...[code]) => code,
    canAsk: false,
    show: () => undefined,
    reveal: () => undefined,
  };
  return confirm(context);
}

/** A tree with systemd and a trial that is still to be booted. */
function pendingTree(): { readonly root: string; readonly line: readonly string[] } {
  const root = copyFixture('debian-12');
  running(root, FIRST_BOOT, ['ro']);
  mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
  mkdirSync(join(root, 'proc/self'), { recursive: true });
  writeFileSync(join(root, 'proc/self/mountinfo'), '1 0 8:1 / / rw - ext4 /dev/sda1 rw\n');
  const { stdout } = runCli(['set', 'example=1', '--trial', '--yes', '--json', '--root', root]);
  return { root, line: JSON.parse(stdout).trial.line };
}

function boot(root: string, words: readonly string[]): void {
  clearNextEntry(root, '/boot/grub/grubenv');
  running(root, SECOND_BOOT, words);
}

const unitsOf = (root: string) => Object.keys(treeOf(root)).filter((path) => path.startsWith('/etc/systemd'));

describe('confirm --at-boot', () => {
  test('installs a unit that runs this program with the check command, and is undone with the trial', async () => {
    const { root } = pendingTree();
    const installed = await confirmOn(root, '--at-boot', '--check-command', 'test -e "/x y"');
    expect(installed).toMatchObject({ outcome: 'applied', exitCode: 0 });
    expect(unitsOf(root)).toEqual([UNIT, WANTS]);
    const unit = readFileSync(join(root, UNIT), 'latin1');
    expect(unit).toContain('After=multi-user.target');
    expect(unit).toContain('confirm --yes --check-command "test -e \\"/x y\\""');
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(unitsOf(root)).toEqual([]);
    expect(treeOf(root)['/boot/grub/custom.cfg']).toBeUndefined();
  });

  test('the unit’s own run keeps the words where the check succeeds, and the unit goes', async () => {
    const { root, line } = pendingTree();
    await confirmOn(root, '--at-boot', '--check-command', 'true');
    boot(root, line);
    const kept = await confirmOn(root, '--check-command', 'true');
    expect(kept).toMatchObject({ outcome: 'applied', exitCode: 0, trial: { state: 'confirmed' } });
    expect(unitsOf(root)).toEqual([]);
    expect(treeOf(root)['/etc/default/grub']).toContain('example=1');
  });

  test.each([
    ['the check fails', 'false', true],
    ['the old words were booted', 'true', false],
  ])('where %s nothing is kept, and the unit goes all the same', async (_, check, isBooted) => {
    const { root, line } = pendingTree();
    await confirmOn(root, '--at-boot', '--check-command', check);
    boot(root, isBooted ? line : ['ro', 'quiet']);
    const left = await confirmOn(root, '--check-command', check);
    expect(left.exitCode).toBe(4);
    expect(unitsOf(root)).toEqual([]);
    expect(treeOf(root)['/etc/default/grub']).not.toContain('example=1');
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)['/boot/grub/custom.cfg']).toBeUndefined();
  });

  test('a trial that runs, or is over, is confirmed by hand', async () => {
    const { root, line } = pendingTree();
    boot(root, line);
    const late = await confirmOn(root, '--at-boot');
    expect([late.exitCode, late.messages.at(-1)?.code]).toEqual([3, 'error.trial-at-boot-late']);
  });

  test('without systemd there is nothing to install for', async () => {
    const bare = copyFixture('debian-12');
    running(bare, FIRST_BOOT, ['ro']);
    runCli(['set', 'example=1', '--trial', '--yes', '--root', bare]);
    const refused = await confirmOn(bare, '--at-boot');
    expect([refused.exitCode, refused.messages.at(-1)?.code]).toEqual([3, 'error.trial-at-boot-no-systemd']);
  });
});
