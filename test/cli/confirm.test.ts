import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyFixture, runCli, treeOf } from './run-cli.ts';
import { clearNextEntry, FIRST_BOOT, running, SECOND_BOOT } from './trial-tree.ts';

const documentOf = (words: readonly string[]) => JSON.parse(runCli([...words, '--json']).stdout);

/** A tree whose words were tried, and booted as far as this. */
function triedTree(fixture: string, block: string, isBooted: boolean, words = ['set', 'example=1']) {
  const root = copyFixture(fixture);
  running(root, FIRST_BOOT, ['ro']);
  const before = treeOf(root);
  const tried = documentOf([...words, '--trial', '--yes', '--root', root]);
  if (isBooted) {
    clearNextEntry(root, block);
    running(root, SECOND_BOOT, tried.trial.line);
  }
  return { root, before, id: tried.backup.id };
}

const DEBIAN = ['debian-12', '/boot/grub/grubenv'] as const;

/** The files that decide what boots, by what they are: what GRUB itself clears is left out. */
function decidingTree(root: string): Readonly<Record<string, string>> {
  const { '/proc/cmdline': _, '/proc/sys/kernel/random/boot_id': __, ...tree } = treeOf(root);
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) => {
      return [path, path.endsWith('/grubenv') ? text.replace('next_entry=\n', '').replace(/#+$/, '') : text];
    }),
  );
}

describe('a trial that booted is kept by the change that set would have made at once', () => {
  test.each<readonly [fixture: string, block: string]>([
    DEBIAN,
    ['ubuntu-22.04', '/boot/grub/grubenv'],
    ['centos-7.3', '/boot/grub2/grubenv'],
    ['rocky-8', '/boot/grub2/grubenv'],
    ['rocky-9', '/boot/grub2/grubenv'],
    ['fedora', '/boot/grub2/grubenv'],
  ])('%s', (fixture, block) => {
    const { root, before } = triedTree(fixture, block, true);
    expect(documentOf(['confirm', '--yes', '--root', root])).toMatchObject({
      outcome: 'applied',
      exitCode: 0,
      trial: { state: 'confirmed', set: ['example=1'] },
    });
    const atOnce = copyFixture(fixture);
    runCli(['set', 'example=1', '--yes', '--root', atOnce]);
    expect(decidingTree(root)).toEqual(decidingTree(atOnce));

    expect(documentOf(['confirm', '--yes', '--root', root]).outcome).toBe('unchanged');
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    running(root, FIRST_BOOT, ['ro']);
    expect(treeOf(root)).toEqual(before);
  });
});

test('fix --trial keeps what fix would have chosen', () => {
  const { root } = triedTree('centos-7.3', '/boot/grub2/grubenv', true, ['fix']);
  expect(documentOf(['confirm', '--yes', '--root', root]).outcome).toBe('applied');
  expect(documentOf(['fix', '--yes', '--root', root]).outcome).toBe('unchanged');
});

describe('nothing is kept', () => {
  const confirmed = (root: string, ...words: readonly string[]) => {
    const before = treeOf(root);
    const document = documentOf(['confirm', '--yes', ...words, '--root', root]);
    expect(treeOf(root)).toEqual(before);
    return [document.exitCode, document.messages.at(-1).code, document.trial?.state];
  };

  test('without a trial', () => {
    expect(confirmed(copyFixture('debian-12'))).toEqual([3, 'error.trial-none', undefined]);
  });

  test('before the reboot', () => {
    const { root } = triedTree(...DEBIAN, false);
    expect(confirmed(root)).toEqual([5, 'error.trial-pending', 'pending']);
  });

  test('before the reboot, though the running line has the words already', () => {
    const { root } = triedTree(...DEBIAN, false);
    running(root, FIRST_BOOT, documentOf(['status', '--root', root]).trial.line);
    expect(confirmed(root)).toEqual([5, 'error.trial-pending', 'pending']);
  });

  test('after a reboot that did not come through GRUB’s menu', () => {
    const { root } = triedTree(...DEBIAN, false);
    running(root, SECOND_BOOT, ['ro', 'quiet']);
    expect(confirmed(root)).toEqual([5, 'error.trial-pending', 'pending']);
  });

  test.each([
    ['the old words', (line: readonly string[]) => line.filter((word) => word !== 'example=1')],
    ['a word of another value', (line: readonly string[]) => line.map((word) => word.replace('=1', '=2'))],
    ['no words', () => []],
  ])('after a boot with %s', (_, booted) => {
    const { root } = triedTree(...DEBIAN, true);
    running(root, SECOND_BOOT, booted(documentOf(['status', '--root', root]).trial.line));
    expect(confirmed(root)).toEqual([4, 'error.trial-failed', 'failed']);
  });

  test('after a boot that still has a word that was to go', () => {
    const { root } = triedTree(...DEBIAN, true, ['unset', 'quiet']);
    running(root, SECOND_BOOT, [...documentOf(['status', '--root', root]).trial.line, 'quiet']);
    expect(confirmed(root)).toEqual([4, 'error.trial-failed', 'failed']);
  });

  test('where nothing tells what runs', () => {
    const { root } = triedTree(...DEBIAN, true);
    writeFileSync(join(root, 'proc/cmdline'), '');
    expect(confirmed(root)[0]).toBe(4);
    const { root: silent } = triedTree(...DEBIAN, true);
    mkdirSync(join(silent, 'elsewhere'));
    const without = copyFixture('debian-12');
    runCli(['set', 'example=1', '--trial', '--yes', '--root', without]);
    expect(confirmed(without)).toEqual([3, 'error.trial-not-seen', 'pending']);
  });

  test('with a check command for a tree, or a unit in it', () => {
    const { root } = triedTree(...DEBIAN, true);
    expect(confirmed(root, '--check-command', 'true')).toEqual([3, 'error.trial-check-root', 'booted']);
    expect(confirmed(root, '--at-boot')).toEqual([3, 'error.trial-at-boot-root', 'booted']);
  });
});

describe('where the files changed since the trial', () => {
  const changedTree = () => {
    const { root } = triedTree(...DEBIAN, true);
    const path = join(root, 'etc/default/grub');
    writeFileSync(path, readFileSync(path, 'latin1').replace('GRUB_TIMEOUT=5', 'GRUB_TIMEOUT=1'), 'latin1');
    return root;
  };

  test('the new plan is shown and refused, and applied once it is agreed to by its id', () => {
    const root = changedTree();
    const refused = documentOf(['confirm', '--yes', '--root', root]);
    expect([refused.exitCode, refused.messages.at(-1).code]).toEqual([3, 'error.trial-plan-changed']);
    expect(refused.messages.at(-1).data.command).toContain(`--plan ${refused.plan.id}`);
    const agreed = documentOf(['confirm', '--yes', '--plan', refused.plan.id, '--root', root]);
    expect(agreed).toMatchObject({ outcome: 'applied', trial: { state: 'confirmed' } });
    expect(readFileSync(join(root, 'etc/default/grub'), 'latin1')).toContain('GRUB_TIMEOUT=1');
  });

  test('what GRUB itself writes into its block is no such change', () => {
    const { root } = triedTree('rocky-8', '/boot/grub2/grubenv', true);
    const path = join(root, 'boot/grub2/grubenv');
    const text = readFileSync(path, 'latin1').replace('next_entry=\n', 'next_entry=\nboot_indeterminate=1\n');
    writeFileSync(path, text.slice(0, 1024), 'latin1');
    expect(documentOf(['confirm', '--yes', '--root', root]).outcome).toBe('applied');
  });
});

test('a menu that takes in no custom.cfg gets the trial, and gives it back', () => {
  const root = copyFixture('debian-12');
  const path = join(root, 'boot/grub/grub.cfg');
  const config = readFileSync(path, 'latin1');
  writeFileSync(path, config.slice(0, config.indexOf('### BEGIN /etc/grub.d/41_custom')), 'latin1');
  running(root, FIRST_BOOT, ['ro']);
  const tried = documentOf(['set', 'example=1', '--trial', '--yes', '--root', root]);
  expect(tried.plan.edits[0].path).toBe('/boot/grub/grub.cfg');
  clearNextEntry(root, '/boot/grub/grubenv');
  running(root, SECOND_BOOT, tried.trial.line);
  expect(documentOf(['confirm', '--yes', '--root', root])).toMatchObject({ outcome: 'applied' });
  const kept = readFileSync(path, 'latin1');
  expect(kept).not.toContain('bootmend');
  expect(kept).toContain('example=1');
  expect(existsSync(join(root, 'boot/grub/custom.cfg'))).toBe(false);
});

test('backups and status tell how far the trial is', () => {
  const { root, id } = triedTree(...DEBIAN, false);
  const told = () => {
    const listed = documentOf(['backups', '--root', root]).backups.find(
      (set: { id: string }) => set.id === id,
    );
    const { trial, messages } = documentOf(['status', '--root', root]);
    return [listed.trial, trial?.state, messages.map(({ code }: { code: string }) => code).filter(isOfTrial)];
  };
  const isOfTrial = (code: string) => code.includes('trial');
  expect(told()).toEqual(['pending', 'pending', ['note.trial-state-pending']]);
  clearNextEntry(root, DEBIAN[1]);
  running(root, SECOND_BOOT, documentOf(['status', '--root', root]).trial.line);
  expect(told()).toEqual(['booted', 'booted', ['warning.trial-state-booted']]);
  running(root, SECOND_BOOT, ['ro', 'quiet']);
  expect(told()).toEqual(['failed', 'failed', ['warning.trial-state-failed']]);
});
