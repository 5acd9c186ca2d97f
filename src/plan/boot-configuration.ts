import { AT_BOOT_FILES } from './trial/at-boot-unit.ts';

/**
 * The files that a plan can be for, wherever they are read from: the defaults file with its drop-ins, what kernel-install
 * and the loader read, what a menu of GRUB's draws in, and the unit that keeps a trial. A name that begins with a dot is read by none of them.
 */
const FILES = [
  /^\/etc\/default\/grub$/,
  /^\/etc\/sysconfig\/grub$/,
  /^\/etc\/default\/grub\.d\/[^/.][^/]*\.cfg$/,
  /^\/etc\/kernel\/cmdline$/,
  /^\/(?:boot|efi)\/(?:[^/]+\/)*(?:[^/.][^/]*\.(?:cfg|conf)|grubenv)$/,
];

/** The directories that such a file can be made in, and those above that can be made for it. */
const DIRECTORIES =
  /^\/(?:etc(?:\/(?:default(?:\/grub\.d)?|sysconfig|kernel|systemd(?:\/system(?:\/multi-user\.target\.d)?)?))?|(?:boot|efi)(?:\/.+)?)$/;

/** Whether a file of this name, links resolved, is one that a plan can be for. */
export function isBootConfiguration(path: string): boolean {
  if (AT_BOOT_FILES.includes(path)) return true;
  return FILES.some((file) => file.test(path)) && !/[\0-\x1f\x7f]/.test(path);
}

/** Whether a directory of this name, links resolved, is one that such a file lies in. */
export function isBootConfigurationDirectory(path: string): boolean {
  return DIRECTORIES.test(path);
}
