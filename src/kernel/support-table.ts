import { type Distribution, type KernelFamily, kernelOrigin } from './kernel-family.ts';
import { compareNumbers, parseRelease } from './release.ts';
import { SUPPORT_ROWS, type SupportRow } from './support-rows.ts';

export type { Distribution, KernelFamily } from './kernel-family.ts';
export type { Known, SupportRow } from './support-rows.ts';

/** Builders that ship mainline as it is, so that its rows are theirs at every version. */
const UNPATCHED: readonly (KernelFamily | undefined)[] = ['mainline', 'elrepo', 'fedora', 'arch'];

/** From here on every kernel has the handler and both its first tokens, for cgroup v1 and v2 (commit b313aeee2509). */
const FIRST_WITH_BOTH = [4, 6];

/**
 * What is known of a kernel by its release: the narrowest row of its family, else mainline's row where the family adds
 * nothing that counts. An older kernel of a vendor without a row stays open, as vendors carry features back.
 *
 * A site can rebuild a kernel under the vendor's own release with accounting compiled out (scality/centos-kernel
 * fb13977): the kernel's own config tells, the release doesn't.
 *
 * @param release as the kernel says it (`uname -r`)
 * @param distribution the host that the kernel is installed on, undefined where it isn't known
 * @returns the row, its confidence lowered where the release is a rebuild's or its builder isn't known; undefined where
 *   nothing is known
 */
export function lookUpSupport(
  release: string,
  distribution: Distribution | undefined,
): SupportRow | undefined {
  const parsed = parseRelease(release);
  if (parsed === undefined) return undefined;
  const { family, isRebuilt } = kernelOrigin(parsed, distribution);
  const own = narrowestRow(family, parsed.numbers);
  if (own !== undefined) return isRebuilt ? { ...own, confidence: 'report' } : own;
  const mainline = narrowestRow('mainline', parsed.numbers);
  if (mainline === undefined || UNPATCHED.includes(family)) return mainline;
  if (compareNumbers(parsed.numbers, FIRST_WITH_BOTH) < 0) return undefined;
  return { ...mainline, confidence: family === undefined ? 'report' : 'changelog' };
}

function narrowestRow(family: KernelFamily | undefined, numbers: readonly number[]): SupportRow | undefined {
  let narrowest: SupportRow | undefined;
  for (const row of SUPPORT_ROWS) {
    if (row.family !== family) continue;
    if (compareNumbers(rangeNumbers(row.from), numbers) > 0) continue;
    if (compareNumbers(numbers, rangeNumbers(row.to)) > 0) continue;
    if (narrowest === undefined || compareNumbers(rangeNumbers(narrowest.from), rangeNumbers(row.from)) < 0) {
      narrowest = row;
    }
  }
  return narrowest;
}

/** The numbers of a bound; `x` is above every number. */
function rangeNumbers(bound: string): readonly number[] {
  return bound.split(/[.-]/).map((field) => (field === 'x' ? Number.POSITIVE_INFINITY : Number(field)));
}
