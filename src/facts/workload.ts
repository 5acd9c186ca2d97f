import type { Host } from '../host/host.ts';
import { containerLimits } from './container-limits.ts';
import { liveLimits } from './live-limits.ts';
import { MEMORY_USES, type MemoryLimitUse, type Sign, UNIT_DIRECTORIES } from './memory-uses.ts';

/** What runs containers here, and what would miss the memory controller. */
export interface Workload {
  readonly containerRuntimes: readonly string[];
  readonly memoryLimitUses: readonly MemoryLimitUse[];
}

const RUNTIME_PROGRAMS: readonly (readonly [name: string, path: string])[] = [
  ['docker', '/usr/bin/dockerd'],
  ['docker', '/usr/bin/dockerd-current'],
  ['containerd', '/usr/bin/containerd'],
  ['podman', '/usr/bin/podman'],
  ['cri-o', '/usr/bin/crio'],
];

const MOST_FILE_BYTES = 1 << 20;
const LONGEST_SETTING = 120;

/** Read what of this host's services would stop working, or lose its limit, without the memory controller. */
export async function readWorkload(from: Host): Promise<Workload> {
  const host = readingOnce(from);
  const runtimes = new Set<string>();
  for (const [name, path] of RUNTIME_PROGRAMS) {
    const found = await host.status(path);
    if (found.ok) runtimes.add(name);
  }
  const uses: MemoryLimitUse[] = [];
  for (const { kind, signs } of MEMORY_USES) {
    const found = await firstSign(host, signs);
    if (found !== undefined) uses.push({ kind, ...found });
  }
  const others = [containerLimits, limitedUnits, liveLimits];
  for (const readUses of others) uses.push(...(await readUses(host)));
  return { containerRuntimes: [...runtimes], memoryLimitUses: uses };
}

/** The host, with each file read once: docker's unit is asked for its limits and for where docker keeps its state. */
function readingOnce(host: Host): Host {
  const known = new Map<string, ReturnType<Host['read']>>();
  return {
    ...host,
    read: (path, maxBytes) => {
      const file = known.get(path) ?? host.read(path, maxBytes);
      known.set(path, file);
      return file;
    },
  };
}

type Found = Pick<MemoryLimitUse, 'path' | 'setting'>;

/** One sign is enough: a program breaks once. */
async function firstSign(host: Host, signs: readonly Sign[]): Promise<Found | undefined> {
  for (const sign of signs) {
    const found = 'settingIn' in sign ? await settingOf(host, sign) : await fileOf(host, sign);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function fileOf(host: Host, sign: Exclude<Sign, { settingIn: string }>): Promise<Found | undefined> {
  const paths = 'file' in sign ? [sign.file] : unitPaths(sign.unit);
  for (const path of paths) {
    const found = await host.status(path);
    // The link of an enabled unit may lead to nowhere in a tree that was recorded: it was enabled all the same.
    const isDangling = !found.ok && path.includes('.wants/') && (await isListed(host, path));
    if (found.ok || isDangling) return { path, setting: '' };
  }
  return undefined;
}

function unitPaths(unit: string): readonly string[] {
  const wants = ['multi-user', 'default', 'basic'].map(
    (target) => `/etc/systemd/system/${target}.target.wants/${unit}`,
  );
  return [...wants, ...UNIT_DIRECTORIES.map((directory) => `${directory}/${unit}`)];
}

async function isListed(host: Host, path: string): Promise<boolean> {
  const slash = path.lastIndexOf('/');
  const listed = await host.list(path.slice(0, slash));
  return listed.ok && listed.names.includes(path.slice(slash + 1));
}

async function settingOf(
  host: Host,
  { settingIn, suffix = '', pattern }: Extract<Sign, { settingIn: string }>,
): Promise<Found | undefined> {
  for (const path of await pathsIn(host, settingIn, suffix)) {
    const file = await host.read(path, MOST_FILE_BYTES);
    const setting = file.ok ? pattern.exec(file.bytes.toString('latin1'))?.[0] : undefined;
    if (setting !== undefined) return { path, setting: inOneLine(setting) };
  }
  return undefined;
}

async function pathsIn(host: Host, place: string, suffix: string): Promise<readonly string[]> {
  if (!place.endsWith('/')) return [place];
  const listed = await host.list(place.slice(0, -1));
  if (!listed.ok) return [];
  const isNameWhole = !suffix.startsWith('/');
  const names = isNameWhole ? listed.names.filter((name) => name.endsWith(suffix)) : listed.names;
  return names.map((name) => (isNameWhole ? place + name : place + name + suffix));
}

function inOneLine(setting: string): string {
  return setting.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_SETTING);
}

/** Units and drop-ins with a limit, wherever unit files lie; the same file by two paths (`/lib` for `/usr/lib`) counts once. */
async function limitedUnits(host: Host): Promise<readonly MemoryLimitUse[]> {
  const uses: MemoryLimitUse[] = [];
  const seen = new Set<string>();
  for (const top of UNIT_DIRECTORIES) {
    for (const directory of await unitDirectories(host, top, seen)) {
      const units = await host.list(directory);
      for (const name of units.ok ? units.names : []) {
        if (!MAY_LIMIT.test(name)) continue;
        const path = `${directory}/${name}`;
        const file = await host.read(path, MOST_FILE_BYTES);
        if (!file.ok || seen.has(file.realPath)) continue;
        seen.add(file.realPath);
        const setting = unitMemoryLimit(file.bytes.toString('latin1'));
        if (setting !== undefined) uses.push({ kind: 'unit-memory-limits', path, setting });
      }
    }
  }
  return uses;
}

/** Units that a cgroup is made for, and drop-ins (systemd.resource-control(5)). */
const MAY_LIMIT = /\.(?:service|slice|scope|socket|mount|swap|conf)$/;

async function unitDirectories(host: Host, top: string, seen: Set<string>): Promise<readonly string[]> {
  const listed = await host.list(top);
  if (!listed.ok || seen.has(listed.realPath)) return [];
  seen.add(listed.realPath);
  const below = listed.names.filter((name) => /\.(?:d|wants|requires)$/.test(name));
  return [top, ...below.map((name) => `${top}/${name}`)];
}

/** Source: systemd.resource-control(5); `infinity` and an empty value lift the limit. */
function unitMemoryLimit(unit: string): string | undefined {
  if (!unit.includes('Memory')) return undefined;
  for (const line of unit.split('\n')) {
    const [name, value] = line.split('=', 2).map((part) => part.trim());
    const isLimit = name === 'MemoryLimit' || name === 'MemoryMax' || name === 'MemoryHigh';
    if (isLimit && value !== undefined && value !== '' && value !== 'infinity') return `${name}=${value}`;
  }
  return undefined;
}
