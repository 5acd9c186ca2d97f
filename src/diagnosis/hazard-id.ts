import type { MemoryUseKind } from '../facts/memory-uses.ts';

/** What a hazard is called: in a report, and by the operator who accepts it. */
export type HazardId =
  | MemoryUseKind
  | 'memory-limits-off'
  | 'kernel-memory-uncounted'
  | 'huge-pages-on-request'
  | 'huge-pages-off'
  | 'tpm-sealed-disk'
  | 'secure-boot';
