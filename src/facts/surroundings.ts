import type { Host } from '../host/host.ts';
import { readDiskSealing, type SealedDisk } from './layout/disk-sealing.ts';
import { type Firmware, readFirmware } from './layout/firmware.ts';
import { type Mounts, readMounts } from './mounts.ts';

/** What bears on any change of the boot configuration, whatever the change is. */
export interface Surroundings {
  readonly firmware: Firmware;
  readonly mounts: Mounts;
  /** Volumes that open by themselves only while the boot measures as it did. */
  readonly sealedDisks: readonly SealedDisk[];
}

export async function readSurroundings(host: Host): Promise<Surroundings> {
  const firmware = await readFirmware(host);
  const mounts = await readMounts(host);
  return { firmware, mounts, sealedDisks: await readDiskSealing(host) };
}
