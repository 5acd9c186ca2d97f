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

const NAMED: Readonly<Record<HazardId, true>> = {
  kubelet: true,
  k3s: true,
  rke2: true,
  'openshift-node': true,
  'mesos-agent': true,
  slurm: true,
  yarn: true,
  nomad: true,
  'libvirt-memtune': true,
  'lxc-memory-limits': true,
  'docker-memory-limits': true,
  'container-memory-limits': true,
  'unit-memory-limits': true,
  'running-memory-limits': true,
  'memory-limits-off': true,
  'kernel-memory-uncounted': true,
  'huge-pages-on-request': true,
  'huge-pages-off': true,
  'tpm-sealed-disk': true,
  'secure-boot': true,
};

/** Every hazard, as `--accept` names it. */
export const HAZARD_IDS: readonly string[] = Object.keys(NAMED);
