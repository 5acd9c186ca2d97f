import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { canMakeDebianRoot, debianRoot, grubFiles, MAKING_MS, updateGrub } from './debian-root.ts';

/** Our command line on a root; the report, where it did what it was told. */
function bootmend(root: string, ...words: readonly string[]) {
  const { exitCode, stdout, stderr } = runCli([...words, '--json', '--root', root]);
  expect(exitCode, stderr + stdout).toBe(0);
  return JSON.parse(stdout);
}

/** The words of each entry that `status` shows, normal and recovery ones apart. */
function menuWords(root: string) {
  const entries: { kind: string; words: { word: string }[] }[] = bootmend(root, 'status').entries;
  const ofKind = (kind: string) =>
    entries.filter((entry) => entry.kind === kind).map(({ words }) => words.map(({ word }) => word));
  return { normal: ofKind('normal'), recovery: ofKind('recovery') };
}

describe.runIf(canMakeDebianRoot)("Debian's own update-grub", () => {
  let root = '';
  beforeAll(() => {
    root = debianRoot();
  }, MAKING_MS);

  // quiet2= is no parameter of any kernel: --force writes it all the same.
  const CHANGES: readonly [name: string, words: readonly string[], command: readonly string[]][] = [
    ['set', ['nosmt', 'quiet2=1'], ['set', 'nosmt', 'quiet2=1', '--force']],
    ['fix', ['cgroup_disable=memory'], ['fix', '--remedy', 'disable', '--force']],
    ['a value with blanks', ['dyndbg=file a.c +p'], ['set', 'dyndbg="file a.c +p"', '--force']],
    ['what means something to a shell', ['a2=$b', 'c2=*;{d}'], ['set', 'a2=$b', 'c2=*;{d}', '--force']],
  ];

  test.each(CHANGES)('%s: makes the very grub.cfg that was written', (_, words, command) => {
    const first = grubFiles(root);
    expect(bootmend(root, ...command, '--yes').outcome).toBe('applied');
    const ours = grubFiles(root).menu;
    expect(ours).not.toBe(first.menu);

    updateGrub(root);
    expect(grubFiles(root).menu).toBe(ours);
    const { normal, recovery } = menuWords(root);
    expect(normal.length).toBeGreaterThan(1);
    expect(recovery.length).toBeGreaterThan(0);
    for (const entry of normal) expect(entry).toEqual(expect.arrayContaining([...words]));
    for (const entry of recovery) for (const word of words) expect(entry).not.toContain(word);

    expect(bootmend(root, 'rollback', '--yes').outcome).toBe('applied');
    expect(grubFiles(root)).toEqual(first);
    updateGrub(root);
    expect(grubFiles(root)).toEqual(first);
  });

  test('unset: makes the first grub.cfg again', () => {
    const first = grubFiles(root);
    bootmend(root, 'set', 'nosmt', 'quiet2=1', '--force', '--yes');
    updateGrub(root);
    expect(bootmend(root, 'unset', 'nosmt', 'quiet2=1', '--yes').outcome).toBe('applied');
    expect(grubFiles(root)).toEqual(first);
    updateGrub(root);
    expect(grubFiles(root)).toEqual(first);
  });

  test('a change is undone after update-grub ran on it', () => {
    const first = grubFiles(root);
    bootmend(root, 'set', 'nosmt', '--yes');
    updateGrub(root);
    expect(bootmend(root, 'rollback', '--yes').outcome).toBe('applied');
    expect(grubFiles(root)).toEqual(first);
  });

  test('what somebody else let update-grub write since is kept: only the words are taken back', () => {
    const defaults = join(root, 'etc/default/grub');
    const first = readFileSync(defaults, 'latin1');
    const changeTimeout = (text: string) => text.replace('GRUB_TIMEOUT=5', 'GRUB_TIMEOUT=9');
    bootmend(root, 'set', 'dyndbg="file a.c +p"', '--force', '--yes');
    writeFileSync(defaults, changeTimeout(readFileSync(defaults, 'latin1')), 'latin1');
    updateGrub(root);

    const { exitCode, stdout } = runCli(['rollback', '--yes', '--json', '--root', root]);
    const { outcome, changedSince } = JSON.parse(stdout);
    expect([exitCode, outcome]).toEqual([3, 'refused']);
    expect(changedSince).toMatchObject([
      { path: '/etc/default/grub', diff: expect.stringContaining('+GRUB_TIMEOUT=9') },
      { path: '/boot/grub/grub.cfg', diff: expect.stringContaining('set timeout=9') },
    ]);
    expect(bootmend(root, 'rollback', '--words-only', '--yes').outcome).toBe('applied');
    const { menu, defaults: kept } = grubFiles(root);
    expect(kept).toBe(changeTimeout(first));
    expect(menu).not.toContain('dyndbg');
    updateGrub(root);
    expect(grubFiles(root).menu).toBe(menu);
    expect(menu).toContain('set timeout=9');
    writeFileSync(defaults, first, 'latin1');
    updateGrub(root);
  });
});
