import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import { type Distribution, type KernelFamily, kernelOrigin } from './kernel-family.ts';
import { compareNumbers, parseRelease } from './release.ts';

/** A word that a kernel takes, or seems to, and that does nothing there, as its own source says. */
export interface IgnoredValue {
  /** `does-nothing`: the handler is there for old command lines only; `rejected`: it does not take this value. */
  readonly how: 'does-nothing' | 'rejected';
  readonly source: string;
}

interface Row extends IgnoredValue {
  readonly name: string;
  /** undefined where no value does anything. */
  readonly value: string | undefined;
  /** First version of the base; vendors who carry handlers back are not among the families. */
  readonly from: readonly number[];
  /** undefined for every builder. */
  readonly families: readonly (KernelFamily | undefined)[] | undefined;
}

/** Red Hat’s kernels from 6 to 8 work `auto` out by themselves; what others took over of that was not read. */
const WITHOUT_AUTO: readonly KernelFamily[] = [
  ...([
    'mainline',
    'debian',
    'ubuntu',
    'fedora',
    'arch',
    'suse',
    'elrepo',
    'photon',
    'rhel9',
    'rhel10',
  ] as const),
];
/** The controller is on by default there, and nothing takes the word. */
const WITHOUT_ENABLE: readonly KernelFamily[] = [
  ...([
    'mainline',
    'ubuntu',
    'fedora',
    'arch',
    'suse',
    'elrepo',
    'rhel7',
    'rhel8',
    'rhel9',
    'rhel10',
  ] as const),
];

const ROWS: readonly Row[] = [
  {
    name: 'elevator',
    value: undefined,
    from: [5, 0],
    families: undefined,
    how: 'does-nothing',
    source:
      'block/elevator.c, elevator_setup(): only a warning since the single-queue block layer went (5.0)',
  },
  {
    name: 'swapaccount',
    value: undefined,
    from: [6, 1],
    families: undefined,
    how: 'does-nothing',
    source: 'mm/memcontrol.c, setup_swap_account(): only a warning since 6.1',
  },
  {
    name: 'crashkernel',
    value: 'auto',
    from: [2, 6],
    families: WITHOUT_AUTO,
    how: 'rejected',
    source: 'kernel/crash_core.c, parse_crashkernel_simple(): a size is wanted; auto is of RHEL 6 to 8',
  },
  {
    name: 'cgroup_enable',
    value: 'memory',
    from: [2, 6],
    families: WITHOUT_ENABLE,
    how: 'rejected',
    source: 'not in mainline: only Debian’s kernels up to 8 and those for the Raspberry Pi take it',
  },
];

/**
 * Why a word does nothing on a kernel though its name may be taken; undefined where nothing is known against it.
 *
 * @param release as the kernel says it
 * @param distribution the host that the kernel is installed on, undefined where it isn't known
 */
export function ignoredValue(
  release: string,
  distribution: Distribution | undefined,
  word: string,
): IgnoredValue | undefined {
  const { name, value } = parseParameter(word);
  const rows = ROWS.filter((one) => isSameName(one.name, name));
  const parsed = rows.length === 0 ? undefined : parseRelease(release);
  if (parsed === undefined) return undefined;
  const { family } = kernelOrigin(parsed, distribution);
  const row = rows.find(
    (one) =>
      (one.value === undefined ? value !== undefined : listTokens(value).includes(one.value)) &&
      compareNumbers(parsed.numbers, one.from) >= 0 &&
      (one.families === undefined || one.families.includes(family)),
  );
  return row && { how: row.how, source: row.source };
}
