import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const documentOf = (words: readonly string[]) => JSON.parse(runCli([...words, '--json']).stdout);

describe('set --trial', () => {
  test('writes the entry and names it once; rollback takes both back', () => {
    const root = copyFixture('debian-12');
    const before = treeOf(root);
    const tried = documentOf(['set', 'example=1', '--unset', 'quiet', '--trial', '--yes', '--root', root]);
    expect(tried).toMatchObject({
      outcome: 'applied',
      exitCode: 0,
      trial: { state: 'pending', set: ['example=1'], unset: ['quiet'] },
    });
    expect(tried.trial.line).toEqual(expect.arrayContaining(['example=1', 'panic=10']));
    const now = treeOf(root);
    const changed = Object.keys(now).filter((path) => now[path] !== before[path]);
    expect(changed).toEqual(['/boot/grub/custom.cfg', '/boot/grub/grubenv']);
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)).toEqual(before);
  });

  test('rollback takes it back although GRUB has cleared next_entry, and keeps what else GRUB wrote', () => {
    const root = copyFixture('rocky-9');
    const block = join(root, 'boot/grub2/grubenv');
    const before = readFileSync(block, 'latin1');
    runCli(['set', 'example=1', '--trial', '--yes', '--root', root]);
    const booted = readFileSync(block, 'latin1').replace(
      'next_entry=~a-bootmend-trial\n',
      'next_entry=\nboot_indeterminate=1\n',
    );
    writeFileSync(block, booted.slice(0, 1024).padEnd(1024, '#'), 'latin1');
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    const records = (text: string) => text.split('\n').filter((line) => !line.startsWith('#'));
    expect(records(readFileSync(block, 'latin1'))).toEqual([...records(before), 'boot_indeterminate=1']);
    expect(existsSync(join(root, 'boot/loader/entries/~a-bootmend-trial.conf'))).toBe(false);
  });

  test('while it is pending it is shown, left alone, and no other change is made', () => {
    const root = copyFixture('rocky-9');
    runCli(['set', 'example=1', '--trial', '--yes', '--root', root]);
    const status = documentOf(['status', '--root', root]);
    expect(status.entries.filter((entry: { next: boolean }) => entry.next)).toMatchObject([
      { id: '~a-bootmend-trial', kind: 'trial', leftAlone: 'trial', default: false },
    ]);
    for (const words of [
      ['set', 'other'],
      ['set', 'other', '--trial'],
    ]) {
      const refused = documentOf([...words, '--yes', '--root', root]);
      expect([refused.exitCode, refused.messages.at(-1).code]).toEqual([3, 'error.next-boot-trial']);
    }
  });

  test('nothing is tried where the words are there for good already', () => {
    const root = copyFixture('debian-12');
    expect(documentOf(['set', 'quiet', '--trial', '--yes', '--root', root]).outcome).toBe('unchanged');
  });

  test('a configuration that is made anew is none that stays', () => {
    const root = copyFixture('debian-12');
    const { exitCode } = runCli(['set', 'nosmt', '--trial', '--regenerate', '--yes', '--root', root]);
    expect(exitCode).toBe(2);
  });

  test('a block that GRUB can’t write is refused, and nothing is written', () => {
    const root = copyFixture('opensuse-leap');
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['set', 'example=1', '--trial', '--yes', '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('btrfs');
    expect(treeOf(root)).toEqual(before);
  });
});

test('fix --trial boots the chosen remedy once', () => {
  const root = copyFixture('centos-7.3');
  const fixed = documentOf(['fix', '--trial', '--yes', '--root', root]);
  expect(fixed).toMatchObject({ outcome: 'applied', trial: { state: 'pending' } });
  const custom = readFileSync(join(root, 'boot/grub2/custom.cfg'), 'latin1');
  for (const word of fixed.choice.words) expect(custom).toContain(word);
});
