import type { Host } from '../../host/host.ts';
import type { LayoutEvidence, SystemdBootFinding } from './loader-finding.ts';
import { exists, namesIn } from './read-text.ts';

/**
 * systemd-boot by its program or its loader.conf on an ESP, with the entry files that it reads there and on an extended
 * boot partition at /boot. Undefined where neither is there, or no entry file.
 *
 * Sources: systemd-boot(7), Files; Boot Loader Specification, "The partitions" and Type #1.
 */
export async function findSystemdBoot(
  host: Host,
  espDirectories: readonly string[],
): Promise<SystemdBootFinding | undefined> {
  const evidence: LayoutEvidence[] = [];
  let loaderConf: string | undefined;
  for (const esp of espDirectories) {
    const programs = (await namesIn(host, `${esp}/EFI/systemd`)).filter((name) =>
      /^systemd-boot.*\.efi$/i.test(name),
    );
    for (const name of programs) evidence.push({ path: `${esp}/EFI/systemd/${name}`, found: '' });
    const path = `${esp}/loader/loader.conf`;
    if (!(await exists(host, path))) continue;
    evidence.push({ path, found: '' });
    loaderConf ??= path;
  }
  if (evidence.length === 0) return undefined;
  const entryDirectories: string[] = [];
  for (const directory of new Set([...espDirectories, '/boot'])) {
    const path = `${directory}/loader/entries`;
    if ((await namesIn(host, path)).some((name) => name.endsWith('.conf'))) entryDirectories.push(path);
  }
  if (entryDirectories.length === 0) return undefined;
  return { kind: 'systemd-boot', loaderConf, entryDirectories, evidence };
}
