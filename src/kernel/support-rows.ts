import type { KernelFamily } from './kernel-family.ts';

/** `unknown` is an answer: nobody has read it, or those who say so disagree. */
export type Known = 'y' | 'n' | 'unknown';

/** What a kernel does with the tokens of `cgroup.memory=`. */
export interface TokenSupport {
  /** `cgroup.memory=` itself has a handler. */
  readonly handler: Known;
  readonly nokmem: Known;
  readonly nosocket: Known;
  readonly nobpf: Known;
}

/** What is known of a range of releases of one family. */
export interface SupportRow extends TokenSupport {
  readonly family: KernelFamily;
  /** First release of the range, its numbers only. */
  readonly from: string;
  /** Last release of the range, included; a field `x` stands for any number. */
  readonly to: string;
  /**
   * Whether cgroup v1 accounts kernel memory without anyone asking: `off` means only where a kmem limit is written,
   * `off-unless-token` only where the word `cgroup.memory=kmem` asks for it, `none` that there are no per-cgroup slab caches to leak.
   */
  readonly kmemDefault: 'on' | 'off' | 'off-unless-token' | 'none' | 'unknown';
  /** Whether the slab memory of dead cgroups comes back; `y` also where no cgroup has slab caches of its own. */
  readonly leakFixed: Known | 'partial';
  /** The token is understood but acts on the unified hierarchy (cgroup v2) only. */
  readonly isNokmemV2Only: boolean;
  /** Where this was read, or why it isn't settled. */
  readonly source: string;
  /** `source-read`: the code of that build or of its base; `changelog`: the vendor's text, or it follows from the base. */
  readonly confidence: 'source-read' | 'changelog' | 'report';
}

type RowData = readonly [
  from: string,
  to: string,
  tokens: TokenSupport,
  kmemDefault: SupportRow['kmemDefault'],
  leakFixed: SupportRow['leakFixed'],
  confidence: SupportRow['confidence'],
  source: string,
];

const NO_HANDLER: TokenSupport = { handler: 'n', nokmem: 'n', nosocket: 'n', nobpf: 'n' };
/** RHEL 7 carried back `nokmem` alone. */
const NOKMEM_ALONE: TokenSupport = { handler: 'y', nokmem: 'y', nosocket: 'n', nobpf: 'n' };
const BEFORE_NOBPF: TokenSupport = { handler: 'y', nokmem: 'y', nosocket: 'y', nobpf: 'n' };
const ALL_TOKENS: TokenSupport = { handler: 'y', nokmem: 'y', nosocket: 'y', nobpf: 'y' };
/** A base with both old tokens; whether the vendor carried `nobpf` back was not looked up. */
const NOBPF_OPEN: TokenSupport = { handler: 'y', nokmem: 'y', nosocket: 'y', nobpf: 'unknown' };
const UNSETTLED: TokenSupport = {
  handler: 'unknown',
  nokmem: 'unknown',
  nosocket: 'unknown',
  nobpf: 'unknown',
};

const NO_LEAK = 'no slab caches per cgroup before 3.8, so nothing to leak';
const EL7_SPEC =
  "no such entry in kernel.spec's changelog from 2013 to 514.26.2 (scality/centos-kernel d6bfd60)";
const EL7_BACKPORT =
  'commit 04823c833b3e is first carried back in 1062.el7 (ctrliq/kernel-src-tree, ciq_backports)';

// biome-ignore format: one row a line
const MAINLINE: readonly RowData[] = [
  ['2.6.25', '3.7.x', NO_HANDLER, 'none', 'y', 'changelog', NO_LEAK],
  ['3.8', '3.19.x', NO_HANDLER, 'off', 'n', 'changelog', 'slab caches per cgroup since 3.8, never given back'],
  ['4.0', '4.4.x', NO_HANDLER, 'off', 'partial', 'source-read', '4.4.178 mm/memcontrol.c; d6e0b7fa1186 in 4.0'],
  ['4.5', '4.5.x', BEFORE_NOBPF, 'off', 'partial', 'source-read', '4.5 mm/memcontrol.c; 04823c833b3e, f7e1cb6ec51b'],
  ['4.6', '4.6.x', BEFORE_NOBPF, 'on', 'partial', 'source-read', '4.6.2 mm/memcontrol.c; b313aeee2509'],
  ['4.7', '5.2.x', BEFORE_NOBPF, 'on', 'partial', 'changelog', '73f576c04b94; slab pages still pin dead cgroups'],
  ['5.3', '5.8.x', BEFORE_NOBPF, 'on', 'partial', 'changelog', 'fb2f2b0adb98 hands slab caches to the parent'],
  ['5.9', '6.2.x', BEFORE_NOBPF, 'on', 'y', 'source-read', '9855609bde03; mm/memcontrol.c of 5.10, 6.1 and 6.2.1'],
  ['6.3', '7.3.x', ALL_TOKENS, 'on', 'y', 'source-read', 'b6c1a8af5b1e; mm/memcontrol.c of 6.12 and 7.3-rc7'],
];

// biome-ignore format: one row a line
const RHEL7: readonly RowData[] = [
  ['3.10.0-54', '3.10.0-123.x', NO_HANDLER, 'off', 'n', 'changelog', EL7_SPEC],
  ['3.10.0-229', '3.10.0-327.x', NO_HANDLER, 'off', 'n', 'changelog', EL7_SPEC],
  ['3.10.0-514', '3.10.0-514', NO_HANDLER, 'off', 'n', 'source-read', 'mm/memcontrol.c in Shun-Hao/linux-3.10.0-514.el7'],
  ['3.10.0-514.1.1', '3.10.0-514.26.2', NO_HANDLER, 'off', 'n', 'changelog', EL7_SPEC],
  ['3.10.0-514.27', '3.10.0-514.x', UNSETTLED, 'off', 'unknown', 'report', 'extended updates of 7.3 were not seen'],
  ['3.10.0-693', '3.10.0-693', NO_HANDLER, 'off', 'n', 'changelog', EL7_BACKPORT],
  ['3.10.0-693.1.1', '3.10.0-693.60.x', UNSETTLED, 'off', 'n', 'report', 'updates of 7.4 were not seen'],
  ['3.10.0-693.61.1', '3.10.0-693.x', UNSETTLED, 'off', 'y', 'changelog', 'RHSA-2019:4058, bug 1748234'],
  ['3.10.0-862', '3.10.0-862', NO_HANDLER, 'off', 'n', 'changelog', EL7_BACKPORT],
  ['3.10.0-862.2.3', '3.10.0-862.44.1', UNSETTLED, 'off', 'n', 'report', 'updates of 7.5 were not seen'],
  ['3.10.0-862.44.2', '3.10.0-862.x', UNSETTLED, 'off', 'y', 'changelog', 'RHSA-2019:3967, bugs 1748236 and 1741918'],
  ['3.10.0-957', '3.10.0-957', NO_HANDLER, 'off', 'partial', 'changelog', EL7_BACKPORT],
  ['3.10.0-957.1.3', '3.10.0-957.38.0', UNSETTLED, 'off', 'partial', 'report', 'reports disagree (docker/for-linux#841)'],
  ['3.10.0-957.38.1', '3.10.0-957.x', UNSETTLED, 'off', 'y', 'report', '957.38.1 is quoted as fixed with three others'],
  ['3.10.0-958', '3.10.0-1061.x', UNSETTLED, 'off', 'partial', 'report', 'internal builds before 7.7'],
  ['3.10.0-1062', '3.10.0-1062', NOKMEM_ALONE, 'off', 'partial', 'source-read', 'mm/memcontrol.c in dcui/RHEL77'],
  ['3.10.0-1062.1.1', '3.10.0-1062.4.0', NOKMEM_ALONE, 'off', 'partial', 'changelog', 'built on the source of 1062.el7'],
  ['3.10.0-1062.4.1', '3.10.0-1062.x', NOKMEM_ALONE, 'off', 'y', 'changelog', 'RHSA-2019:3055, bugs 1752421 and 1741920'],
  ['3.10.0-1063', '3.10.0-1074.x', NOKMEM_ALONE, 'off', 'partial', 'report', 'internal builds; bug 1507149 closed in 1075'],
  ['3.10.0-1075', '3.10.0-1126.x', NOKMEM_ALONE, 'off', 'y', 'report', 'internal builds; bug 1507149 closed in 1075'],
  ['3.10.0-1127', '3.10.0-1127.x', NOKMEM_ALONE, 'off', 'y', 'source-read', 'mm/memcontrol.c in jiho-dev/linux-3.10.0-1127'],
  ['3.10.0-1160', '3.10.0-1160.x', NOKMEM_ALONE, 'off', 'y', 'source-read', 'mm/memcontrol.c in tremb1e/linux-3.10.0-1160.el7'],
];

const EL_LIKE =
  'known by its release string only; whether it is built from openEuler, which has the accounting off, was not read';
const OPENEULER_OFF = 'cgroup_memory_nokmem = true: off unless cgroup.memory=kmem';

// biome-ignore format: one row a line
const OPENEULER: readonly RowData[] = [
  ['4.19.90', '4.19.90-x', NOBPF_OPEN, 'off-unless-token', 'partial', 'source-read', `${OPENEULER_OFF}; openeuler-mirror/kernel 0d6c7d19866f`],
  ['5.10.0-4.5.0.18', '5.10.0-x', BEFORE_NOBPF, 'off-unless-token', 'y', 'source-read', `${OPENEULER_OFF}; openeuler-mirror/kernel 0030a2ab2f61`],
  ['6.1.19', '6.4.0-x', NOBPF_OPEN, 'on', 'y', 'changelog', 'kernel.spec of oe2303 and oe2309 has no such entry'],
  ['6.6.0-6.0.0.3', '6.6.0-x', NOBPF_OPEN, 'off-unless-token', 'y', 'changelog', `${OPENEULER_OFF}; kernel.spec cd14b57286`],
];

// biome-ignore format: one row a line
const PHOTON: readonly RowData[] = [
  ['4.4', '4.4.x', NO_HANDLER, 'off', 'partial', 'source-read', 'vmware/photon SPECS/linux 0e4dad0d74: 103 files, none has nokmem'],
  ['4.9', '4.9.x', NOBPF_OPEN, 'on', 'partial', 'changelog', 'vmware/photon 1d6687ab2a: base 4.9'],
];

// biome-ignore format: one row a line
const TENCENTOS: readonly RowData[] = [
  ['4.14', '4.14.x', NOBPF_OPEN, 'on', 'partial', 'source-read', 'Tencent/TencentOS-kernel mm/memcontrol.c e8be225280'],
  ['4.18', '5.4.x', NOBPF_OPEN, 'on', 'partial', 'source-read', 'Tencent/TencentOS-kernel 0779e15fee (5.4.87 to 5.4.119)'],
];

/** Families with one row; at other releases their mainline base counts. */
// biome-ignore format: one row a line
const ONE_ROW_FAMILIES: readonly (readonly [family: KernelFamily, rows: readonly RowData[]])[] = [
  ['rhel7-alt', [['4.11.0', '4.14.0-115.x', BEFORE_NOBPF, 'on', 'partial', 'changelog', 'kernel-alt: base 4.11 or 4.14']]],
  ['rhel8', [['4.18.0-80', '4.18.0-553.x', NOBPF_OPEN, 'on', 'unknown', 'changelog', 'base 4.18; slab rework carried back']]],
  ['rhel9', [['5.14.0-1', '5.14.0-x', NOBPF_OPEN, 'on', 'y', 'changelog', 'base 5.14']]],
  ['rhel10', [['6.12.0-1', '6.12.0-x', ALL_TOKENS, 'on', 'y', 'changelog', 'base 6.12']]],
  ['anolis', [['4.19', '4.19.x', NOBPF_OPEN, 'on', 'partial', 'changelog', 'alibaba/cloud-kernel f87df119e2: memcg_kmem_cache_wq is there']]],
  ['opencloudos', [['5.4', '5.4.x', NOBPF_OPEN, 'on', 'partial', 'source-read', 'randoruf/OpenCloudOS-Kernel 96d65459, 83f972b2, 13099e11']]],
  ['deepin', [['6.6', '6.6.x', NOBPF_OPEN, 'off-unless-token', 'y', 'changelog', 'deepin-community/kernel pull 967 (since 2025-07-22)']]],
  ['photon-esx', [
    ['4.19.190', '4.19.x', NOBPF_OPEN, 'none', 'y', 'source-read', 'CONFIG_MEMCG_KMEM off since 2021-04-06: vmware/photon d5f503b8a8'],
    ['5.10.35', '5.10.x', NOBPF_OPEN, 'none', 'y', 'source-read', 'CONFIG_MEMCG_KMEM off since 2021-04-06: vmware/photon efd673e788'],
  ]],
  ...(['kylin', 'uos', 'ctyunos', 'bclinux', 'euleros'] as const).map(
    (family) => [family, [['4.18', '6.x', UNSETTLED, 'unknown', 'unknown', 'report', EL_LIKE]]] as const,
  ),
];

// biome-ignore format: one row a line
const DEBIAN: readonly RowData[] = [
  ['3.2', '3.16.x', NO_HANDLER, 'none', 'y', 'report', 'memory controller off unless cgroup_enable=memory'],
  ['4.9', '4.19.x', BEFORE_NOBPF, 'on', 'partial', 'changelog', 'bases 4.9 and 4.19'],
  ['5.10', '5.10.x', BEFORE_NOBPF, 'on', 'y', 'source-read', 'image of linux-image-5.10.0-32-amd64 5.10.223-1'],
  ['6.1', '6.1.x', BEFORE_NOBPF, 'on', 'y', 'source-read', 'image of linux-image-6.1.0-56-amd64 6.1.192-2'],
  ['6.12', '6.12.x', ALL_TOKENS, 'on', 'y', 'source-read', 'image of linux-image-6.12.117+deb12-amd64'],
];

// biome-ignore format: one row a line
const UBUNTU: readonly RowData[] = [
  ['3.13.0-1', '4.3.x', UNSETTLED, 'off', 'unknown', 'report', "trusty's patches were not seen"],
  ['4.4.0-21', '4.4.0-x', NO_HANDLER, 'off', 'partial', 'source-read', 'images of 4.4.0-21, -142, -210, -1128-aws; the id fix is from -38 on'],
  ['4.8.0', '4.9.x', BEFORE_NOBPF, 'on', 'partial', 'changelog', 'bases 4.8 and 4.9'],
  ['4.10.0-9', '5.4.0-x', BEFORE_NOBPF, 'on', 'partial', 'source-read', 'linuxium/ubuntu 93f21e1c, 1804eeac; images of 4.15.0-20, -213, 5.4.0-150'],
  ['5.11.0', '5.14.x', NOBPF_OPEN, 'on', 'y', 'changelog', 'bases 5.11 to 5.14'],
  ['5.15.0', '5.15.0-x', BEFORE_NOBPF, 'on', 'y', 'source-read', 'image of 5.15.0-204'],
  ['5.16', '6.2.x', NOBPF_OPEN, 'on', 'y', 'changelog', 'bases 5.17 to 6.2'],
  ['6.3', '7.x', ALL_TOKENS, 'on', 'y', 'changelog', 'base 6.3 or later'],
];

// biome-ignore format: one row a line
const SUSE: readonly RowData[] = [
  ['3.12.28', '3.12.x', UNSETTLED, 'off', 'unknown', 'report', 'SLE 12 and its SP1 were not seen'],
  ['4.4.21', '4.4.x', UNSETTLED, 'unknown', 'unknown', 'report', 'SLE 12 SP2 and SP3 carry much back; not seen'],
  ['4.12.14', '4.12.x', NOBPF_OPEN, 'on', 'partial', 'changelog', 'base 4.12: SLE 12 SP4 and SP5, SLE 15 and its SP1'],
  ['5.3.18', '5.8.x', NOBPF_OPEN, 'on', 'partial', 'changelog', 'base 5.3: SLE 15 SP2 and SP3'],
  ['5.9', '6.2.x', NOBPF_OPEN, 'on', 'y', 'changelog', 'base 5.14: SLE 15 SP4 and SP5'],
  ['6.3', '6.4.x', ALL_TOKENS, 'on', 'y', 'changelog', 'base 6.4: SLE 15 SP6 and later'],
];

// biome-ignore format: one row a line
const AMAZON: readonly RowData[] = [
  ['3.14', '4.4.x', UNSETTLED, 'off', 'unknown', 'report', "Amazon Linux 1's patches were not seen"],
  ['4.9', '5.4.x', NOBPF_OPEN, 'on', 'partial', 'changelog', 'bases 4.9 to 5.4'],
  ['5.10', '6.2.x', NOBPF_OPEN, 'on', 'y', 'changelog', 'bases 5.10 to 6.1'],
  ['6.3', '6.12.x', ALL_TOKENS, 'on', 'y', 'changelog', 'base 6.12'],
];

// biome-ignore format: one row a line
const ORACLE_UEK: readonly RowData[] = [
  ['3.8.13', '3.8.13-x', UNSETTLED, 'off', 'unknown', 'report', 'UEK3 was not seen'],
  ['4.1.12', '4.1.12-x', UNSETTLED, 'off', 'unknown', 'report', 'UEK4 was not seen'],
  ['4.14.35', '5.4.17-x', NOBPF_OPEN, 'on', 'partial', 'changelog', 'UEK5 and UEK6: bases 4.14 and 5.4'],
  ['5.15.0', '6.2.x', NOBPF_OPEN, 'on', 'y', 'changelog', 'UEK7: base 5.15'],
  ['6.3', '6.12.x', ALL_TOKENS, 'on', 'y', 'changelog', 'UEK8: base 6.12'],
];

// biome-ignore format: one row a line
const OPENVZ: readonly RowData[] = [
  ['2.6.32', '2.6.32-x', NO_HANDLER, 'none', 'y', 'report', NO_LEAK],
  ['3.10.0-123', '3.10.0-1061.x', UNSETTLED, 'unknown', 'unknown', 'report', 'vz7 patches the controller itself'],
  ['3.10.0-1062', '3.10.0-1160.x', NOKMEM_ALONE, 'unknown', 'unknown', 'report', 'vzkernel 0030d1bf4411 has the handler'],
];

/** Every row, the rows of a family in the order of their releases. */
export const SUPPORT_ROWS: readonly SupportRow[] = [
  ...rowsOf('mainline', MAINLINE),
  ...rowsOf('rhel7', RHEL7),
  ...rowsOf('debian', DEBIAN),
  ...rowsOf('ubuntu', UBUNTU),
  ...rowsOf('suse', SUSE),
  ...rowsOf('amazon-linux', AMAZON),
  ...rowsOf('oracle-uek', ORACLE_UEK),
  ...rowsOf('openvz', OPENVZ),
  ...rowsOf('openeuler', OPENEULER),
  ...rowsOf('photon', PHOTON),
  ...rowsOf('tencentos', TENCENTOS),
  ...ONE_ROW_FAMILIES.flatMap(([family, rows]) => rowsOf(family, rows)),
];

function rowsOf(family: KernelFamily, rows: readonly RowData[]): SupportRow[] {
  return rows.map(([from, to, tokens, kmemDefault, leakFixed, confidence, source]) => ({
    family,
    from,
    to,
    ...tokens,
    kmemDefault,
    leakFixed,
    isNokmemV2Only: family === 'mainline' && from === '4.5',
    source,
    confidence,
  }));
}
