import type { Host } from '../host/host.ts';
import { readDiskSealing, type SealedDisk } from './layout/disk-sealing.ts';
import { type Firmware, readFirmware } from './layout/firmware.ts';
import { type Mounts, readFstab, readMounted } from './mounts.ts';

/** What bears on any change of the boot configuration, whatever the change is. */
export interface Surroundings {
  readonly firmware: Firmware;
  readonly mounts: Mounts;
  /** Volumes that open by themselves only while the boot measures as it did. */
  readonly sealedDisks: readonly SealedDisk[];
}

/** To be read after the files under /boot have been, so that an automounted /boot is there by then. */
export async function readSurroundings(host: Host): Promise<Surroundings> {
  return completeSurroundings(host, await readFirmware(host), await readFstab(host));
}

/** The same where some of it is known already. */
export async function completeSurroundings(
  host: Host,
  firmware: Firmware,
  fstab: Mounts['fstab'],
): Promise<Surroundings> {
  const mounts = { fstab, mounted: await readMounted(host) };
  return { firmware, mounts, sealedDisks: await readDiskSealing(host) };
}
