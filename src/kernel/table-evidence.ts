import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import type { KernelConfig } from './config.ts';
import type { Evidence, EvidenceSays } from './evidence.ts';
import { compareNumbers, parseRelease } from './release.ts';
import { type Distribution, type Known, lookUpSupport, type SupportRow } from './support-table.ts';

const SAYS: Readonly<Record<Known, EvidenceSays>> = { y: 'present', n: 'absent', unknown: 'inconclusive' };

/** Commit 8bab8dded67d. */
const FIRST_WITH_CGROUP_DISABLE = [2, 6, 25];

/**
 * What is known of a release, not seen in the kernel itself, about `cgroup.memory=` and `cgroup_disable=memory`.
 *
 * @param parameter one word, with one token at most where its value is a list
 * @param config the kernel's own config, undefined where it could not be read
 * @returns undefined for any other parameter
 */
export function tableEvidence(
  release: string,
  distribution: Distribution | undefined,
  config: KernelConfig | undefined,
  parameter: string,
): Evidence | undefined {
  const { name, value } = parseParameter(parameter);
  const isOfMemory = isSameName(name, 'cgroup.memory') && value !== undefined;
  const disablesMemory = isSameName(name, 'cgroup_disable') && value === 'memory';
  if (!isOfMemory && !disablesMemory) return undefined;
  const row = lookUpSupport(release, distribution);
  if (disablesMemory) return disableEvidence(release, row, config);
  return row === undefined ? noRow(release) : rowEvidence(row, tokenSupport(row, value ?? ''));
}

function noRow(release: string): Evidence {
  return {
    source: 'table',
    says: 'inconclusive',
    strength: 'record',
    code: 'table.no-row',
    data: { release },
  };
}

function rowEvidence(row: SupportRow, known: Known): Evidence {
  return {
    source: 'table',
    says: SAYS[known],
    strength: row.confidence === 'report' ? 'report' : 'record',
    code: 'table.row',
    data: { family: row.family, from: row.from, to: row.to, source: row.source, confidence: row.confidence },
  };
}

/** A token that isn't in the table may be a newer kernel's: only a missing handler settles it. */
function tokenSupport(row: SupportRow, token: string): Known {
  if (token === '') return row.handler;
  if (token === 'nokmem' || token === 'nosocket' || token === 'nobpf') return row[token];
  if (token === 'kmem' && row.kmemDefault === 'off-unless-token') return row.handler;
  return row.handler === 'n' ? 'n' : 'unknown';
}

/**
 * The handler is in every kernel since 2.6.25; the controller is there where the config says so, or, without a config,
 * where the vendor's kernels account kernel memory, which they can't without it.
 */
function disableEvidence(
  release: string,
  row: SupportRow | undefined,
  config: KernelConfig | undefined,
): Evidence {
  const parsed = parseRelease(release);
  const isOld = parsed === undefined || compareNumbers(parsed.numbers, FIRST_WITH_CGROUP_DISABLE) < 0;
  const isVendorBuilt = row !== undefined && row.family !== 'mainline' && isAccounting(row);
  const hasController = config === undefined ? isVendorBuilt : config.has('CONFIG_MEMCG');
  if (isOld || !hasController) return noRow(release);
  return {
    source: 'table',
    says: 'present',
    strength: 'record',
    code: 'table.since-2.6.25',
    data: { release },
  };
}

function isAccounting(row: SupportRow): boolean {
  return row.kmemDefault === 'on' || row.kmemDefault === 'off' || row.kmemDefault === 'off-unless-token';
}
