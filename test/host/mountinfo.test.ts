import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mountHolding, parseMountinfo } from '../../src/host/mountinfo.ts';
import { mountinfo } from './mountinfo-of-machine.ts';

describe('mountinfo', () => {
  const mounts = parseMountinfo(mountinfo);

  test('fields, with and without optional ones', () => {
    expect(mounts.map((mount) => [mount.point, mount.fileSystem, mount.source, mount.rootInside])).toEqual([
      ['/', 'xfs', '/dev/mapper/cl-root', '/'],
      ['/boot', 'xfs', '/dev/sda2', '/'],
      ['/boot/efi', 'vfat', '/dev/sda1', '/'],
      ['/srv/with blank', 'btrfs', '/dev/sdb1', '/a b'],
      ['/mnt', 'xfs', '/dev/sda2', '/grub2'],
    ]);
  });

  test.each([
    ['/boot/grub2/grub.cfg', '/boot'],
    ['/boot', '/boot'],
    ['/bootless', '/'],
    ['/boot/efi/EFI/centos/grub.cfg', '/boot/efi'],
    ['/etc/default/grub', '/'],
  ])('%s lies on %s', (path, point) => {
    expect(mountHolding(mounts, path)?.point).toBe(point);
  });

  test('of two mounts at one point the later is seen', () => {
    const twice = parseMountinfo(`${mountinfo}40 30 8:9 / /boot rw - ext4 /dev/sdc9 rw\n`);
    expect(mountHolding(twice, '/boot/vmlinuz')?.source).toBe('/dev/sdc9');
  });

  test.each([
    ['without the dash in front of the file system', '30 22 8:2 / /boot rw shared:1 ext4 /dev/sda2 rw'],
    ['without a source', '30 22 8:2 / /boot rw - ext4'],
    ['without a file system', '30 22 8:2 / /boot rw -'],
    ['whose point is no path', '30 22 8:2 / boot rw - ext4 /dev/sda2 rw'],
    ['that ends at the point', '30 22 8:2 / /boot'],
    ['of one word', '30'],
  ])('a line %s is left out', (_, line) => {
    expect(parseMountinfo(`${line}\n`)).toEqual([]);
  });

  test('this machine has a root', () => {
    expect(mountHolding(parseMountinfo(readFileSync('/proc/self/mountinfo', 'latin1')), '/')?.point).toBe(
      '/',
    );
  });
});

test('any text is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const mount of parseMountinfo(text)) expect(mount.point).not.toBe('');
    }),
  );
});
