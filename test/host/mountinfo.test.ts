import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mountHolding, parseMountinfo } from '../../src/host/mountinfo.ts';

const mountinfo = `22 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/cl-root rw,attr2
30 22 8:2 / /boot rw,relatime shared:20 - xfs /dev/sda2 rw
31 30 8:1 / /boot/efi rw,relatime shared:21 - vfat /dev/sda1 ro,fmask=0077
35 22 0:30 /a\\040b /srv/with\\040blank rw - btrfs /dev/sdb1 rw,subvol=/a\\040b
36 22 8:2 /grub2 /mnt ro,relatime shared:1 master:2 - xfs /dev/sda2 rw
`;

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
