import { listTokens } from './comma-list.ts';

/**
 * How a parameter that may stand more than once keeps its occurrences apart. Two words of one slot are two values for the
 * same thing: setting one replaces the other. Words of different slots stand side by side.
 */
export interface SlotRule {
  readonly names: readonly string[];
  /** What of the value names the slot. */
  readonly slot: (value: string) => string;
  /**
   * For values that are lists of options which add up: tokens of which only one can hold. A token with a `=` or `:` is
   * the option in front of it.
   */
  readonly tokens?: readonly (readonly string[])[];
}

const wholeValue = (value: string): string => value;
const before =
  (mark: string) =>
  (value: string): string => {
    const end = value.indexOf(mark);
    return end === -1 ? '' : value.slice(0, end);
  };
const upTo =
  (mark: string) =>
  (value: string): string =>
    value.split(mark, 1)[0] ?? '';

/** `ttyS0` of `ttyS0,115200n8`; of `uart8250,io,0x3f8,9600n8` the port, too. */
function consoleDevice(value: string): string {
  const [device = '', kind, address] = value.split(',');
  return device.startsWith('uart') && address !== undefined ? `${device},${kind},${address}` : device;
}

/** `uart8250,mmio32,0xfe000000` without the options behind it; `pl011,0x9000000` where no kind stands between. */
function earlyConsole(value: string): string {
  const [device = '', ...rest] = value.split(',');
  return [device, ...rest.slice(0, /^(?:mmio|io)/.test(rest[0] ?? '') ? 2 : 1)].join(',');
}

function crashkernelSuffix(value: string): string {
  return /,(?:high|low|cma)$/.exec(value)?.[0] ?? '';
}

/** The interface of dracut's `ip=`: `ip=eth0:dhcp`, `ip=CLIENT:PEER:GATEWAY:MASK:HOST:eth0:none`; none for `ip=dhcp`. */
function networkInterface(value: string): string {
  const fields = value.replaceAll(/\[[^\]]*\]/g, 'address').split(':');
  if (fields.length >= 6) return fields[5] ?? '';
  return fields.length > 1 ? (fields[0] ?? '') : '';
}

/** WHERE of `WHAT:WHERE[:FSTYPE[:OPTIONS]]`. */
function mountPoint(value: string): string {
  return value.split(':')[1] ?? value;
}

/** The device of `UUID=OPTIONS`; the whole value where none is named. */
function encryptedDevice(value: string): string {
  return /^(?:luks-)?[0-9a-fA-F-]{8,}(?==)/.exec(value)?.[0] ?? value;
}

/** Bytes of `2M`, `1G`: memparse() of the kernel's lib/cmdline.c. */
function pageSize(value: string): string {
  const [, digits = '', unit = ''] = /^([0-9]+|0x[0-9a-fA-F]+)([kKmMgGtTpPeE]?)/.exec(value) ?? [];
  if (digits === '') return value;
  const power = unit === '' ? 0 : 'kmgtpe'.indexOf(unit.toLowerCase()) + 1;
  return String(BigInt(digits) << BigInt(10 * power));
}

/*
 * The file of the kernel (v6.12) or the manual page that says how occurrences count, in front of each group.
 */
const RULES: readonly SlotRule[] = [
  // kernel/printk/printk.c: console_setup(), __add_preferred_console(): one for each driver and index
  { names: ['console'], slot: consoleDevice },
  // drivers/tty/serial/earlycon.c: param_setup_earlycon()
  { names: ['earlycon'], slot: earlyConsole },
  // kernel/crash_reserve.c: get_last_crashkernel(), suffix_tbl
  { names: ['crashkernel'], slot: crashkernelSuffix },
  // mm/hugetlb.c: hugepagesz_setup(), hugepages_setup(); the slot of hugepages is the size in front of it
  { names: ['hugepagesz'], slot: pageSize },
  { names: ['hugepages'], slot: () => '' },
  // drivers/video/fbdev/core/fb_cmdline.c: video_setup(); one for each connector or driver, and one for all
  { names: ['video'], slot: before(':') },
  // drivers/video/fbdev/core/fbcon.c: fb_console_setup(); arch/x86/mm/numa.c: numa_setup()
  { names: ['fbcon'], slot: upTo(':') },
  { names: ['numa'], slot: upTo('=') },
  // arch/x86/kernel/e820.c: parse_memmap_opt(); drivers/acpi/osi.c: osi_setup(); drivers/firmware/efi/fake_mem.c
  // kernel/resource.c: reserve_setup(); drivers/acpi/sysfs.c: acpi_gpe_set_masked_gpes(); net/core/dev.c: netdev_boot_setup()
  // security/integrity/ima/ima_policy.c: policy_setup(); drivers/parport/parport_pc.c: parport_setup()
  {
    names: [
      ...['memmap', 'acpi_osi', 'efi_fake_mem', 'reserve', 'acpi_mask_gpe', 'netdev', 'ether'],
      ...['ima_policy', 'parport'],
    ],
    slot: wholeValue,
  },
  // lib/dynamic_debug.c: ddebug_dyndbg_boot_param_cb(); NAME.dyndbg= of a module likewise
  { names: ['dyndbg'], slot: wholeValue },
  // kernel/trace/trace.c: boot_instance()
  { names: ['trace_instance'], slot: upTo(',') },
  // drivers/md/md-autodetect.c: md_setup(): one for each array
  { names: ['md'], slot: upTo(',') },
  // drivers/pci/pci.c: pci_setup()
  {
    names: ['pci'],
    slot: wholeValue,
    tokens: [
      ['pcie_bus_tune_off', 'pcie_bus_safe', 'pcie_bus_perf', 'pcie_bus_peer2peer'],
      ['bfsort', 'nobfsort'],
      ['use_crs', 'nocrs'],
    ],
  },
  // drivers/iommu/intel/iommu.c: intel_iommu_setup(); drivers/iommu/amd/init.c: parse_amd_iommu_options()
  {
    names: ['intel_iommu', 'amd_iommu'],
    slot: wholeValue,
    tokens: [
      ['on', 'off'],
      ['sm_on', 'sm_off'],
    ],
  },
  // arch/x86/kernel/pci-dma.c: iommu_setup()
  {
    names: ['iommu'],
    slot: wholeValue,
    tokens: [
      ['force', 'noforce', 'off'],
      ['pt', 'nopt'],
      ['merge', 'nomerge'],
    ],
  },
  // arch/x86/kernel/acpi/boot.c: parse_acpi(); drivers/firmware/efi/efi.c: parse_efi_cmdline()
  {
    names: ['acpi', 'efi'],
    slot: wholeValue,
    tokens: [
      ['off', 'on', 'force', 'ht'],
      ['runtime', 'noruntime'],
    ],
  },
  // arch/x86/kernel/cpu/mce/core.c: mcheck_enable(); init/main.c: initcall_blacklist()
  // cgroup_enable() of Debian's and the Raspberry Pi's kernels
  {
    names: ['mce', 'initcall_blacklist', 'cgroup_enable'],
    slot: wholeValue,
    tokens: [['bootlog', 'nobootlog']],
  },
  // drivers/acpi/pci_link.c: acpi_irq_isa() and its like
  { names: ['acpi_irq_isa', 'acpi_irq_pci'], slot: wholeValue, tokens: [] },
  // modprobe(8); dracut.cmdline(7)
  {
    names: ['modprobe.blacklist', 'rd.driver.blacklist', 'rd.driver.pre', 'rd.driver.post', 'rdblacklist'],
    slot: wholeValue,
    tokens: [],
  },
  // dracut.cmdline(7)
  {
    names: [
      ...['rd.lvm.lv', 'rd.lvm.vg', 'rd.luks.uuid', 'rd.luks.partuuid', 'rd.luks.serial', 'luks.uuid'],
      ...['rd.md.uuid', 'rd.dm.uuid', 'rd.znet', 'rd.dasd', 'rd.zfcp', 'rd.route', 'rd.peerdns'],
      ...['rd.nvmf.discover', 'netroot', 'nameserver', 'rd.hostonly'],
    ],
    slot: wholeValue,
  },
  { names: ['ip'], slot: networkInterface },
  { names: ['ifname', 'vlan', 'bond', 'team', 'bridge'], slot: upTo(':') },
  // systemd-cryptsetup-generator(8), initramfs-tools(7)
  { names: ['rd.luks.name', 'luks.name'], slot: upTo('=') },
  { names: ['rd.luks.key', 'luks.key', 'rd.luks.options', 'luks.options'], slot: encryptedDevice },
  { names: ['cryptopts'], slot: (value) => /(?:^|,)target=([^,]*)/.exec(value)?.[1] ?? '' },
  // systemd(1), systemd-debug-generator(8), systemd-fstab-generator(8)
  {
    names: ['systemd.mask', 'systemd.wants', 'rd.systemd.mask', 'rd.systemd.wants'],
    slot: wholeValue,
  },
  { names: ['systemd.setenv', 'rd.systemd.setenv'], slot: upTo('=') },
  { names: ['systemd.set_credential', 'systemd.set_credential_binary'], slot: upTo(':') },
  { names: ['systemd.mount-extra', 'rd.systemd.mount-extra'], slot: mountPoint },
  { names: ['systemd.swap-extra', 'rd.systemd.swap-extra'], slot: upTo(':') },
];

/** By name, with `_` for every `-`, as the kernel compares names. */
const RULE_OF: ReadonlyMap<string, SlotRule> = new Map(
  RULES.toReversed().flatMap((rule) => rule.names.map((name) => [name.replaceAll('-', '_'), rule] as const)),
);

/** How occurrences of a parameter are kept apart; undefined where all of them are values for one thing. */
export function slotRule(name: string): SlotRule | undefined {
  return RULE_OF.get(name.replaceAll('-', '_')) ?? dyndbgOfModule(name);
}

function dyndbgOfModule(name: string): SlotRule | undefined {
  return name.endsWith('.dyndbg') ? slotRule('dyndbg') : undefined;
}

/** Whether a word of this parameter may stand beside another one of it. */
export function isRepeatable(name: string): boolean {
  return slotRule(name) !== undefined;
}

/** The options in a value of such a list; undefined where the value is none. */
export function optionTokens(name: string, value: string | undefined): readonly string[] | undefined {
  return slotRule(name)?.tokens === undefined ? undefined : listTokens(value);
}

/** What an option of a list is about: a token of the same subject takes its place. */
export function tokenSubject(name: string, token: string): string {
  const option = token.split(/[=:]/, 1)[0] ?? '';
  const group = slotRule(name)?.tokens?.find((tokens) => tokens.includes(option));
  return group?.[0] ?? option;
}
