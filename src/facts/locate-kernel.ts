import type { Host } from '../host/host.ts';
import { headerCmdlineBytes } from '../kernel/image/setup-header.ts';
import { readImageRelease } from '../kernel/image/stated-release.ts';
import { releaseInName } from './entry-kind.ts';
import { hostImage, type ImageFile } from './image-file.ts';
import { type ReadImage, readImage } from './read-image.ts';

/** A kernel by its image, with what was read of it to tell its release. */
export interface LocatedKernel {
  readonly imagePath: string;
  /** What the image says; the name of the file only where that can't be read; undefined where neither tells. */
  readonly release: string | undefined;
  /** undefined where it can't be opened. */
  readonly file: ImageFile | undefined;
  /** The longest command line in bytes that an x86 image states (`cmdline_size`). */
  readonly cmdlineBytes?: number | undefined;
  /** Where the whole image had to be read. */
  readonly image: ReadImage | undefined;
}

/**
 * The kernel of an image: an x86 one says its release at its beginning, others somewhere.
 *
 * @returns undefined where no file is there
 */
export async function locateKernel(host: Host, imagePath: string): Promise<LocatedKernel | undefined> {
  const inName = releaseInName(imagePath);
  const found = await hostImage(host, imagePath);
  if (!found.ok) {
    const isThere = found.reason !== 'missing' && found.reason !== 'not-a-file';
    return isThere ? { imagePath, release: inName, file: undefined, image: undefined } : undefined;
  }
  const { file } = found;
  const inHead = readImageRelease(file.head);
  const cmdlineBytes = headerCmdlineBytes(file.head);
  if (inHead !== undefined) return { imagePath, release: inHead, file, cmdlineBytes, image: undefined };
  const image = await readImage(host, file, []);
  const release = image.outcome.ok ? image.outcome.reading.release : inName;
  return { imagePath, release, file, cmdlineBytes, image };
}
