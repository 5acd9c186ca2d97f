import { isWithin } from './root-path.ts';

/** One line of /proc/self/mountinfo. Latin1 text. */
export interface Mount {
  /** Where it hangs, as the process sees it. */
  readonly point: string;
  /** Which part of the file system is seen there: `/`, a btrfs subvolume, the source of a bind mount. */
  readonly rootInside: string;
  /** `major:minor` */
  readonly device: string;
  readonly fileSystem: string;
  readonly source: string;
  /** Options of this mount and of the file system behind it. */
  readonly options: readonly string[];
}

/** Mounts in the order in which they were made; lines of another form are left out. Source: proc_pid_mountinfo(5). */
export function parseMountinfo(text: string): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const [, , device, rootInside, point, options, ...rest] = line.split(' ');
    const [fileSystem, source, superOptions] = rest.slice(rest.indexOf('-') + 1);
    if (device === undefined || rootInside === undefined || options === undefined) continue;
    if (point?.startsWith('/') !== true || fileSystem === undefined || source === undefined) continue;
    if (!rest.includes('-')) continue;
    mounts.push({
      point: unescapeBlanks(point),
      rootInside: unescapeBlanks(rootInside),
      device,
      fileSystem,
      source: unescapeBlanks(source),
      options: [...options.split(','), ...(superOptions ?? '').split(',')],
    });
  }
  return mounts;
}

/** The mount that a path lies on: the last of those that hang at the longest part of it. Links are not followed. */
export function mountHolding(mounts: readonly Mount[], path: string): Mount | undefined {
  let holding: Mount | undefined;
  for (const mount of mounts) {
    const isLonger = holding === undefined || mount.point.length >= holding.point.length;
    if (isWithin(path, mount.point) && isLonger) holding = mount;
  }
  return holding;
}

/** The kernel and fstab write blanks and backslashes as three octal digits. */
export function unescapeBlanks(field: string): string {
  return field.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
