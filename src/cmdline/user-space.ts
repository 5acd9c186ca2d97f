import { isSameName } from './parameter.ts';

/**
 * Names, and beginnings that end in a dot, a dash or an underscore, that programs outside the kernel read from the
 * command line. A kernel that does not know them is no reason to call them useless.
 */
const PREFIXES: readonly string[] = [
  // systemd's kernel-command-line(7), plymouth(8)
  'systemd.',
  'udev.',
  'luks.',
  'vconsole.',
  'locale.',
  'plymouth.',
  // dracut.cmdline(7) of today and of RHEL 6
  'rd.',
  'rd_',
  // ostree(1), Ignition and the systems that start with it
  'ostree.',
  'ignition.',
  'coreos.',
  'flatcar.',
  // installers and live systems: anaconda, linuxrc, subiquity, live-boot(7)
  'inst.',
  'linuxrc.',
  'live-',
  // cloud-init and snapd
  'cloud-init.',
  'snapd_',
];

const NAMES: readonly string[] = [
  // What init takes for a runlevel or target: systemd's kernel-command-line(7)
  ...['single', 'emergency', 'rescue', 's', 'S', '1', '2', '3', '4', '5', '-s', '-b'],
  ...[
    'fastboot',
    'forcefsck',
    'fsck.mode',
    'fsck.repair',
    'quotacheck.mode',
    'modules-load',
    'fstab',
    'luks',
  ],
  ...['mount.usr', 'mount.usrfstype', 'mount.usrflags', 'roothash', 'usrhash', 'TERM', 'LANG'],
  ...['net.ifnames', 'net.naming-scheme', 'net.ifname-policy'],
  // plymouth(8), and what Ubuntu, SUSE and GRUB's 20_linux_xen put on their lines
  ...['splash', 'nosplash', 'rhgb', 'vt.handoff', 'showopts', 'placeholder', 'recovery', 'BOOT_IMAGE'],
  // Finding the root: dracut.cmdline(7), initramfs-tools(7), mkinitcpio(8), zfs-dracut(7)
  ...['resume', 'resumeflags', 'noresume', 'netroot', 'nfsroot', 'nfsopts', 'rootfallback', 'boot', 'break'],
  ...['cryptdevice', 'cryptkey', 'cryptopts', 'crypto', 'zfs', 'zfs_force', 'bootfs', 'ostree', 'lvmwait'],
  ...[
    'rdblacklist',
    'rdloaddriver',
    'nompath',
    'nodmraid',
    'iscsi_initiator',
    'iscsi_firmware',
    'fcoe',
    'nbd',
  ],
  ...[
    'KEYMAP',
    'KEYTABLE',
    'KEYBOARDTYPE',
    'SYSFONT',
    'fsckfix',
    'blacklist',
    'disablehooks',
    'earlymodules',
  ],
  // The network before the root: dracut.cmdline(7), systemd-network-generator.service(8), biosdevname(1)
  ...['ip', 'ifname', 'nameserver', 'bridge', 'bond', 'team', 'vlan', 'bootdev', 'BOOTIF', 'biosdevname'],
  // modprobe.d(5), tuned's cpu-partitioning profile
  ...['modprobe.blacklist', 'tuned.non_isolcpus'],
  // cloud-init, subiquity, debian-installer, casper(7), anaconda
  ...['ds', 'cloud-init', 'cloud-config-url', 'network-config', 'autoinstall', 'url', 'hostname', 'domain'],
  ...[
    'auto',
    'priority',
    'interface',
    'locale',
    'language',
    'country',
    'keymap',
    '---',
    'toram',
    'persistent',
  ],
  ...['persistence', 'maybe-ubiquity', 'ks', 'ksdevice', 'kssendmac', 'archisobasedir', 'archisolabel'],
];

/** The names that are known one by one, as their programs' documentation spells them. */
export const userSpaceNames: readonly string[] = NAMES;

/**
 * Whether a documented program outside the kernel reads this name. A name with a slash is a question of
 * debian-installer's.
 */
export function isReadInUserSpace(name: string): boolean {
  if (PREFIXES.some((prefix) => name.startsWith(prefix)) || /^[a-z0-9-]+\/[a-z]/.test(name)) return true;
  return NAMES.some((known) => isSameName(known, name));
}
