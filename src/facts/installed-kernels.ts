import type { Host } from '../host/host.ts';
import { readImageRelease } from '../kernel/image/stated-release.ts';
import { releaseInName } from './entry-kind.ts';
import { hostImage } from './image-file.ts';
import type { KernelLocation } from './kernels.ts';
import { readImage } from './read-image.ts';

/**
 * The kernels that lie on the host, booted by an entry or not: images in /boot, and those that packages keep with their
 * modules. Rescue images are copies and left out.
 *
 * Sources: kernel-install(8) (`/usr/lib/modules/VERSION/vmlinuz`), Debian's and Red Hat's kernel packages for /boot.
 */
export async function installedKernels(host: Host): Promise<readonly KernelLocation[]> {
  const locations = new Map<string, KernelLocation>();
  for (const imagePath of await imagePaths(host)) {
    const location = await locate(host, imagePath);
    if (location !== undefined && !locations.has(location.release)) locations.set(location.release, location);
  }
  return [...locations.values()];
}

/**
 * A kernel by its image: its release is what the image says, and the name of the file only where that can't be read.
 *
 * @returns undefined where no image is there, or neither tells
 */
async function locate(host: Host, imagePath: string): Promise<KernelLocation | undefined> {
  const found = await hostImage(host, imagePath);
  const inName = releaseInName(imagePath);
  if (!found.ok) {
    const isThere = found.reason !== 'missing' && found.reason !== 'not-a-file';
    return isThere && inName !== undefined ? { release: inName, imagePath } : undefined;
  }
  const inHead = readImageRelease(found.file.head);
  if (inHead !== undefined) return { release: inHead, imagePath };
  const image = await readImage(host, found.file, []);
  const release = image.outcome.ok ? image.outcome.reading.release : inName;
  return release === undefined ? undefined : { release, imagePath, image };
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
