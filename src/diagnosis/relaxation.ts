import type { KernelDiagnosis } from './diagnose.ts';

/** A remedy that stands there and takes more away than is needed by now. */
export interface Relaxation {
  /** The kernel that boots by default, on all of whose normal entries it stands. */
  readonly release: string;
  /** What would do: the milder remedy, or none at all where that kernel does not leak. */
  readonly milder: 'nokmem' | 'none';
  /** Whether it would do for every kernel that a normal entry boots: else older ones keep what they have. */
  readonly isForAll: boolean;
}

/**
 * Whether `cgroup_disable=memory` stands on the default kernel's entries though that kernel is proven to take the milder word, or
 * does not leak: it was needed by an older one.
 *
 * @param kernels as they were diagnosed for the leak
 */
export function relaxationOf(kernels: readonly KernelDiagnosis[]): Relaxation | undefined {
  const normal = kernels.filter(({ hasNormalEntry }) => hasNormalEntry);
  const chosen = normal.find(({ isDefault }) => isDefault);
  if (chosen === undefined || !chosen.inPlace.includes('disable')) return undefined;
  const milder = milderFor(chosen);
  if (milder === undefined) return undefined;
  const isForAll = normal.every((kernel) => milderFor(kernel) === milder);
  return { release: chosen.release, milder, isForAll };
}

function milderFor({ exposure, support }: KernelDiagnosis): Relaxation['milder'] | undefined {
  if (exposure.verdict === 'not-exposed') return 'none';
  return support.nokmem.verdict === 'supported' ? 'nokmem' : undefined;
}
