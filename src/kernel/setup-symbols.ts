import { isSameName, type Parameter } from '../cmdline/parameter.ts';

/** The symbols by which one parameter of `__setup` or `early_param` can be seen in a kernel's symbol list. */
export interface SetupSymbols {
  /** As the kernel registers it: with `=` where it doesn't take the bare name. */
  readonly name: string;
  /** Its handler function, under each name that the kernel has used. */
  readonly handlers: readonly string[];
  /** Where a kernel has none of `handlers`, it has no handler: the names were followed through every version. */
  readonly isEveryName: boolean;
  /** For a list parameter: what a kernel has only where it understands the token. */
  readonly tokens?: ReadonlyMap<string, TokenSymbols>;
}

/** Any of the symbols shows the token; `data` ones are missing from a list without data symbols. */
export interface TokenSymbols {
  readonly text: readonly string[];
  readonly data: readonly string[];
}

/**
 * Sources: mm/memcontrol.c (cgroup_memory() and the flags that it sets), kernel/cgroup/cgroup.c and cgroup-v1.c
 * (kernel/cgroup.c before 4.11), the subsystem named `memory` in mm/memcontrol.c: mem_cgroup_subsys until 3.14,
 * memory_cgrp_subsys after.
 */
const LIST_PARAMETERS: readonly SetupSymbols[] = [
  {
    name: 'cgroup.memory=',
    handlers: ['cgroup_memory'],
    isEveryName: true,
    tokens: new Map([
      ['nokmem', { text: [], data: ['cgroup_memory_nokmem'] }],
      ['nosocket', { text: [], data: ['cgroup_memory_nosocket'] }],
      ['nobpf', { text: [], data: ['cgroup_memory_nobpf'] }],
    ]),
  },
  {
    name: 'cgroup_disable=',
    handlers: ['cgroup_disable'],
    isEveryName: true,
    tokens: new Map([
      ['memory', { text: ['mem_cgroup_css_alloc'], data: ['memory_cgrp_subsys', 'mem_cgroup_subsys'] }],
    ]),
  },
  { name: 'cgroup_no_v1=', handlers: ['cgroup_no_v1'], isEveryName: false },
];

/**
 * Handlers whose presence proves the parameter; another kernel may call them otherwise, so their absence proves nothing.
 *
 * Sources: init/main.c, init/do_mounts.c, init/calibrate.c, kernel/printk/printk.c, kernel/cpu.c, kernel/audit.c,
 * kernel/irq/, kernel/sched/, mm/memcontrol.c, mm/huge_memory.c, mm/hugetlb.c, mm/page_alloc.c, security/.
 */
const HANDLERS: readonly (readonly [name: string, ...handlers: string[]])[] = [
  ['swapaccount=', 'enable_swap_account', 'setup_swap_account'],
  ['reset_devices', 'set_reset_devices'],
  ['debug', 'debug_kernel'],
  ['quiet', 'quiet_kernel'],
  ['loglevel', 'loglevel'],
  ['init=', 'init_setup'],
  ['rdinit=', 'rdinit_setup'],
  ['initcall_blacklist=', 'initcall_blacklist'],
  ['ro', 'readonly'],
  ['rw', 'readwrite'],
  ['root=', 'root_dev_setup'],
  ['rootwait', 'rootwait_setup'],
  ['rootflags=', 'root_data_setup'],
  ['rootfstype=', 'fs_names_setup'],
  ['rootdelay=', 'root_delay_setup'],
  ['lpj=', 'lpj_setup'],
  ['console=', 'console_setup'],
  ['ignore_loglevel', 'ignore_loglevel_setup'],
  ['log_buf_len', 'log_buf_len_setup'],
  ['no_console_suspend', 'console_suspend_disable'],
  ['printk.devkmsg=', 'control_devkmsg'],
  ['nosmp', 'nosmp'],
  ['nr_cpus', 'nrcpus'],
  ['maxcpus', 'maxcpus'],
  ['mitigations', 'mitigations_parse_cmdline'],
  ['audit=', 'audit_enable'],
  ['threadirqs', 'setup_forced_irqthreads'],
  ['irqaffinity=', 'irq_affinity_setup'],
  ['rcu_nocbs=', 'rcu_nocb_setup'],
  ['isolcpus=', 'isolated_cpu_setup', 'housekeeping_isolcpus_setup'],
  ['nohz_full=', 'tick_nohz_full_setup', 'housekeeping_nohz_full_setup'],
  ['schedstats=', 'setup_schedstats'],
  ['numa_balancing=', 'setup_numabalancing'],
  ['psi=', 'setup_psi'],
  ['hashdist=', 'set_hashdist'],
  ['init_on_alloc', 'early_init_on_alloc'],
  ['init_on_free', 'early_init_on_free'],
  ['transparent_hugepage=', 'setup_transparent_hugepage'],
  ['hugepages=', 'hugetlb_nrpages_setup', 'hugepages_setup'],
  ['slub_debug', 'setup_slub_debug'],
  ['elevator=', 'elevator_setup'],
  ['enforcing=', 'enforcing_setup'],
  ['selinux=', 'selinux_enabled_setup'],
  ['apparmor=', 'apparmor_enabled_setup'],
  ['lsm=', 'choose_lsm_order'],
  ['fips=', 'fips_enable'],
  ['ip=', 'ip_auto_config_setup'],
];

/** Every parameter whose handler's symbol is known. */
const SETUP_SYMBOLS: readonly SetupSymbols[] = [
  ...LIST_PARAMETERS,
  ...HANDLERS.map(([name, ...handlers]) => ({ name, handlers, isEveryName: false })),
];

/**
 * What shows the handler of one word's parameter; undefined where none is known by name, or where the kernel doesn't take
 * the bare name.
 */
export function setupSymbolsOf({ name, value }: Parameter): SetupSymbols | undefined {
  return SETUP_SYMBOLS.find((symbols) => {
    const needsValue = symbols.name.endsWith('=');
    if (needsValue && value === undefined) return false;
    return isSameName(needsValue ? symbols.name.slice(0, -1) : symbols.name, name);
  });
}
