import type { Host } from '../../host/host.ts';
import { type Mount, mountHolding } from '../../host/mountinfo.ts';
import type { LayoutEvidence, RefusedFinding } from './loader-finding.ts';
import { exists, readText } from './read-text.ts';

const containerFiles = ['/run/systemd/container', '/.dockerenv', '/run/.containerenv', '/run/WSL'];
const liveWords = /(?:^| )(?:boot=(?:live|casper)|rd\.live\.image|root=live:\S+|archisobasedir=\S+)(?= |$)/;
const overlayFileSystems = ['overlay', 'aufs', 'overlayfs'];
const memoryFileSystems = ['tmpfs', 'ramfs', 'rootfs', 'squashfs', 'iso9660'];

/**
 * Why the running system's own files decide nothing about its next boot: it is a container on somebody else's kernel,
 * was started from live media, or its root is an overlay that is gone after a reboot.
 *
 * Sources: systemd's Container Interface and podman's and docker's marker files; dracut.cmdline(7), live-boot(7),
 * casper(7); proc_pid_mountinfo(5).
 *
 * @param mounted undefined where it is not known
 */
export async function findPassingSystem(
  host: Host,
  mounted: readonly Mount[] | undefined,
): Promise<RefusedFinding | undefined> {
  if (!host.isRunningSystem) return undefined;
  for (const path of containerFiles) {
    if (await exists(host, path)) return refused('container', { path, found: '' });
  }
  const cmdline = await readText(host, '/proc/cmdline', 1 << 16);
  const live = cmdline.ok ? liveWords.exec(cmdline.text.trimEnd()) : null;
  if (live !== null) return refused('live-media', { path: '/proc/cmdline', found: live[0].trim() });
  const root = mountHolding(mounted ?? [], '/');
  if (root === undefined) return undefined;
  const evidence = { path: '/proc/self/mountinfo', found: `${root.fileSystem} /` };
  if (overlayFileSystems.includes(root.fileSystem)) return refused('overlay-root', evidence);
  return memoryFileSystems.includes(root.fileSystem) ? refused('live-media', evidence) : undefined;
}

function refused(
  layout: 'container' | 'live-media' | 'overlay-root',
  evidence: LayoutEvidence,
): RefusedFinding {
  return { kind: 'refused', layout, tool: '', evidence: [evidence] };
}
