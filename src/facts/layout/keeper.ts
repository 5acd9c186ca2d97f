import type { Host } from '../../host/host.ts';
import type { OsRelease } from '../os-release.ts';
import { exists } from './read-text.ts';

/** A system that makes its whole boot configuration anew from a place of its own, so that an edit elsewhere is lost. */
export interface Keeper {
  /** The system's name. */
  readonly system: string;
  /** Where its owner writes boot parameters: a file, or an option and its file. */
  readonly place: string;
  /** What makes the boot configuration from it; empty where the place itself is what boots. */
  readonly command: string;
  /** The file that shows it where os-release is not there. */
  readonly path: string;
}

interface KeeperSign extends Keeper {
  /** ID in os-release. */
  readonly ids: readonly string[];
  /** Whether the file has to be there; else the id alone decides. */
  readonly isPathNeeded: boolean;
}

/**
 * Sources: NixOS's nixos/modules/system/boot/loader (install-grub.pl, systemd-boot-builder.py), option
 * boot.kernelParams; Guix's gnu/bootloader/grub.scm, field kernel-arguments; Photon's photon.cfg and systemd.cfg, which
 * its grub.cfg loads with load_env (photon-docs, "Kernel boot parameters"); CBL-Mariner's mariner.cfg, made alike;
 * OpenWrt's target/linux/x86/image/Makefile and package/base-files, CONFIG_GRUB_BOOTOPTS and sysupgrade.
 */
const signs: readonly KeeperSign[] = [
  {
    ids: ['nixos'],
    isPathNeeded: false,
    system: 'NixOS',
    place: 'boot.kernelParams (/etc/nixos/configuration.nix)',
    command: 'nixos-rebuild boot',
    path: '/etc/NIXOS',
  },
  {
    ids: ['guix'],
    isPathNeeded: false,
    system: 'Guix System',
    place: 'kernel-arguments (/etc/config.scm)',
    command: 'guix system reconfigure /etc/config.scm',
    path: '/run/current-system/configuration.scm',
  },
  {
    ids: ['photon'],
    isPathNeeded: true,
    system: 'Photon OS',
    place: 'photon_cmdline (/boot/photon.cfg)',
    command: '',
    path: '/boot/photon.cfg',
  },
  {
    ids: ['mariner', 'azurelinux'],
    isPathNeeded: true,
    system: 'CBL-Mariner',
    place: 'mariner_cmdline (/boot/mariner.cfg)',
    command: '',
    path: '/boot/mariner.cfg',
  },
  {
    ids: ['openwrt'],
    isPathNeeded: false,
    system: 'OpenWrt',
    place: 'CONFIG_GRUB_BOOTOPTS',
    command: 'sysupgrade',
    path: '/etc/openwrt_release',
  },
];

/** The system's own keeper of the boot parameters; undefined where files are edited as everywhere. */
export async function findKeeper(host: Host, release: OsRelease | undefined): Promise<Keeper | undefined> {
  for (const { ids, isPathNeeded, ...keeper } of signs) {
    const isNamed = release !== undefined && ids.includes(release.id);
    if (isNamed && !isPathNeeded) return keeper;
    if ((isNamed || release === undefined) && (await exists(host, keeper.path))) return keeper;
  }
  return undefined;
}
