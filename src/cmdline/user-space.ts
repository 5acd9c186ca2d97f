import { isSameName } from './parameter.ts';

/**
 * Names, and prefixes ending in a dot, that programs outside the kernel read from the command line. A kernel that does
 * not know them is no reason to call them useless.
 *
 * Sources: systemd's kernel-command-line(7), dracut.cmdline(7), plymouth(8), initramfs-tools(7), NetworkManager's
 * nm-initrd-generator(8), cloud-init's documentation of `ds=`, kdump-config(8), anaconda's boot options.
 */
const PREFIXES: readonly string[] = [
  'systemd.',
  'rd.',
  'udev.',
  'luks.',
  'vconsole.',
  'locale.',
  'plymouth.',
  'fsck.',
  'quotacheck.',
  'mount.',
  'net.',
  'ostree.',
  'inst.',
  'cloud-init.',
  'tuned.',
  'fips.',
  'live.',
];
const NAMES: readonly string[] = [
  'BOOT_IMAGE',
  'rhgb',
  'splash',
  'nosplash',
  'single',
  'emergency',
  'rescue',
  'recovery',
  'fastboot',
  'forcefsck',
  'noresume',
  'resume',
  'resumeflags',
  'ip',
  'ifname',
  'nameserver',
  'bridge',
  'bond',
  'team',
  'vlan',
  'bootdev',
  'biosdevname',
  'boot',
  'bootfs',
  'cryptdevice',
  'cryptkey',
  'cryptopts',
  'zfs',
  'ostree',
  'roothash',
  'usrhash',
  'LANG',
  'ds',
  'vt.handoff',
  'autoinstall',
  'placeholder',
];

/** Whether a documented program outside the kernel reads this name. */
export function isReadInUserSpace(name: string): boolean {
  return PREFIXES.some((prefix) => name.startsWith(prefix)) || NAMES.some((known) => isSameName(known, name));
}
