import { accountsKernelMemory, type KernelConfig } from '../kernel/config.ts';
import { parseRelease } from '../kernel/release.ts';
import type { SupportRow } from '../kernel/support-table.ts';

/** Whether a kernel can leak here, and why. */
export interface Exposure {
  readonly verdict: 'exposed' | 'not-exposed' | 'unknown';
  readonly because: readonly ExposureReason[];
}

/** A row of the version table. */
interface RowData {
  readonly source: string;
  readonly confidence: string;
}

/** By what it is told whether a kernel has the problem. */
export type ExposureReason =
  | {
      readonly code:
        | 'exposure.no-memory-controller'
        | 'exposure.no-kernel-memory-accounting'
        | 'exposure.on-when-limited'
        | 'exposure.on-by-token'
        | 'exposure.measured'
        | 'exposure.no-config'
        | 'exposure.no-row';
      readonly data: Readonly<Record<string, never>>;
    }
  | {
      readonly code:
        | 'exposure.leak-not-fixed'
        | 'exposure.leak-partly-fixed'
        | 'exposure.leak-fixed'
        | 'exposure.off-unless-token'
        | 'exposure.row-unsettled';
      readonly data: RowData;
    }
  | {
      readonly code: 'exposure.built-with' | 'exposure.built-without';
      readonly data: { readonly option: string };
    };

/**
 * Whether a kernel keeps the slab memory of dead cgroups.
 *
 * The kernel's own config can rule it out; otherwise the version table decides: `partial` and `n` mean exposed, and
 * what the table leaves open stays unknown.
 *
 * @param release as the kernel says it
 * @param row the table's row for the release, undefined where there is none
 * @param config the kernel's own config, undefined where it could not be read
 * @param asksForAccounting one of its entries has the token that turns the accounting on, where the vendor has it off
 */
export function exposureOf(
  release: string,
  row: SupportRow | undefined,
  config: KernelConfig | undefined,
  asksForAccounting = false,
): Exposure {
  if (config !== undefined && !config.has('CONFIG_MEMCG')) {
    return { verdict: 'not-exposed', because: [{ code: 'exposure.no-memory-controller', data: {} }] };
  }
  const [major = 0, minor = 0] = parseRelease(release)?.numbers ?? [];
  if (config !== undefined && !accountsKernelMemory(config, [major, minor])) {
    return { verdict: 'not-exposed', because: [{ code: 'exposure.no-kernel-memory-accounting', data: {} }] };
  }
  if (row === undefined) return { verdict: 'unknown', because: [{ code: 'exposure.no-row', data: {} }] };
  return exposureByTable(row, asksForAccounting);
}

function exposureByTable(row: SupportRow, asksForAccounting: boolean): Exposure {
  const data = { source: row.source, confidence: row.confidence };
  if (row.kmemDefault === 'off-unless-token' && !asksForAccounting)
    return { verdict: 'not-exposed', because: [{ code: 'exposure.off-unless-token', data }] };
  if (row.leakFixed === 'unknown')
    return { verdict: 'unknown', because: [{ code: 'exposure.row-unsettled', data }] };
  if (row.leakFixed === 'y')
    return { verdict: 'not-exposed', because: [{ code: 'exposure.leak-fixed', data }] };
  const code = row.leakFixed === 'partial' ? 'exposure.leak-partly-fixed' : 'exposure.leak-not-fixed';
  const because: ExposureReason[] = [{ code, data }];
  if (row.kmemDefault === 'off-unless-token') because.push({ code: 'exposure.on-by-token', data: {} });
  if (row.kmemDefault === 'off') because.push({ code: 'exposure.on-when-limited', data: {} });
  return { verdict: 'exposed', because };
}
