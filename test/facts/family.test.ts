import { expect, test } from 'vitest';
import { type BootFamily, familyRules, recognizeFamily } from '../../src/facts/family.ts';
import { parseOsRelease } from '../../src/facts/os-release.ts';

const cases: readonly (readonly [text: string, family: BootFamily])[] = [
  ['ID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"', 'el7'],
  ['ID="rhel"\nVERSION_ID="7.9"', 'el7'],
  ['ID="alinux"\nID_LIKE="rhel fedora centos anolis"\nVERSION_ID="2.1903"', 'el7'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="8.10"\nPLATFORM_ID="platform:el8"', 'el8'],
  ['ID="alinux"\nID_LIKE="rhel fedora centos anolis"\nVERSION_ID="3"\nPLATFORM_ID="platform:al8"', 'el8'],
  ['ID="anolis"\nID_LIKE="rhel fedora centos"\nVERSION_ID="8.8"\nPLATFORM_ID="platform:an8"', 'el8'],
  ['ID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\nPLATFORM_ID="platform:el9"', 'el9'],
  ['ID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="10"\nPLATFORM_ID="platform:el10"', 'el9'],
  ['ID="centos"\nVERSION_ID="6"', 'other'],
  ['ID=fedora\nVERSION_ID=44\nPLATFORM_ID="platform:f44"', 'fedora'],
  ['ID=nobara\nID_LIKE="fedora"\nVERSION_ID=41', 'fedora'],
  ['ID="amzn"\nID_LIKE="centos rhel fedora"\nVERSION_ID="2"', 'amazon-2'],
  ['ID="amzn"\nID_LIKE="fedora"\nVERSION_ID="2023"\nPLATFORM_ID="platform:al2023"', 'amazon-2023'],
  ['ID="amzn"\nID_LIKE="rhel fedora"\nVERSION_ID="2018.03"', 'other'],
  ['ID=debian\nVERSION_ID="12"', 'debian'],
  ['ID=raspbian\nID_LIKE=debian', 'debian'],
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"', 'ubuntu'],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"', 'ubuntu'],
  ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.6"', 'suse'],
  ['ID="sles"\nVERSION_ID="15.5"', 'suse'],
  ['ID=arch', 'arch'],
  ['ID=endeavouros\nID_LIKE="arch"', 'arch'],
  ['ID=gentoo', 'other'],
  ['ID="openEuler"\nVERSION_ID="22.03"', 'other'],
  ['', 'other'],
];

test.each(cases)('%s is %s', (text, family) => {
  expect(recognizeFamily(parseOsRelease(text))).toBe(family);
});

test('only families whose GRUB has blscfg inherit from entry files', () => {
  for (const rules of Object.values(familyRules)) {
    const usesEntryFiles = rules.laterKernels === 'kernelopts' || rules.laterKernels === 'kernel-cmdline';
    expect(usesEntryFiles).toBe(rules.entryOrder !== undefined);
  }
});
