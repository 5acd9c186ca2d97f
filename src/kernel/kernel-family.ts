import type { Release } from './release.ts';

/** What a host's os-release(5) says of it; lower-case ids, as there. */
export interface Distribution {
  /** `ID`. */
  readonly id: string;
  /** `ID_LIKE`, closest first. */
  readonly idLike: readonly string[];
  /** `VERSION_ID`, empty where there is none. */
  readonly versionId: string;
}

/** Who built a kernel, as far as that decides which features were carried back to it. */
export type KernelFamily =
  | 'mainline'
  | 'rhel7'
  | 'rhel7-alt'
  | 'rhel8'
  | 'rhel9'
  | 'rhel10'
  | 'fedora'
  | 'arch'
  | 'debian'
  | 'ubuntu'
  | 'suse'
  | 'amazon-linux'
  | 'oracle-uek'
  | 'photon'
  | 'photon-esx'
  | 'openvz'
  | 'anolis'
  | 'tencentos'
  | 'opencloudos'
  | 'openeuler'
  | 'euleros'
  | 'kylin'
  | 'uos'
  | 'ctyunos'
  | 'bclinux'
  | 'deepin'
  | 'elrepo';

/** Who built a kernel, as far as its release string tells. */
export interface KernelOrigin {
  /** undefined for a builder that isn't known here. */
  readonly family: KernelFamily | undefined;
  /** The family's release string carries something that the family itself doesn't write: a rebuild. */
  readonly isRebuilt: boolean;
}

/** Release suffixes that name their builder whatever the host is; the first that fits counts. */
const BY_SUFFIX: readonly (readonly [suffix: RegExp, family: KernelFamily, version?: string])[] = [
  [/uek(\.|$)/, 'oracle-uek'],
  [/\.elrepo(\.|$)/, 'elrepo'],
  [/\.vz\d|stab\d/, 'openvz'],
  [/\.amzn\d/, 'amazon-linux'],
  [/\.fc\d/, 'fedora'],
  [/\.ph\d+-esx$/, 'photon-esx'],
  [/\.ph\d/, 'photon'],
  [/\.bclinux(\.|$)/, 'bclinux'],
  [/\.eulerosv\d/, 'euleros'],
  [/\.ky\d+(\.|$)|kylin/, 'kylin'],
  [/\.uelc?\d+(\.|$)|-(amd64|arm64)-desktop$/, 'uos'],
  [/\.ctl\d/, 'ctyunos'],
  [/deepin/, 'deepin'],
  [/\.(al\d+|alios\d+|alnx\d+|an\d+)(\.|$)/, 'anolis'],
  [/\.oe\d/, 'openeuler'],
  [/\.tl\d|tlinux|\.tk\d/, 'tencentos'],
  [/\.oc\d|opencloudos/, 'opencloudos'],
  [/\.el7a(\.|$)/, 'rhel7-alt'],
  [/\.el7(\.|$)/, 'rhel7', '3.10.0'],
  [/\.el8(_\d+)?(\.|$)/, 'rhel8', '4.18.0'],
  [/\.el9(_\d+)?(\.|$)/, 'rhel9', '5.14.0'],
  [/\.el10(_\d+)?(\.|$)/, 'rhel10', '6.12.0'],
  [/[+.]deb\d+|\.bpo\./, 'debian'],
  [/^-arch\d|^-zen\d|^-(lts|hardened)$/, 'arch'],
];

const DEBIAN_FLAVOUR =
  /^-((cloud|rt)-)?(amd64|arm64|686|686-pae|armmp|armmp-lpae|powerpc64le|s390x|riscv64)$/;

const UBUNTU_FLAVOUR =
  /^-(generic|lowlatency|aws|azure|bluefield|dell300x|fips|gcp|gke|gkeop|ibm|intel|iot|kvm|nvidia|oem|oracle|raspi2?|realtime|snapdragon|tegra|virtual|xilinx-zynqmp)(-[a-z0-9]+)*$/;
const SUSE_FLAVOUR = /^-(default|preempt|azure|rt|kvmsmall|64kb|debug|vanilla|xen|desktop|pae|lpae)$/;

/** Flavours that mean something on a host of their distribution only. */
const BY_DISTRIBUTION: readonly (readonly [id: string, flavour: RegExp, family: KernelFamily])[] = [
  ['ubuntu', UBUNTU_FLAVOUR, 'ubuntu'],
  ['debian', DEBIAN_FLAVOUR, 'debian'],
  ['suse', SUSE_FLAVOUR, 'suse'],
  ['opensuse', SUSE_FLAVOUR, 'suse'],
  ['amzn', /^$/, 'amazon-linux'],
  ['tencentos', /^/, 'tencentos'],
  ['opencloudos', /^/, 'opencloudos'],
  ['openeuler', /^/, 'openeuler'],
  ['euleros', /^/, 'euleros'],
  ['kylin', /^/, 'kylin'],
  ['uos', /^/, 'uos'],
  ['uniontech', /^/, 'uos'],
  ['ctyunos', /^/, 'ctyunos'],
  ['bclinux', /^/, 'bclinux'],
  ['deepin', /^/, 'deepin'],
  ['anolis', /^/, 'anolis'],
  ['alinux', /^/, 'anolis'],
];

/** Flavours that tell their distribution where nothing else does. */
const BY_FLAVOUR: readonly (readonly [flavour: RegExp, family: KernelFamily])[] = [
  [DEBIAN_FLAVOUR, 'debian'],
  [/^-(generic|lowlatency)$/, 'ubuntu'],
  [/^-default$/, 'suse'],
];

const RHEL_TAIL =
  /^(\.rt\d+(\.\d+)*)?\.el\d+a?(_\d+)?(\.centos\.plus)?(\.(x86_64|i686|aarch64|ppc64|ppc64le|s390x))?([.+](debug|rt))?$/;

/**
 * Whose kernel this is: by the release's own suffix, else by a flavour that the host's distribution uses, else mainline
 * where nothing follows the numbers.
 *
 * Sources: the distributions' packaging of the release string (EXTRAVERSION and LOCALVERSION in the kernel's Makefile,
 * `%{?dist}` in kernel.spec, debian/config/defines, abi flavours of Ubuntu and SUSE).
 */
export function kernelOrigin(release: Release, distribution: Distribution | undefined): KernelOrigin {
  for (const [suffix, family, version] of BY_SUFFIX) {
    if (!suffix.test(release.suffix)) continue;
    if (version !== undefined && release.numbers.slice(0, 3).join('.') !== version) continue;
    return { family, isRebuilt: family.startsWith('rhel') && !RHEL_TAIL.test(release.suffix) };
  }
  const family = familyByFlavour(release.suffix, distribution);
  if (family !== undefined) return { family, isRebuilt: false };
  const isPlain = release.suffix === '' || /^-rc\d+$/.test(release.suffix);
  return { family: isPlain ? 'mainline' : undefined, isRebuilt: false };
}

function familyByFlavour(suffix: string, distribution: Distribution | undefined): KernelFamily | undefined {
  if (distribution === undefined) return BY_FLAVOUR.find(([flavour]) => flavour.test(suffix))?.[1];
  const ids = [distribution.id, ...distribution.idLike];
  for (const [id, flavour, family] of BY_DISTRIBUTION) {
    if (flavour.test(suffix) && ids.some((own) => own === id || own.startsWith(`${id}-`))) return family;
  }
  return undefined;
}
