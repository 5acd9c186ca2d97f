import { describe, expect, test } from 'vitest';
import { accountsKernelMemory, configEvidence, readKernelConfig } from '../../src/kernel/config.ts';
import { fixtureText } from './fixture.ts';

const EL7 = fixtureText('centos-7.3/boot/config-3.10.0-514.el7.x86_64');
const DEBIAN_12 = fixtureText('debian-12/boot/config-6.1.0-40-amd64');
const PATH = '/boot/config';

function config(text: string): ReadonlyMap<string, string> {
  const read = readKernelConfig(text);
  if (read === undefined) throw new Error('not a whole config');
  return read;
}

function minimal(...lines: string[]): string {
  return ['CONFIG_CGROUPS=y', ...lines, 'CONFIG_CRYPTO=y', ''].join('\n');
}

describe('readKernelConfig', () => {
  test.each([
    { option: 'CONFIG_MEMCG', value: 'y' },
    { option: 'CONFIG_XFS_FS', value: 'm' },
    { option: 'CONFIG_NR_CPUS', value: '5120' },
    { option: 'CONFIG_LOCALVERSION', value: '' },
    { option: 'CONFIG_DEFAULT_HOSTNAME', value: '(none)' },
    { option: 'CONFIG_CMDLINE_BOOL', value: undefined },
    { option: 'CONFIG_NEVER_HEARD_OF', value: undefined },
  ])('CentOS 7: $option is $value', ({ option, value }) => {
    expect(config(EL7).get(option)).toBe(value);
  });

  test('an escaped quote in a string', () => {
    expect(config(minimal('CONFIG_CMDLINE="dyndbg=\\"file a\\""')).get('CONFIG_CMDLINE')).toBe(
      'dyndbg="file a"',
    );
  });

  test('CRLF', () => {
    expect(config(minimal('CONFIG_MEMCG=y').replaceAll('\n', '\r\n')).get('CONFIG_MEMCG')).toBe('y');
  });

  test('the name until 3.5 counts as the one after', () => {
    expect(config(minimal('CONFIG_CGROUP_MEM_RES_CTLR=y')).get('CONFIG_MEMCG')).toBe('y');
  });

  test.each([
    { why: 'empty', text: '' },
    { why: 'another file', text: 'GRUB_TIMEOUT=5\n' },
    { why: 'zeroed by a crash', text: minimal('CONFIG_MEMCG=y').replace('CONFIG_MEMCG=y', '\0'.repeat(14)) },
  ])('no config: $why', ({ text }) => {
    expect(readKernelConfig(text)).toBeUndefined();
  });

  test('cut off anywhere before its end, a config rules nothing out', () => {
    const lines = EL7.split('\n');
    for (let kept = 0; kept < lines.length; kept += 1) {
      const cut = readKernelConfig(lines.slice(0, kept).join('\n'));
      if (cut !== undefined) expect(configEvidence(cut, PATH, 'cgroup.memory=nokmem')).toBeUndefined();
    }
  });
});

describe('configEvidence', () => {
  const withoutController = config(minimal('# CONFIG_MEMCG is not set'));
  const withoutCgroups = config('# CONFIG_CGROUPS is not set\nCONFIG_CRYPTO=y\n');
  const overridden = config(minimal('CONFIG_MEMCG=y', 'CONFIG_CMDLINE="quiet"', 'CONFIG_CMDLINE_OVERRIDE=y'));
  const forced = config(minimal('CONFIG_MEMCG=y', 'CONFIG_CMDLINE_FORCE=y'));

  test.each([
    { word: 'cgroup.memory=nokmem', of: withoutController, option: 'CONFIG_MEMCG' },
    { word: 'cgroup_disable=memory', of: withoutController, option: 'CONFIG_MEMCG' },
    { word: 'cgroup-disable=memory', of: withoutController, option: 'CONFIG_MEMCG' },
    { word: 'cgroup_disable=cpuset', of: withoutCgroups, option: 'CONFIG_CGROUPS' },
  ])('$word does nothing without $option', ({ word, of, option }) => {
    expect(configEvidence(of, PATH, word)).toEqual({
      source: 'config',
      path: PATH,
      says: 'absent',
      strength: 'observation',
      code: 'config.option-off',
      data: { option },
    });
  });

  test.each([
    { of: overridden, option: 'CONFIG_CMDLINE_OVERRIDE' },
    { of: forced, option: 'CONFIG_CMDLINE_FORCE' },
  ])('with $option no word of the boot loader counts', ({ of, option }) => {
    for (const word of ['cgroup_disable=memory', 'quiet', 'root=/dev/sda1']) {
      expect(configEvidence(of, PATH, word)).toMatchObject({
        code: 'config.command-line-fixed',
        data: { option },
      });
    }
  });

  test.each(['cgroup.memory=nokmem', 'cgroup_disable=memory', 'quiet'])('never proves: %s', (word) => {
    expect(configEvidence(config(EL7), PATH, word)).toBeUndefined();
    expect(configEvidence(config(DEBIAN_12), PATH, word)).toBeUndefined();
  });

  test('cgroup_disable= of another controller does not need the memory controller', () => {
    expect(configEvidence(withoutController, PATH, 'cgroup_disable=cpuset')).toBeUndefined();
  });
});

describe('accountsKernelMemory', () => {
  const on = config(minimal('CONFIG_MEMCG=y', 'CONFIG_MEMCG_KMEM=y'));
  const off = config(minimal('CONFIG_MEMCG=y'));
  test.each([
    { version: [3, 10] as const, without: false },
    { version: [4, 4] as const, without: false },
    { version: [4, 9] as const, without: true },
    { version: [4, 19] as const, without: false },
    { version: [5, 10] as const, without: false },
    { version: [6, 10] as const, without: false },
    { version: [6, 11] as const, without: true },
    { version: [7, 2] as const, without: true },
  ])('$version without CONFIG_MEMCG_KMEM: $without', ({ version, without }) => {
    expect(accountsKernelMemory(off, version)).toBe(without);
    expect(accountsKernelMemory(on, version)).toBe(true);
    expect(accountsKernelMemory(config(minimal()), version)).toBe(false);
  });
});
