import type { BackupListing } from './backup-set.ts';
import type { Manifest } from './manifest.ts';
import type { TrialRecord } from './trial-record.ts';

/** A trial that was not taken back. */
export interface Trial {
  readonly manifest: Manifest;
  readonly record: TrialRecord;
  /** Its words were kept. */
  readonly isConfirmed: boolean;
  /** Made for new files by the sets of the trial. */
  readonly directories: readonly string[];
  /** The unit that keeps them after the next boot is installed. */
  readonly isAtBoot: boolean;
}

/** The newest trial that was not taken back; undefined where there is none. */
export function latestTrial(sets: readonly BackupListing[]): Trial | undefined {
  const manifests = sets.flatMap((set) =>
    set.isDamaged || set.undoneBy !== undefined ? [] : [set.manifest],
  );
  const manifest = manifests.findLast(({ trial }) => trial !== undefined);
  if (manifest?.trial === undefined) return undefined;
  const { id, trial: record } = manifest;
  const later = manifests.filter(({ trialStep }) => trialStep?.of === id);
  const steps = later.map(({ trialStep }) => trialStep?.is);
  const isConfirmed = steps.includes('confirmed');
  const isAtBoot = !isConfirmed && steps.at(-1) === 'at-boot';
  const directories = [manifest, ...later].flatMap((one) => one.directories);
  return { manifest, record, isConfirmed, isAtBoot, directories };
}
