import { textPlaces } from './text-places.ts';

/** How `linux_banner` begins (init/version.c). */
export const bannerStart = 'Linux version ';

/** The line by which a kernel names itself (`linux_banner`, init/version.c). */
export interface Banner {
  /** `uname -r` of this kernel. */
  readonly release: string;
  /** The whole line, latin1, without its newline. */
  readonly text: string;
}

const longestBanner = 512;
const mostPlaces = 64;

/**
 * `linux_banner` in an unpacked kernel, or undefined where there is none.
 *
 * The prefix stands there several times (`Linux version %s` is a format): the one wanted is followed by a release and ` (`.
 */
export function findBanner(bytes: Buffer): Banner | undefined {
  let places = 0;
  for (const at of textPlaces(bytes, bannerStart)) {
    places += 1;
    if (places > mostPlaces) break;
    const [line = ''] = bytes.toString('latin1', at, at + longestBanner).split(/[\n\0]/, 1);
    const release = /^Linux version ([0-9][\x21-\x7e]*) \(/.exec(line)?.[1];
    if (release !== undefined) return { release, text: line };
  }
  return undefined;
}
