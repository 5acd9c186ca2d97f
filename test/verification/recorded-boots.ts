import { fileURLToPath } from 'node:url';
import type { Hierarchy } from '../boot/running-state.ts';

/** A boot of a Debian kernel that is kept as the files that it showed, in `recorded/NAME`. */
export interface RecordedBoot {
  readonly name: string;
  /** How the release begins. */
  readonly release: string;
  /**
   * As the package has it; with a byte of its handler's name changed, so that it ignores `cgroup.memory=` as CentOS 7.3 does;
   * or of its token's name.
   */
  readonly image: 'shipped' | 'deaf' | 'tokenless';
  readonly hierarchy: Hierarchy;
  readonly word: string | undefined;
  /** Whether the word acts. */
  readonly inEffect: 'yes' | 'no' | 'unknown' | undefined;
}

const NOKMEM = 'cgroup.memory=nokmem';
const DISABLE = 'cgroup_disable=memory';

function boot(
  release: string,
  hierarchy: Hierarchy,
  word: string | undefined,
  inEffect: RecordedBoot['inEffect'],
  image: RecordedBoot['image'] = 'shipped',
): RecordedBoot {
  const asked = word === undefined ? 'plain' : word === NOKMEM ? 'nokmem' : 'disable';
  const short = release.replace(/-cloud-amd64$/, '-cloud').replace(/-amd64$/, '-standard');
  const name = [short, hierarchy, asked, ...(image === 'shipped' ? [] : [image])].join('_');
  return { name, release, image, hierarchy, word, inEffect };
}

/** Booted in QEMU with `running-state.slow.test.ts`, BOOTMEND_RECORD=1. */
export const RECORDED_BOOTS: readonly RecordedBoot[] = [
  boot('5.10.0-32-cloud-amd64', 'v1', undefined, undefined),
  boot('5.10.0-32-cloud-amd64', 'v1', NOKMEM, 'yes'),
  // Its figures in memory.stat lag behind, and it has no caches that would show it.
  boot('5.10.0-32-cloud-amd64', 'v2', NOKMEM, 'unknown'),
  boot('5.10.0-32-cloud-amd64', 'v2', DISABLE, 'yes'),
  boot('6.1.0-50-cloud-amd64', 'v1', undefined, undefined),
  boot('6.1.0-50-cloud-amd64', 'v1', NOKMEM, 'yes'),
  boot('6.1.0-50-cloud-amd64', 'v2', NOKMEM, 'yes'),
  boot('6.1.0-50-cloud-amd64', 'v1', DISABLE, 'yes'),
  boot('6.1.0-50-cloud-amd64', 'v1', NOKMEM, 'no', 'deaf'),
  boot('6.1.0-50-cloud-amd64', 'v2', NOKMEM, 'no', 'deaf'),
  boot('6.1.0-50-cloud-amd64', 'v2', DISABLE, 'yes', 'deaf'),
  boot('6.1.0-50-cloud-amd64', 'v1', NOKMEM, 'no', 'tokenless'),
  boot('6.1.0-50-amd64', 'v1', NOKMEM, 'yes'),
  boot('6.12.95+deb12-cloud-amd64', 'v2', NOKMEM, 'yes'),
  boot('6.12.117+deb13-cloud-amd64', 'v1', NOKMEM, 'yes'),
  boot('6.12.117+deb13-cloud-amd64', 'v2', DISABLE, 'yes'),
  boot('7.2.13+deb14-cloud-amd64', 'v2', undefined, undefined),
  boot('7.2.13+deb14-cloud-amd64', 'v2', NOKMEM, 'yes'),
  boot('7.2.13+deb14-cloud-amd64', 'v2', DISABLE, 'yes'),
];

/** The directory of a record. */
export function recordPath({ name }: RecordedBoot): string {
  return fileURLToPath(new URL(`recorded/${name}`, import.meta.url));
}
