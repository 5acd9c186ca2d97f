import { expect, test } from 'vitest';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const DEFAULTS = '/etc/default/grub';
const CMDLINE = '/etc/kernel/cmdline';

/** Where a word goes on each system; `entries` is a pattern, with how many files of it change. */
const edited: readonly {
  readonly name: string;
  readonly files: readonly string[];
  readonly loaderEntries?: number;
}[] = [
  { name: 'centos-7.3', files: [DEFAULTS, '/boot/grub2/grub.cfg'] },
  { name: 'centos-7.9', files: [DEFAULTS, '/boot/efi/EFI/centos/grub.cfg'] },
  { name: 'mixed-kernels', files: [DEFAULTS, '/boot/grub2/grub.cfg'] },
  { name: 'amazon-2', files: [DEFAULTS, '/boot/grub2/grub.cfg'] },
  { name: 'rocky-8', files: [DEFAULTS, '/boot/grub2/grubenv'] },
  { name: 'rocky-9', files: [DEFAULTS, CMDLINE], loaderEntries: 2 },
  { name: 'rocky-9-no-cmdline', files: [DEFAULTS, CMDLINE], loaderEntries: 2 },
  { name: 'fedora', files: [DEFAULTS, CMDLINE], loaderEntries: 2 },
  { name: 'amazon-2023', files: [DEFAULTS, CMDLINE], loaderEntries: 2 },
  { name: 'efi-stub', files: [DEFAULTS, CMDLINE], loaderEntries: 1 },
  { name: 'debian-9', files: [DEFAULTS, '/boot/grub/grub.cfg'] },
  { name: 'debian-12', files: [DEFAULTS, '/boot/grub/grub.cfg'] },
  { name: 'ubuntu-22.04', files: ['/etc/default/grub.d/50-cloudimg-settings.cfg', '/boot/grub/grub.cfg'] },
  { name: 'opensuse-leap', files: [DEFAULTS, '/boot/grub2/grub.cfg'] },
  { name: 'arch', files: [DEFAULTS, '/boot/grub/grub.cfg'] },
  { name: 'xen-debian', files: [DEFAULTS, '/boot/grub/grub.cfg'] },
  { name: 'systemd-boot', files: [], loaderEntries: 2 },
];

test.each(edited)(
  '$name: set changes the files that decide, again nothing, rollback all back',
  ({ name, files, loaderEntries = 0 }) => {
    const root = copyFixture(name);
    const before = treeOf(root);
    const set = () => runCli(['set', 'mitigations=off', '--yes', '--json', '--root', root]);
    const first = set();
    expect(JSON.parse(first.stdout).outcome).toBe('applied');
    const after = treeOf(root);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    const isLoaderEntry = (path: string) => /\/loader\/entries\/[^/]+\.conf$/.test(path);
    expect(changed.filter((path) => !isLoaderEntry(path)).toSorted()).toEqual(files.toSorted());
    expect(changed.filter(isLoaderEntry)).toHaveLength(loaderEntries);
    for (const path of changed) {
      expect(path).not.toMatch(/rescue/);
      expect(after[path]).toContain('mitigations=off');
      expect(after[path]?.length === before[path]?.length).toBe(path.endsWith('/grubenv'));
    }
    expect(JSON.parse(set().stdout).outcome).toBe('unchanged');
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)).toEqual(before);
  },
  120_000,
);

test('a line shared in grubenv that does not fit is refused before anything is written', () => {
  const root = copyFixture('rocky-8');
  const before = treeOf(root);
  const { exitCode, stderr } = runCli(['set', `x=${'y'.repeat(900)}`, '--yes', '--root', root]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('grubenv');
  expect(treeOf(root)).toEqual(before);
});

test('kernels of one menu each get the word that works on them', () => {
  const root = copyFixture('mixed-kernels');
  const { kernels } = JSON.parse(runCli(['fix', '--yes', '--json', '--root', root]).stdout);
  expect(kernels.map(({ remedy }: { remedy: string }) => remedy).toSorted()).toEqual(['disable', 'nokmem']);
  const lines =
    treeOf(root)
      ['/boot/grub2/grub.cfg']?.split('\n')
      .filter((line) => /linux16.*(5\.4|3\.10)\./.test(line) && !line.includes('rescue')) ?? [];
  for (const line of lines) {
    expect(line.includes('cgroup.memory=nokmem')).toBe(line.includes('vmlinuz-5.4'));
    expect(line.includes('cgroup_disable=memory')).toBe(line.includes('vmlinuz-3.10'));
  }
});

test.each([
  { name: 'ostree', says: /ostree.*rpm-ostree kargs/ },
  { name: 'legacy-grub', says: /legacy GRUB.*menu\.lst.*grubby/ },
  { name: 'petitboot', says: /petitboot.*grubby/ },
  { name: 'zipl', says: /zipl.*grubby/ },
  { name: 'uki', says: /UKI.*ukify/ },
  { name: 'extlinux', says: /extlinux\/syslinux.*update-extlinux/ },
  { name: 'u-boot', says: /U-Boot.*u-boot-update/ },
  { name: 'signed-grub', says: /signature.*gpg/ },
])('$name is recognised and refused, with the tool to use', ({ name, says }) => {
  const root = copyFixture(name);
  const before = treeOf(root);
  for (const words of [['fix', '--yes'], ['set', 'nosmt', '--yes'], ['status']]) {
    const { exitCode, stderr } = runCli([...words, '--root', root]);
    expect(stderr).toMatch(says);
    expect(exitCode).toBe(3);
  }
  expect(treeOf(root)).toEqual(before);
});
