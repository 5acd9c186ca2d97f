import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isBootConfiguration, isBootConfigurationDirectory } from '../../../src/plan/boot-configuration.ts';
import { AT_BOOT_FILES, atBootRemoval, atBootTexts, unitWord } from '../../../src/plan/trial/at-boot-unit.ts';
import { hasProgram } from '../../oracle/available.ts';

test.each([
  ['a plain path', '/usr/bin/node', '/usr/bin/node'],
  ['blanks', 'curl -f host', '"curl -f host"'],
  ['quotes', `test "$x" = 'a'`, `"test \\"$$x\\" = 'a'"`],
  ['a backslash', 'a\\b', '"a\\\\b"'],
  ['a specifier', '100%', '"100%%"'],
  ['a newline', 'a\nb', '"a\\nb"'],
  ['what ends a command for systemd', 'a ; b', '"a ; b"'],
  ['nothing', '', '""'],
])('%s', (_, word, written) => {
  expect(unitWord(word)).toBe(written);
});

test('both files may be planned, in directories that may be made for them, and nothing beside them', () => {
  for (const path of AT_BOOT_FILES) {
    expect(isBootConfiguration(path)).toBe(true);
    expect(isBootConfigurationDirectory(path.slice(0, path.lastIndexOf('/')))).toBe(true);
  }
  for (const path of [
    '/etc/systemd/system/sshd.service',
    '/etc/systemd/system/multi-user.target.d/other.conf',
    '/etc/systemd/system/bootmend-confirm.service.d/x.conf',
  ]) {
    expect(isBootConfiguration(path)).toBe(false);
  }
  expect(isBootConfigurationDirectory('/etc/systemd/system/sshd.service.d')).toBe(false);
});

test('the wish for the unit goes before the unit, and only what is there goes', () => {
  const [unit = '', wants = ''] = AT_BOOT_FILES;
  const both = new Map([
    [unit, 'a'],
    [wants, 'b'],
  ]);
  expect(atBootRemoval(both).map(({ path }) => path)).toEqual([wants, unit]);
  expect(atBootRemoval(new Map([[unit, 'a']])).map(({ path }) => path)).toEqual([unit]);
});

test.runIf(hasProgram('systemd-analyze'))('systemd finds nothing wrong with the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-unit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'bootmend-confirm.service');
  const command = ['/bin/sh', '-c', `test "$x" = 'a' && echo 100%; exit 0`];
  writeFileSync(path, atBootTexts(command).unit, 'latin1');
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
  expect([status, stderr.split('\n').filter((line) => line.includes('bootmend'))]).toEqual([0, []]);
});
