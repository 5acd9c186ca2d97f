import { isSameName } from './parameter.ts';

/**
 * Names, and prefixes ending in a dot, of words that find, unlock or mount the root file system or start init:
 * with a wrong one the machine does not come up.
 *
 * Sources: kernel-parameters.txt, dracut.cmdline(7), systemd-cryptsetup-generator(8), systemd-veritysetup-generator(8),
 * mkinitcpio's encrypt hook, zfs-dracut(7), ostree-prepare-root(1), initramfs-tools(7).
 */
const NAMES: readonly string[] = [
  'root',
  'rootfstype',
  'rootflags',
  'nfsroot',
  'init',
  'rdinit',
  'initrd',
  'boot',
  'cryptdevice',
  'cryptkey',
  'cryptopts',
  'zfs',
  'ostree',
  'roothash',
  'usrhash',
  'md',
  'dm-mod.create',
  'bootfs',
];
const PREFIXES: readonly string[] = [
  'rd.lvm.',
  'rd.luks.',
  'rd.md.',
  'rd.dm.',
  'rd.zfs.',
  'rd.nvmf.',
  'rd.iscsi.',
  'luks.',
  'mount.usr',
  'systemd.verity',
];

/** Whether changing or removing this parameter can leave the machine without its root file system. */
export function mountsRoot(name: string): boolean {
  return NAMES.some((known) => isSameName(known, name)) || PREFIXES.some((prefix) => name.startsWith(prefix));
}
