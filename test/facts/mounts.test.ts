import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isReadOnly, parseFstab, unmountedBoot } from '../../src/facts/mounts.ts';
import { parseMountinfo } from '../../src/host/mountinfo.ts';
import { mountinfo } from '../host/mountinfo-of-machine.ts';

test('read-only by the mount or by the file system', () => {
  const mounts = parseMountinfo(mountinfo);
  expect(mounts.filter(isReadOnly).map((mount) => mount.point)).toEqual(['/boot/efi', '/mnt']);
});

describe('fstab', () => {
  const fstab = parseFstab(`# made by anaconda
/dev/mapper/cl-root  /          xfs   defaults 0 0
UUID=ab-cd\t/boot/\text4\tdefaults,noauto 1 2
LABEL=ESP /boot/efi vfat umask=0077 0 2
 # indented comment /boot/x
/dev/sdb1 /srv/with\\040blank
broken
`);

  test('fields, comments and blanks', () => {
    expect(fstab.map((entry) => [entry.source, entry.point, entry.fileSystem])).toEqual([
      ['/dev/mapper/cl-root', '/', 'xfs'],
      ['UUID=ab-cd', '/boot', 'ext4'],
      ['LABEL=ESP', '/boot/efi', 'vfat'],
      ['/dev/sdb1', '/srv/with blank', 'auto'],
    ]);
  });

  const root = '22 1 253:0 / / rw - xfs /dev/mapper/cl-root rw\n';
  test.each([
    { name: 'all mounted', mounts: mountinfo, unmounted: [] },
    { name: 'neither mounted', mounts: root, unmounted: ['/boot', '/boot/efi'] },
    {
      name: 'the automounter waits',
      mounts: `${root}30 22 8:2 / /boot rw - ext4 /dev/sda2 rw\n31 30 0:40 / /boot/efi rw - autofs systemd-1 rw\n`,
      unmounted: ['/boot/efi'],
    },
  ])('not mounted: $name', ({ mounts, unmounted }) => {
    expect(unmountedBoot(parseMountinfo(mounts), fstab).map((entry) => entry.point)).toEqual(unmounted);
  });
});

test('any text is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const entry of parseFstab(text)) expect(entry.point).not.toBe('');
    }),
  );
});
