import type { Host } from '../host/host.ts';
import { readImageRelease } from '../kernel/image/image-reading.ts';
import { releaseInName } from './entry-kind.ts';
import type { KernelLocation } from './kernels.ts';

/**
 * The kernels that lie on the host, booted by an entry or not: images in /boot, and those that packages keep with their
 * modules. Rescue images are copies and left out.
 *
 * Sources: kernel-install(8) (`/usr/lib/modules/VERSION/vmlinuz`), Debian's and Red Hat's kernel packages for /boot.
 */
export async function installedKernels(host: Host): Promise<readonly KernelLocation[]> {
  const locations = new Map<string, KernelLocation>();
  for (const imagePath of await imagePaths(host)) {
    const file = await host.read(imagePath);
    if (!file.ok) continue;
    const release = readImageRelease(file.bytes) ?? releaseInName(imagePath);
    if (release !== undefined && !locations.has(release)) locations.set(release, { release, imagePath });
  }
  return [...locations.values()];
}

async function imagePaths(host: Host): Promise<readonly string[]> {
  const boot = await host.list('/boot');
  const inBoot = boot.ok ? boot.names.filter(isKernelName).map((name) => `/boot/${name}`) : [];
  const modules = await host.list('/usr/lib/modules');
  const withModules = modules.ok ? modules.names.map((name) => `/usr/lib/modules/${name}/vmlinuz`) : [];
  return [...inBoot, ...withModules];
}

function isKernelName(name: string): boolean {
  return (name.startsWith('vmlinuz') || name.startsWith('vmlinux')) && !name.includes('0-rescue');
}
