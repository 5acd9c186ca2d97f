import type { Host } from '../host/host.ts';

/** Something on the host that counts on the memory controller, and the file that says so. */
export interface MemoryLimitUse {
  readonly kind: 'kubelet' | 'docker-memory-limits' | 'unit-memory-limits';
  readonly path: string;
  /** The setting as it stands there, latin1. */
  readonly setting: string;
}

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

const KUBELET_FILES = [
  '/var/lib/kubelet/config.yaml',
  '/etc/systemd/system/multi-user.target.wants/kubelet.service',
];

const CONTAINERS = '/var/lib/docker/containers';
const UNITS = '/etc/systemd/system';
const UNIT_FILE_BYTES = 1 << 20;
const MAXIMUM_CONTAINERS = 10_000;

/** Read what of this host's services would stop working, or lose its limit, without the memory controller. */
export async function readWorkload(host: Host): Promise<Workload> {
  const runtimes = new Set<string>();
  for (const [name, path] of RUNTIME_PROGRAMS) {
    const found = await host.status(path);
    if (found.ok) runtimes.add(name);
  }
  const uses = [...(await kubelets(host)), ...(await limitedContainers(host)), ...(await limitedUnits(host))];
  return { containerRuntimes: [...runtimes], memoryLimitUses: uses };
}

async function kubelets(host: Host): Promise<readonly MemoryLimitUse[]> {
  for (const path of KUBELET_FILES) {
    const found = await host.status(path);
    if (found.ok) return [{ kind: 'kubelet', path, setting: '' }];
  }
  return [];
}

/**
 * Containers that exist with a memory limit. Docker keeps each one's settings in hostconfig.json; `Memory` and
 * `KernelMemory` are bytes, 0 for none.
 */
async function limitedContainers(host: Host): Promise<readonly MemoryLimitUse[]> {
  const listed = await host.list(CONTAINERS);
  if (!listed.ok) return [];
  const uses: MemoryLimitUse[] = [];
  for (const name of listed.names.slice(0, MAXIMUM_CONTAINERS)) {
    const path = `${CONTAINERS}/${name}/hostconfig.json`;
    const file = await host.read(path, UNIT_FILE_BYTES);
    const limit = file.ok ? memoryLimitOf(file.bytes.toString('utf8')) : undefined;
    if (limit !== undefined) uses.push({ kind: 'docker-memory-limits', path, setting: limit });
  }
  return uses;
}

function memoryLimitOf(hostConfig: string): string | undefined {
  let settings: unknown;
  try {
    settings = JSON.parse(hostConfig);
  } catch {
    return undefined;
  }
  if (typeof settings !== 'object' || settings === null) return undefined;
  for (const [name, value] of Object.entries(settings)) {
    const isLimit = name === 'Memory' || name === 'MemoryReservation' || name === 'KernelMemory';
    if (isLimit && typeof value === 'number' && value > 0) return `${name}: ${value}`;
  }
  return undefined;
}

/** Units and drop-ins that the administrator wrote or enabled: they or their links lie under /etc/systemd/system. */
async function limitedUnits(host: Host): Promise<readonly MemoryLimitUse[]> {
  const uses: MemoryLimitUse[] = [];
  const directories = [UNITS];
  const listed = await host.list(UNITS);
  if (!listed.ok) return [];
  for (const name of listed.names) {
    if (name.endsWith('.d') || name.endsWith('.wants') || name.endsWith('.requires'))
      directories.push(`${UNITS}/${name}`);
  }
  for (const directory of directories) {
    const units = await host.list(directory);
    for (const name of units.ok ? units.names : []) {
      const path = `${directory}/${name}`;
      const file = await host.read(path, UNIT_FILE_BYTES);
      const setting = file.ok ? unitMemoryLimit(file.bytes.toString('latin1')) : undefined;
      if (setting !== undefined) uses.push({ kind: 'unit-memory-limits', path, setting });
    }
  }
  return uses;
}

/** Source: systemd.resource-control(5); `infinity` and an empty value lift the limit. */
function unitMemoryLimit(unit: string): string | undefined {
  for (const line of unit.split('\n')) {
    const [name, value] = line.split('=', 2).map((part) => part.trim());
    const isLimit = name === 'MemoryLimit' || name === 'MemoryMax' || name === 'MemoryHigh';
    if (isLimit && value !== undefined && value !== '' && value !== 'infinity') return `${name}=${value}`;
  }
  return undefined;
}
