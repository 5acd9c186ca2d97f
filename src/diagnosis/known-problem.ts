import type { HostFacts } from '../facts/gather.ts';
import type { KernelConfig } from '../kernel/config.ts';
import type { SupportRow } from '../kernel/support-table.ts';
import { type Exposure, exposureOf } from './exposure.ts';
import type { ProblemName } from './remedy.ts';

/** How it is told whether a kernel has a problem. */
type Exposing =
  /** By the version table's row for the release (and the kernel's config, which can rule it out). */
  | { readonly by: 'version-table' }
  /** By the kernel's own config: what is the default without a word on its line. */
  | {
      readonly by: 'config';
      readonly exposed: string;
      /** Any of these clears the kernel: another default, or the feature left out. */
      readonly cleared: readonly string[];
    };

/** A known problem that a word on the command line cures; its remedies name it in their own table. */
export interface KnownProblem {
  readonly exposing: Exposing;
  readonly source: string;
}

/** Add one here, its remedies to the table of remedies, and its sentences: the types ask for the rest. */
export const PROBLEMS: Readonly<Record<ProblemName, KnownProblem>> = {
  'kernel-memory-leak': {
    exposing: { by: 'version-table' },
    source: 'kernel-support rows: Red Hat bug 1507149, commits 73f576c04b94, d6e0b7fa1186, 9855609bde03',
  },
  /**
   * Memory in pieces of 2 MiB for whoever asks for a little: databases stall while it is put together, and fork() copies too much.
   */
  'huge-pages-for-all': {
    exposing: {
      by: 'config',
      exposed: 'CONFIG_TRANSPARENT_HUGEPAGE_ALWAYS',
      cleared: ['CONFIG_TRANSPARENT_HUGEPAGE_MADVISE', 'CONFIG_TRANSPARENT_HUGEPAGE_NEVER'],
    },
    source:
      'Documentation/admin-guide/mm/transhuge.rst; Redis, "Diagnosing latency issues" (madvise or never); MongoDB before 8.0, Oracle: never',
  },
};

/** What `--problem` can name, in the order of the table. */
export const PROBLEM_NAMES = Object.keys(PROBLEMS) as readonly ProblemName[];

/** Whether one kernel has a problem. */
export function exposureTo(
  problem: ProblemName,
  kernel: Pick<HostFacts['kernels'][number], 'release' | 'config'>,
  row: SupportRow | undefined,
  asksForAccounting: boolean,
): Exposure {
  const { exposing } = PROBLEMS[problem];
  const config = kernel.config?.config;
  return exposing.by === 'version-table'
    ? exposureOf(kernel.release, row, config, asksForAccounting)
    : exposureByConfig(config, exposing.exposed, exposing.cleared);
}

function exposureByConfig(
  config: KernelConfig | undefined,
  exposed: string,
  cleared: readonly string[],
): Exposure {
  if (config === undefined)
    return { verdict: 'unknown', because: [{ code: 'exposure.no-config', data: {} }] };
  if (config.has(exposed))
    return { verdict: 'exposed', because: [{ code: 'exposure.built-with', data: { option: exposed } }] };
  const other = cleared.find((option) => config.has(option));
  const because =
    other === undefined
      ? ({ code: 'exposure.built-without', data: { option: exposed } } as const)
      : ({ code: 'exposure.built-with', data: { option: other } } as const);
  return { verdict: 'not-exposed', because: [because] };
}
