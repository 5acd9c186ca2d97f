import { isBoundToCmdline } from '../facts/layout/disk-sealing.ts';
import type { Surroundings } from '../facts/surroundings.ts';
import type { Workload } from '../facts/workload.ts';
import type { HazardId } from './hazard-id.ts';
import { REMEDIES, REMEDY_NAMES, type Remedy, type RemedyDefinition } from './remedy.ts';

/** What a change would break on this host. */
export interface Hazard {
  readonly id: HazardId;
  /** Something here would really stop working; a person has to accept it by name. */
  readonly isBlocking: boolean;
  readonly isAccepted: boolean;
  /** The file that says so, and the setting in it; empty where the hazard is the remedy's nature. */
  readonly path: string;
  readonly setting: string;
}

/**
 * What the remedies would cost on this host, that of the strongest first.
 *
 * Sources: kubelet's required controllers (kubernetes issues 32675, 54914), docker discarding `-m` without the memory
 * controller, systemd.resource-control(5), mm/memcontrol.c for what nokmem stops counting.
 *
 * @param accepted hazard ids, or `all`
 */
export function remedyHazards(
  remedies: readonly Remedy[],
  workload: Workload,
  accepted: readonly string[],
): readonly Hazard[] {
  const isAccepted = (id: HazardId) => accepted.includes(id) || accepted.includes('all');
  const hazards: Hazard[] = [];
  for (const remedy of REMEDY_NAMES.toReversed().filter((name) => remedies.includes(name))) {
    const { breaks, cost }: RemedyDefinition = REMEDIES[remedy];
    for (const { kind, path, setting } of workload.memoryLimitUses) {
      if (!breaks.includes(kind)) continue;
      hazards.push({ id: kind, isBlocking: true, isAccepted: isAccepted(kind), path, setting });
    }
    hazards.push(costOf(cost, isAccepted(cost)));
  }
  return hazards;
}

/**
 * What any change of the boot configuration costs here: a volume that the TPM unlocks against the measured boot stays
 * locked at the next one. Secure Boot, on the other hand, does not look at these files.
 *
 * Source: shim_lock's verifier, which leaves configurations and environment blocks unchecked (grub-core/kern/efi/sb.c).
 *
 * @param accepted hazard ids, or `all`
 */
export function changeHazards(
  { sealedDisks, firmware }: Pick<Surroundings, 'sealedDisks' | 'firmware'>,
  accepted: readonly string[],
): readonly Hazard[] {
  const id = 'tpm-sealed-disk';
  const isAccepted = accepted.includes(id) || accepted.includes('all');
  const hazards: Hazard[] = sealedDisks.filter(isBoundToCmdline).map(({ evidence: { path, found } }) => {
    return { id, isBlocking: true, isAccepted, path, setting: found };
  });
  if (firmware.isSecureBoot === true) hazards.push(costOf('secure-boot', true));
  return hazards;
}

/** Whether a hazard blocks and nobody has accepted it. */
export function isStandingAgainst(hazard: Hazard): boolean {
  return hazard.isBlocking && !hazard.isAccepted;
}

function costOf(id: HazardId, isAccepted: boolean): Hazard {
  return { id, isBlocking: false, isAccepted, path: '', setting: '' };
}
