import type { HostRefusal } from '../../host/host.ts';

/** A layout that is recognised and not edited: somebody else's tool keeps the boot parameters, or nothing here boots. */
export type RefusedLayout =
  | 'container'
  | 'no-kernel'
  | 'live-media'
  | 'overlay-root'
  | 'ostree'
  | 'proxmox-boot-tool'
  | 'vyos'
  | 'zfsbootmenu'
  | 'kernelstub'
  | 'petitboot'
  | 'ubuntu-core'
  | 'signed-grub-config'
  | 'unified-kernel-image'
  | 'zipl'
  | 'legacy-grub'
  | 'lilo'
  | 'elilo'
  | 'yaboot'
  | 'pmon'
  | 'isolinux'
  | 'syslinux'
  | 'u-boot'
  | 'refind'
  | 'raspberry-pi'
  | 'several-loaders'
  | 'systemd-boot-unseen';

/** The file that says so, and what it says; empty where it says so by being there. Latin1 text. */
export interface LayoutEvidence {
  readonly path: string;
  readonly found: string;
}

/** `too-many`: a directory with more files than are read (docs/limits.md). */
export type UnreadReason = HostRefusal | 'too-many';

/** A path that could not be read, and why. */
export interface UnreadPath {
  readonly path: string;
  readonly reason: UnreadReason;
}

/** A grub.cfg that decides what boots. */
export interface DecidingConfig {
  /** Links resolved. */
  readonly path: string;
  /** Latin1. */
  readonly text: string;
  /** The stub that leads to it; undefined where GRUB reads it first. */
  readonly through: string | undefined;
  /** The firmware that it is for; `any` where the same file serves both or where only one can be meant. */
  readonly firmware: 'efi' | 'bios' | 'any';
}

/** GRUB boots this machine. */
export interface GrubFinding {
  readonly kind: 'grub2';
  /** Where there is more than one, it can't be told which the machine reads: both decide. */
  readonly configs: readonly DecidingConfig[];
  /** Other grub.cfg with entries, which this machine does not read. */
  readonly inactive: readonly string[];
  /** Files that would have helped to decide. */
  readonly unread: readonly UnreadPath[];
}

/** systemd-boot boots this machine. */
export interface SystemdBootFinding {
  readonly kind: 'systemd-boot';
  readonly loaderConf: string | undefined;
  /** Directories of entry files, on the ESP and on the extended boot partition. */
  readonly entryDirectories: readonly string[];
  readonly evidence: readonly LayoutEvidence[];
}

/** Something boots this machine that is not edited here. */
export interface RefusedFinding {
  readonly kind: 'refused';
  readonly layout: RefusedLayout;
  /** The program or file to use instead; empty where there is none. */
  readonly tool: string;
  readonly evidence: readonly LayoutEvidence[];
}

/** No loader's configuration was found, though there are kernels. */
export interface MissingFinding {
  readonly kind: 'missing';
  /** What was looked for, likeliest first; a file that a stub names comes first. */
  readonly expected: readonly string[];
  readonly unread: readonly UnreadPath[];
}

/** Which loader boots a machine, and by what evidence. */
export type LoaderFinding = GrubFinding | SystemdBootFinding | RefusedFinding | MissingFinding;
