/** What a hazard is called: in a report, and by the operator who accepts it. */
export type HazardId =
  | 'kubelet'
  | 'docker-memory-limits'
  | 'unit-memory-limits'
  | 'memory-limits-off'
  | 'kernel-memory-uncounted'
  | 'tpm-sealed-disk'
  | 'secure-boot';
