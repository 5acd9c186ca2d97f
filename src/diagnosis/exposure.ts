import type { KernelConfig } from '../kernel/config.ts';
import type { SupportRow } from '../kernel/support-table.ts';

/** Whether a kernel can leak here, and why. */
export interface Exposure {
  readonly verdict: 'exposed' | 'not-exposed' | 'unknown';
  readonly because: readonly ExposureReason[];
}

export interface ExposureReason {
  readonly code:
    | 'exposure.no-memory-controller'
    | 'exposure.no-kernel-memory-accounting'
    | 'exposure.leak-not-fixed'
    | 'exposure.leak-partly-fixed'
    | 'exposure.leak-fixed'
    | 'exposure.on-when-limited'
    | 'exposure.row-unsettled'
    | 'exposure.no-row';
  readonly data: Readonly<Record<string, string>>;
}

/**
 * Whether a kernel keeps the slab memory of dead cgroups.
 *
 * The kernel's own config can rule it out; otherwise the version table decides: `partial` and `n` mean exposed, and
 * what the table leaves open stays unknown.
 *
 * @param row the table's row for the release, undefined where there is none
 * @param config the kernel's own config, undefined where it could not be read
 */
export function exposureOf(row: SupportRow | undefined, config: KernelConfig | undefined): Exposure {
  if (config !== undefined && config.get('CONFIG_MEMCG') === undefined) {
    return { verdict: 'not-exposed', because: [{ code: 'exposure.no-memory-controller', data: {} }] };
  }
  if (row === undefined) return { verdict: 'unknown', because: [{ code: 'exposure.no-row', data: {} }] };
  const data = { source: row.source, confidence: row.confidence };
  if (config !== undefined && isAccountingCompiledOut(config, row)) {
    return { verdict: 'not-exposed', because: [{ code: 'exposure.no-kernel-memory-accounting', data }] };
  }
  return exposureByTable(row, data);
}

function exposureByTable(row: SupportRow, data: { source: string; confidence: string }): Exposure {
  if (row.leakFixed === 'unknown') return { verdict: 'unknown', because: [{ code: 'exposure.row-unsettled', data }] };
  if (row.leakFixed === 'y') return { verdict: 'not-exposed', because: [{ code: 'exposure.leak-fixed', data }] };
  const code = row.leakFixed === 'partial' ? 'exposure.leak-partly-fixed' : 'exposure.leak-not-fixed';
  const because: ExposureReason[] = [{ code, data }];
  if (row.kmemDefault === 'off') because.push({ code: 'exposure.on-when-limited', data: {} });
  return { verdict: 'exposed', because };
}

/**
 * CONFIG_MEMCG_KMEM is a choice only up to 4.4, in RHEL 7, and again from 4.19 to 6.10 (mm/Kconfig, init/Kconfig); where
 * the leak is fixed its absence says nothing. The config of a kernel without the symbol at all leaves it out.
 */
function isAccountingCompiledOut(config: KernelConfig, row: SupportRow): boolean {
  return row.kmemDefault === 'off' && config.get('CONFIG_MEMCG_KMEM') === undefined;
}
