import type { LoaderEntryReader } from '../grub/loader-entry/option-text.ts';
import type { EntryOrder } from '../grub/menu/loader-entry-order.ts';
import type { EntryRules } from '../grub/menu/menu-item.ts';
import type { OsRelease } from './os-release.ts';

/** Systems that keep their boot parameters in the same places. `el9` is 9 and later. */
export type BootFamily =
  | 'el7'
  | 'el8'
  | 'el9'
  | 'fedora'
  | 'amazon-2'
  | 'amazon-2023'
  | 'debian'
  | 'ubuntu'
  | 'suse'
  | 'arch'
  | 'other';

/** What a family does when kernels come and when its grub.cfg is made anew. */
export interface FamilyRules {
  /**
   * Where the words of the next kernel's entry come from: a copy of the default entry; the line in grubenv that all
   * entries share; /etc/kernel/cmdline, else the running kernel's; or the defaults file, by a new grub.cfg.
   */
  readonly laterKernels: 'default-entry' | 'kernelopts' | 'kernel-cmdline' | 'defaults-file';
  /** What grub-mkconfig writes besides grub.cfg: the line in grubenv, the options of every entry, or nothing. */
  readonly mkconfigAlsoWrites: 'kernelopts' | 'loader-entries' | 'nothing';
  /** The variable for normal entries: not `_DEFAULT` where Red Hat's tools edit GRUB_CMDLINE_LINUX. */
  readonly defaultsVariable: 'GRUB_CMDLINE_LINUX' | 'GRUB_CMDLINE_LINUX_DEFAULT';
  /** Whether /etc/default/grub.d/*.cfg are read after /etc/default/grub. */
  readonly readsDropIns: boolean;
  /** What /bin/sh is, which reads the defaults file. */
  readonly mkconfigShell: 'dash' | 'bash';
  readonly entryRules: EntryRules;
  /** How blscfg orders entries; undefined where this family's GRUB has no blscfg of its own: then it is upstream's. */
  readonly entryOrder: EntryOrder | undefined;
  /** How blscfg reads an entry file. */
  readonly entryReader: LoaderEntryReader;
  /** Directories below /boot that hold grub.cfg, grubenv and GRUB's modules, the likelier first. */
  readonly grubDirectories: readonly string[];
  /** Programs that write grub.cfg, the one to prefer first. */
  readonly mkconfigPrograms: readonly string[];
}

/*
 * Sources: rhboot/grub2, branches rhel-7.9, rhel-8-main, rhel-9-main, fedora-44 (util/grub-mkconfig.in,
 * util/grub.d/10_linux.in, grub-core/normal/menu.c, grub-core/commands/blscfg.c and blsuki.c); rhboot/grubby
 * (new-kernel-pkg, grubby-bls); grub2's kernel-install plug-in 20-grub.install; Debian's grub2 2.06-13 (patch
 * default-grub-d, zz-update-grub); openSUSE's perl-bootloader. Amazon's and Arch's rows follow the packages that they
 * are built from and were not read themselves.
 */
const upstream: FamilyRules = {
  laterKernels: 'defaults-file',
  mkconfigAlsoWrites: 'nothing',
  defaultsVariable: 'GRUB_CMDLINE_LINUX_DEFAULT',
  readsDropIns: false,
  mkconfigShell: 'bash',
  entryRules: 'upstream',
  entryOrder: undefined,
  entryReader: 'grub-blsuki',
  grubDirectories: ['/boot/grub', '/boot/grub2'],
  mkconfigPrograms: ['grub-mkconfig', 'grub2-mkconfig'],
};

const redHat: FamilyRules = {
  ...upstream,
  defaultsVariable: 'GRUB_CMDLINE_LINUX',
  grubDirectories: ['/boot/grub2', '/boot/grub'],
  mkconfigPrograms: ['grub2-mkconfig'],
};

const withEntryFiles: FamilyRules = {
  ...redHat,
  laterKernels: 'kernel-cmdline',
  entryRules: 'red-hat',
  entryOrder: 'red-hat-2.06',
  entryReader: 'grub-el8',
};

const debian: FamilyRules = {
  ...upstream,
  readsDropIns: true,
  mkconfigShell: 'dash',
  mkconfigPrograms: ['update-grub', 'grub-mkconfig'],
};

/** The rules of each family's GRUB; systemd-boot's are the same everywhere and not told here. */
export const familyRules: Readonly<Record<BootFamily, FamilyRules>> = {
  el7: { ...redHat, laterKernels: 'default-entry' },
  el8: {
    ...withEntryFiles,
    laterKernels: 'kernelopts',
    mkconfigAlsoWrites: 'kernelopts',
    entryOrder: 'red-hat-2.02',
  },
  el9: withEntryFiles,
  fedora: { ...withEntryFiles, mkconfigAlsoWrites: 'loader-entries' },
  'amazon-2': { ...redHat, laterKernels: 'default-entry' },
  'amazon-2023': withEntryFiles,
  debian,
  ubuntu: debian,
  suse: {
    ...upstream,
    grubDirectories: ['/boot/grub2', '/boot/grub'],
    mkconfigPrograms: ['grub2-mkconfig'],
  },
  arch: upstream,
  other: upstream,
};

const RED_HAT_IDS = /^(rhel|centos|rocky|almalinux|ol|scientific|eurolinux|cloudlinux|virtuozzo)$/;

/**
 * Whether one id of a system makes it one of a family; the first that says so decides. `other` claims the versions of a known
 * vendor's that none does.
 */
const IS_MEMBER: Readonly<Record<BootFamily, (id: string, release: OsRelease) => boolean>> = {
  el7: (id, release) =>
    (RED_HAT_IDS.test(id) && majorOf(release) === 7) ||
    (id === 'alinux' && release.versionId?.startsWith('2') === true),
  el8: (id, release) => RED_HAT_IDS.test(id) && majorOf(release) === 8,
  el9: (id, release) => RED_HAT_IDS.test(id) && majorOf(release) >= 9,
  fedora: (id, { idLike }) => id === 'fedora' && !idLike.includes('rhel'),
  'amazon-2': (id, { versionId }) => id === 'amzn' && versionId === '2',
  'amazon-2023': (id, { versionId }) => id === 'amzn' && versionId === '2023',
  debian: (id) => id === 'debian' || id === 'raspbian',
  ubuntu: (id) => id === 'ubuntu',
  suse: (id) => /^(sle|suse|opensuse)/.test(id),
  arch: (id) => id === 'arch',
  other: (id) => id === 'amzn' || RED_HAT_IDS.test(id),
};

const FAMILIES = Object.keys(IS_MEMBER) as readonly BootFamily[];

/**
 * The family of a system, by its own id, else by what it says to be like. A rebuild of Red Hat's whose own version
 * numbers differ (Anolis, Alibaba Cloud Linux) is told by the number in PLATFORM_ID.
 */
export function recognizeFamily(release: OsRelease): BootFamily {
  for (const id of [release.id, ...release.idLike]) {
    const family = FAMILIES.find((one) => IS_MEMBER[one](id, release));
    if (family !== undefined) return family;
  }
  return 'other';
}

/** NaN where it says none. */
function majorOf({ platformId, versionId }: OsRelease): number {
  const platform = /^platform:[a-z]+([0-9]+)$/.exec(platformId ?? '');
  return Number.parseInt(platform?.[1] ?? versionId ?? '', 10);
}
