import { describe, expect, test } from 'vitest';
import { EARLY_READERS, earlyReader, isComposed } from '../../../src/kernel/image/early-readers.ts';

/**
 * Every name that a `cmdline_find_option()` or `cmdline_find_option_bool()` of arch/x86 asks for, in the linux-source packages of
 * Debian (fetch-parameter-names.sh lists the places): the names of all five versions, with the versions that have them.
 */
const SITES: readonly (readonly [names: string, ...versions: string[]])[] = [
  [
    'acpi acpi_rsdp clearcpuid console debug earlyprintk edd forcepae no5lvl',
    '5.10',
    '6.1',
    '6.12',
    '7.2',
    '7.3',
  ],
  ['nofxsr nokaslr noxsave noxsaveopt noxsaves quiet split_lock_detect', '5.10', '6.1', '6.12', '7.2', '7.3'],
  ['no387 tsx spectre_v2 nospectre_v2 spectre_v2_user', '5.10', '6.1', '6.12'],
  ['spec_store_bypass_disable nospec_store_bypass_disable', '5.10', '6.1', '6.12'],
  ['pti nopti', '5.10', '6.1'],
  ['crashkernel', '5.10'],
  ['mem_encrypt', '6.12', '7.2', '7.3'],
  ['dis_ucode_ldr fred nousershstk microcode.amd_sha_check', '6.12', '7.2', '7.3'],
  ['microcode setcpuid', '7.2', '7.3'],
];

describe('every early site of x86 is in the table, for its version', () => {
  test.each(SITES)('%s', (names, ...versions) => {
    for (const version of versions) {
      for (const name of names.split(' ')) {
        expect([version, name, earlyReader('x86_64', `${version}.0-1-amd64`, name)?.names]).toEqual([
          version,
          name,
          expect.arrayContaining([name]),
        ]);
      }
    }
  });
});

test.each([
  { rule: 'the EFI stub', architecture: 'arm64', name: 'efi' },
  { rule: 'arm64, its aliases', architecture: 'arm64', name: 'arm64.nosve' },
  { rule: 's390, its decompressor', architecture: 's390x', name: 'facilities' },
  { rule: 'ppc64, before its own start', architecture: 'ppc64', name: 'disable_radix' },
  { rule: 'an early microcode word, after its code came', architecture: 'x86_64', name: 'dis_ucode_ldr' },
  { rule: 'a dash for an underscore', architecture: 'x86_64', name: 'split-lock-detect' },
] as const)('$rule: $name', ({ architecture, name }) => {
  expect(earlyReader(architecture, '6.12.0', name)).toBeDefined();
});

test.each([
  { rule: 'another architecture', architecture: 's390x', release: '6.12.0', name: 'tsx' },
  { rule: 'before it came', architecture: 'x86_64', release: '5.3.0', name: 'tsx' },
  { rule: 'before it came', architecture: 'x86_64', release: '4.17.0', name: 'no5lvl' },
  { rule: 'before it came', architecture: 'x86_64', release: '4.16.0', name: 'spec_store_bypass_disable' },
  { rule: 'before it came', architecture: 'x86_64', release: '4.19.0', name: 'spectre_v2_user' },
  {
    rule: 'a name that other code could hold, before the oldest source that was read',
    architecture: 's390x',
    release: '4.20.0',
    name: 'mem',
  },
  { rule: 'after it went to the tables', architecture: 'arm64', release: '5.15.0', name: 'crashkernel' },
  { rule: 'a release that is none', architecture: 'x86_64', release: 'mine', name: 'tsx' },
] as const)('not $rule', ({ architecture, release, name }) => {
  expect(earlyReader(architecture, release, name)).toBeUndefined();
});

test('tsx= is taken by the very release that brought it', () => {
  expect(earlyReader('x86_64', '5.4.0-150-generic', 'tsx')?.source).toBe('arch/x86/kernel/cpu/tsx.c');
});

test('every row names its file', () => {
  for (const { source, names } of EARLY_READERS) {
    expect(source).toMatch(/^[a-z0-9]+\/[\w/.-]+\.c$/);
    expect(names.length).toBeGreaterThan(0);
  }
});

test('names that code puts together', () => {
  expect(
    ['sysctl.vm.x', 'id_aa64mmfr1.vh', 'xhci-hcd.dyndbg', 'xhci_hcd.async_probe'].every(isComposed),
  ).toBe(true);
  expect(['sysctls.x', 'dyndbg', 'cgroup.memory'].some(isComposed)).toBe(false);
});
