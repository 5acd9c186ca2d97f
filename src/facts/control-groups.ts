import type { Host } from '../host/host.ts';

/** One control group of a hierarchy. */
export interface ControlGroup {
  /** Its directory. */
  readonly path: string;
  /** What lies in it: the controllers' files, and groups below it. */
  readonly names: readonly string[];
}

const MOST_GROUPS = 2000;
const DEEPEST = 6;

/** The control groups of a hierarchy, its top first, then level by level; at most 2,000, and six levels. */
export async function* controlGroups(host: Host, top: string): AsyncGenerator<ControlGroup> {
  let paths = [top];
  let count = 0;
  for (let depth = 0; depth < DEEPEST && paths.length > 0; depth += 1) {
    const next: string[] = [];
    for (const path of paths) {
      count += 1;
      if (count > MOST_GROUPS) return;
      const listed = await host.list(path);
      if (!listed.ok) continue;
      yield { path, names: listed.names };
      next.push(...listed.names.filter(mayBeGroup).map((name) => `${path}/${name}`));
    }
    paths = next;
  }
}

/** The controllers' own files are named by controller and a dot. */
function mayBeGroup(name: string): boolean {
  return (
    /\.(?:slice|service|scope|mount|socket|swap)$/.test(name) ||
    !/^[a-z]+\.|^tasks$|_on_release$|^release_agent$/.test(name)
  );
}
