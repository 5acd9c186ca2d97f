import { describe, expect, test } from 'vitest';
import { userSpaceReading } from '../../src/cmdline/user-space.ts';
import { USER_SPACE } from '../../src/cmdline/user-space-names.ts';

describe('who outside the kernel may read a word', () => {
  test.each([
    {
      rule: 'systemd’s manual has it',
      name: 'systemd.unified_cgroup_hierarchy',
      value: '0',
      reading: 'documented',
    },
    { rule: 'with dashes', name: 'systemd.unified-cgroup-hierarchy', value: '0', reading: 'documented' },
    { rule: 'dracut’s has it', name: 'rd.lvm.lv', value: 'vg/root', reading: 'documented' },
    { rule: 'anaconda’s has it', name: 'inst.ks', value: 'x', reading: 'documented' },
    {
      rule: 'a variable that systemd’s news name',
      name: 'SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE',
      value: '1',
      reading: 'documented',
    },
    { rule: 'a runlevel', name: '3', value: undefined, reading: 'documented' },
    {
      rule: 'a question of debian-installer',
      name: 'netcfg/get_hostname',
      value: 'x',
      reading: 'documented',
    },
    {
      rule: 'misspelt, with a prefix of systemd’s',
      name: 'systemd.unified_cgroup_hierachy',
      value: '0',
      reading: 'prefix',
    },
    { rule: 'one that the guide does not name', name: 'mine/question', value: 'x', reading: 'prefix' },
    { rule: 'initramfs-tools’ has it', name: 'initramfs.runsize', value: '20%', reading: 'documented' },
    { rule: 'multipathd’s unit asks for it', name: 'multipath', value: 'off', reading: 'documented' },
    { rule: 'zfs-initramfs asks for it', name: 'zfs_force', value: '1', reading: 'documented' },
    { rule: 'the installed system’s overlay', name: 'overlayroot', value: 'tmpfs', reading: 'documented' },
    { rule: 'no file of linuxrc’s has it', name: 'linuxrc.exit', value: '1', reading: 'prefix' },
    {
      rule: 'a test of Fedora CoreOS, not a word',
      name: 'coreos.unique.boot',
      value: undefined,
      reading: 'prefix',
    },
    {
      rule: 'nobody’s: no file was found that has it',
      name: 'kdump_needed',
      value: undefined,
      reading: 'none',
    },
    { rule: 'misspelt, with a prefix of dracut’s', name: 'rd.lvm.vl', value: 'cl', reading: 'prefix' },
    { rule: 'a variable that nobody documents', name: 'MY_AGENT_MODE', value: '1', reading: 'environment' },
    {
      rule: 'the same without a value is an argument',
      name: 'MY_AGENT_MODE',
      value: undefined,
      reading: 'none',
    },
    { rule: 'no variable: small letters', name: 'mitigation', value: 'off', reading: 'none' },
    { rule: 'no variable: a dot', name: 'MY.MODE', value: '1', reading: 'none' },
  ])('$reading: $rule', ({ name, value, reading }) => {
    expect(userSpaceReading(name, value)).toBe(reading);
  });
});

test.each(USER_SPACE)(
  '$source: names that can be written, each once, none a mere prefix',
  ({ names, source }) => {
    const all = names.split(/\s+/).filter((name) => name !== '');
    expect(source, 'names a version and a file or page').toMatch(/ \d.*: ./);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
    for (const name of all) expect(name).toMatch(/^[-A-Za-z0-9][-A-Za-z0-9_.:/]*[-A-Za-z0-9]$|^[A-Za-z0-9]$/);
  },
);
