import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, type Parameter, parseParameter } from '../cmdline/parameter.ts';

/** Two words of a line that don't go together, or one that needs another. */
export type TogetherFinding =
  /** `word` has no effect beside `other`. */
  | { readonly code: 'contradicts'; readonly word: string; readonly other: string }
  /** `word` does nothing without `needs`. */
  | { readonly code: 'needs'; readonly word: string; readonly needs: string };

/** A word, by name and one of its tokens or its value; without a value any. */
type Pattern = readonly [name: string, value?: string];

/*
 * The first loses to the second. Sources: kernel/cgroup/cgroup.c (cgroup_disable()), security/selinux/hooks.c,
 * security/apparmor/lsm.c, arch/x86/mm/pti.c, kernel/cpu.c (nosmp is maxcpus=0), systemd's kernel-command-line(7).
 */
const CONTRADICTIONS: readonly (readonly [loses: Pattern, wins: Pattern])[] = [
  [
    ['cgroup_enable', 'memory'],
    ['cgroup_disable', 'memory'],
  ],
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
  [['nopti'], ['pti', 'on']],
  [['maxcpus'], ['nosmp']],
  [['crashkernel_high'], ['crashkernel_plain']],
  [
    ['systemd.legacy_systemd_cgroup_controller', '1'],
    ['systemd.unified_cgroup_hierarchy', '1'],
  ],
];

/*
 * Sources: Documentation/admin-guide/kernel-parameters.txt (resume_offset, nfsroot), kernel/crash_core.c (`,low` is read where
 * `,high` was), systemd's kernel-command-line(7).
 */
const NEEDS: readonly (readonly [word: Pattern, needs: Pattern])[] = [
  [['resume_offset'], ['resume']],
  [['crashkernel_low'], ['crashkernel_high']],
  [['rootflags'], ['root']],
  [['systemd.run_success_action'], ['systemd.run']],
  [['systemd.run_failure_action'], ['systemd.run']],
];

/** Words of one line that contradict each other, and such as do nothing for want of another. */
export function findTogether(words: readonly string[]): readonly TogetherFinding[] {
  const parameters = words.map(parseParameter);
  const findings: TogetherFinding[] = [];
  for (const [loses, wins] of CONTRADICTIONS) {
    const loser = parameters.find((one) => fits(one, loses));
    const winner = parameters.find((one) => fits(one, wins));
    if (loser !== undefined && winner !== undefined)
      findings.push({ code: 'contradicts', word: loser.source, other: winner.source });
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

/** `hugepagesz=` says the size of the `hugepages=` behind it, and does nothing without one (mm/hugetlb.c). */
function pageSizesWithoutPages(parameters: readonly Parameter[]): readonly TogetherFinding[] {
  return parameters.flatMap((parameter, index): readonly TogetherFinding[] => {
    if (parameter.name !== 'hugepagesz') return [];
    const next = parameters
      .slice(index + 1)
      .find(({ name }) => name === 'hugepagesz' || name === 'hugepages');
    return next?.name === 'hugepages' ? [] : [{ code: 'needs', word: parameter.source, needs: 'hugepages=' }];
  });
}
