import type { Host } from '../host/host.ts';
import type { FamilyRules } from './family.ts';
import type { Firmware } from './layout/firmware.ts';
import { findGrubConfigs, type GrubConfigs } from './layout/grub-configs.ts';
import { findOtherLayout, findRulingLayout } from './layout/layout-signs.ts';
import type { LoaderFinding, RefusedFinding, SystemdBootFinding } from './layout/loader-finding.ts';
import { exists, namesIn } from './layout/read-text.ts';
import { findPassingSystem } from './layout/running-system.ts';
import { findSystemdBoot } from './layout/systemd-boot.ts';
import { type FstabEntry, isBootPoint, readMounted } from './mounts.ts';

/**
 * Which loader boots this host and which files decide, or which layout it is that we don't edit. What cannot be read
 * is left out and named in the finding; no file's contents make this fail.
 */
export async function recognizeLoader(
  host: Host,
  { grubDirectories }: FamilyRules,
  firmware: Firmware,
  fstab: readonly FstabEntry[],
): Promise<LoaderFinding> {
  const espDirectories = espCandidates(fstab);
  const ruling =
    (await findPassingSystem(host, await readMounted(host))) ??
    (await findRulingLayout(host, espDirectories)) ??
    startedUnifiedImage(firmware);
  if (ruling !== undefined) return ruling;
  const grub = await findGrubConfigs(host, grubDirectories, espDirectories, firmware);
  const systemdBoot = await findSystemdBoot(host, espDirectories);
  if (grub.deciding.length > 0 && systemdBoot !== undefined) {
    const startsGrub = await isGrubProgramThere(host, [...espDirectories, ...grubDirectories]);
    return oneOfBoth(firmware, grub, systemdBoot, startsGrub);
  }
  if (grub.deciding.length > 0) return leftoverGrub(firmware, grub) ?? grubFinding(grub);
  return (
    systemdBoot ?? (await findOtherLayout(host, espDirectories)) ?? nothingFound(host, grub, grubDirectories)
  );
}

/** Where an EFI system partition hangs by custom, and by fstab. */
function espCandidates(fstab: readonly FstabEntry[]): readonly string[] {
  const points = fstab.filter(({ point, fileSystem }) => isBootPoint(point) && fileSystem === 'vfat');
  return [...new Set(['/boot/efi', '/efi', '/boot', ...points.map(({ point }) => point)])];
}

function startedUnifiedImage({ startedImage, stubInfo }: Firmware): RefusedFinding | undefined {
  const isImage = startedImage?.toLowerCase().startsWith('/efi/linux/') === true;
  if (!isImage && stubInfo === undefined) return undefined;
  const found = isImage ? startedImage : (stubInfo ?? '');
  const evidence = [{ path: '/sys/firmware/efi/efivars', found }];
  return { kind: 'refused', layout: 'unified-kernel-image', tool: 'ukify', evidence };
}

function grubFinding(grub: GrubConfigs): LoaderFinding {
  const { deciding, inactive, unread, managedBySnapd, signed } = grub;
  if (managedBySnapd !== undefined) {
    return { kind: 'refused', layout: 'ubuntu-core', tool: 'snap set system', evidence: [managedBySnapd] };
  }
  if (signed !== undefined) {
    return { kind: 'refused', layout: 'signed-grub-config', tool: 'gpg --detach-sign', evidence: [signed] };
  }
  return { kind: 'grub2', configs: deciding, inactive, unread };
}

/** The firmware started systemd-boot, whose entries are not in sight (an ESP that is not mounted): GRUB's file is a leftover. */
function leftoverGrub({ loaderInfo = '', startedImage = '' }: Firmware, grub: GrubConfigs) {
  const started = [loaderInfo, startedImage].find((name) => name.toLowerCase().includes('systemd-boot'));
  if (started === undefined) return undefined;
  const evidence = [
    { path: '/sys/firmware/efi/efivars', found: started },
    ...grub.deciding.map(({ path }) => ({ path, found: '' })),
  ];
  return { kind: 'refused', layout: 'systemd-boot-unseen', tool: 'bootctl', evidence } as const;
}

/** Both have a configuration: what the firmware started decides, else whose program is installed. */
function oneOfBoth(
  firmware: Firmware,
  grub: GrubConfigs,
  systemdBoot: SystemdBootFinding,
  hasGrubProgram: boolean,
): LoaderFinding {
  const started = `${firmware.loaderInfo ?? ''} ${firmware.startedImage ?? ''}`.toLowerCase();
  if (started.includes('systemd-boot')) return systemdBoot;
  if (firmware.kind === 'bios' || started.includes('grub')) return grubFinding(grub);
  const hasSystemdBootProgram = systemdBoot.evidence.some(({ path }) => path.toLowerCase().endsWith('.efi'));
  if (hasGrubProgram && !hasSystemdBootProgram) return grubFinding(grub);
  if (hasSystemdBootProgram && !hasGrubProgram) return systemdBoot;
  const configs = grub.deciding.map(({ path }) => ({ path, found: '' }));
  return {
    kind: 'refused',
    layout: 'several-loaders',
    tool: '',
    evidence: [...configs, ...systemdBoot.evidence],
  };
}

async function isGrubProgramThere(host: Host, directories: readonly string[]): Promise<boolean> {
  for (const directory of directories) {
    if (await exists(host, `${directory}/i386-pc/core.img`)) return true;
    for (const vendor of await namesIn(host, `${directory}/EFI`)) {
      const names = await namesIn(host, `${directory}/EFI/${vendor}`);
      if (names.some((name) => /^grub.*\.efi$/i.test(name))) return true;
    }
  }
  return false;
}

async function nothingFound(
  host: Host,
  grub: GrubConfigs,
  grubDirectories: readonly string[],
): Promise<LoaderFinding> {
  const kernels = (await namesIn(host, '/boot')).filter((name) =>
    /^(?:vmlinu|bzImage|Image|kernel)/.test(name),
  );
  const releases = [...(await namesIn(host, '/usr/lib/modules')), ...(await namesIn(host, '/lib/modules'))];
  if (kernels.length === 0 && releases.length === 0 && grub.unread.length === 0) {
    return { kind: 'refused', layout: 'no-kernel', tool: '', evidence: [{ path: '/boot', found: '' }] };
  }
  const expected = [...grub.missing, ...grubDirectories.map((directory) => `${directory}/grub.cfg`)];
  return { kind: 'missing', expected, unread: grub.unread };
}
