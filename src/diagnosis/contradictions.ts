import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, type Parameter, parseParameter } from '../cmdline/parameter.ts';

/** Two words of a line that don't go together, or one that needs another. */
export type TogetherFinding =
  /** `word` has no effect beside `other`. */
  | { readonly code: 'contradicts'; readonly word: string; readonly other: string }
  /** Which of the two wins is up to the kernel and their order. */
  | { readonly code: 'conflicts'; readonly word: string; readonly other: string }
  /** `word` does nothing without `needs`. */
  | { readonly code: 'needs'; readonly word: string; readonly needs: string }
  /** `word` says something of the `needs` behind it, and there is none. */
  | { readonly code: 'unpaired'; readonly word: string; readonly needs: string };

/** A word, by name and one of its tokens or its value; without a value any. */
type Pattern = readonly [name: string, value?: string];

/*
 * The first loses to the second, in whichever order they stand and in every version that was read: kernel/cgroup/cgroup.c
 * (cgroup_disable()), mm/memcontrol.c, security/selinux/hooks.c, security/apparmor/lsm.c, kernel/cpu.c (nosmp takes the other processors’
 * interrupts away), kernel/crash_core.c (parse_crashkernel() first looks for a word without a suffix), systemd(1).
 */
const CONTRADICTIONS: readonly (readonly [loses: Pattern, wins: Pattern])[] = [
  [
    ['swapaccount', '1'],
    ['cgroup_disable', 'memory'],
  ],
  [['cgroup.memory'], ['cgroup_disable', 'memory']],
  [
    ['enforcing', '1'],
    ['selinux', '0'],
  ],
  [
    ['security', 'selinux'],
    ['selinux', '0'],
  ],
  [
    ['security', 'apparmor'],
    ['apparmor', '0'],
  ],
  [['maxcpus'], ['nosmp']],
  [['crashkernel_high'], ['crashkernel_plain']],
  [
    ['systemd.legacy_systemd_cgroup_controller', '1'],
    ['systemd.unified_cgroup_hierarchy', '1'],
  ],
];

/*
 * Either may win. arch/x86/mm/pti.c: `pti=` until both became early parameters, the last one since. cgroup_enable=memory, where a kernel
 * takes it: that one on the Raspberry Pi’s (raspberrypi/linux 9b0efcc1ec49), the last one on Debian’s up to 8.
 */
const CONFLICTS: readonly (readonly [Pattern, Pattern])[] = [
  [['nopti'], ['pti', 'on']],
  [
    ['cgroup_enable', 'memory'],
    ['cgroup_disable', 'memory'],
  ],
];

/*
 * Sources: Documentation/admin-guide/kernel-parameters.txt (`,low` is read where `,high` was), systemd-run-generator(8).
 *
 * Not here: resume_offset= (initramfs-tools takes the device from its own configuration) and rootflags= (systemd-gpt-auto-generator
 * finds the root without root=).
 */
const NEEDS: readonly (readonly [word: Pattern, needs: Pattern])[] = [
  [['crashkernel_low'], ['crashkernel_high']],
  [['systemd.run_success_action'], ['systemd.run']],
  [['systemd.run_failure_action'], ['systemd.run']],
];

/** Words of one line that contradict each other, and such as do nothing for want of another. */
export function findTogether(words: readonly string[]): readonly TogetherFinding[] {
  const parameters = words.map(parseParameter);
  const findings: TogetherFinding[] = [];
  for (const [code, pairs] of [
    ['contradicts', CONTRADICTIONS],
    ['conflicts', CONFLICTS],
  ] as const) {
    for (const [first, second] of pairs) {
      const word = parameters.find((one) => fits(one, first));
      const other = parameters.find((one) => fits(one, second));
      if (word !== undefined && other !== undefined)
        findings.push({ code, word: word.source, other: other.source });
    }
  }
  for (const [wanting, wanted] of NEEDS) {
    const word = parameters.find((one) => fits(one, wanting));
    if (word !== undefined && !parameters.some((one) => fits(one, wanted)))
      findings.push({ code: 'needs', word: word.source, needs: shown(wanted) });
  }
  return [...findings, ...pageSizesWithoutPages(parameters)];
}

function fits(parameter: Parameter, [name, value]: Pattern): boolean {
  if (name.startsWith('crashkernel_')) return crashkernelSlot(parameter) === name;
  if (!isSameName(parameter.name, name)) return false;
  return value === undefined || parameter.value === value || listTokens(parameter.value).includes(value);
}

/** `crashkernel=` is three parameters by its suffix (kernel/crash_core.c, parse_crashkernel_suffix()). */
function crashkernelSlot({ name, value = '' }: Parameter): string | undefined {
  if (name !== 'crashkernel') return undefined;
  const suffix = /,(high|low)$/.exec(value)?.[1];
  return suffix === undefined ? 'crashkernel_plain' : `crashkernel_${suffix}`;
}

function shown([name, value]: Pattern): string {
  const suffix = /^crashkernel_(high|low)$/.exec(name)?.[1];
  if (suffix !== undefined) return `crashkernel=SIZE,${suffix}`;
  return value === undefined ? `${name}=` : `${name}=${value}`;
}

/** `hugepagesz=` says the size of the `hugepages=` behind it; alone it reserves none (mm/hugetlb.c). */
function pageSizesWithoutPages(parameters: readonly Parameter[]): readonly TogetherFinding[] {
  return parameters.flatMap((parameter, index): readonly TogetherFinding[] => {
    if (parameter.name !== 'hugepagesz') return [];
    const next = parameters
      .slice(index + 1)
      .find(({ name }) => name === 'hugepagesz' || name === 'hugepages');
    return next?.name === 'hugepages'
      ? []
      : [{ code: 'unpaired', word: parameter.source, needs: 'hugepages=' }];
  });
}
