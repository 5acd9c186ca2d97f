import type { Host } from '../host/host.ts';
import type { KernelLocation } from './kernels.ts';
import { locateKernel } from './locate-kernel.ts';

/**
 * The kernels that lie on the host, booted by an entry or not: images in /boot, and those that packages keep with their
 * modules. Rescue images are copies and left out.
 *
 * Sources: kernel-install(8) (`/usr/lib/modules/VERSION/vmlinuz`), Debian's and Red Hat's kernel packages for /boot.
 */
export async function installedKernels(host: Host): Promise<readonly KernelLocation[]> {
  const locations = new Map<string, KernelLocation>();
  for (const imagePath of await imagePaths(host)) {
    const location = await locateKernel(host, imagePath);
    if (location?.release === undefined || locations.has(location.release)) continue;
    locations.set(location.release, { ...location, release: location.release });
  }
  return [...locations.values()];
}

async function imagePaths(host: Host): Promise<readonly string[]> {
  const boot = await host.list('/boot');
  const paths = boot.ok ? boot.names.filter(isKernelName).map((name) => `/boot/${name}`) : [];
  const folders = new Set<string>();
  for (const folder of ['/usr/lib/modules', '/lib/modules']) {
    const releases = await host.list(folder);
    if (!releases.ok || folders.has(releases.realPath)) continue;
    folders.add(releases.realPath);
    paths.push(...releases.names.map((name) => `${folder}/${name}/vmlinuz`));
  }
  return paths;
}

/** SUSE puts an unpacked copy for debuggers beside each kernel, packed with gzip: `vmlinux-RELEASE.gz`. */
function isKernelName(name: string): boolean {
  return /^(?:vmlinu[xz]|[Ii]mage-|kernel-)/.test(name) && !/0-rescue|^vmlinux.*\.gz$/.test(name);
}
