import type { Host } from '../host/host.ts';
import type { MemoryLimitUse } from './memory-uses.ts';

const MOST_FILE_BYTES = 1 << 20;
const MOST_CONTAINERS = 10_000;

/**
 * Containers that exist with a memory limit, by the state that their runtimes keep.
 *
 * Sources: docker's hostconfig.json (`Memory` … in bytes, 0 for none) under its data-root; the OCI runtime specification's
 * config.json, `linux.resources.memory.limit` in bytes, where containerd (io.containerd.runtime.v1.linux, v2.task) and
 * containers/storage (podman, CRI-O: overlay-containers) keep it.
 */
export async function containerLimits(host: Host): Promise<readonly MemoryLimitUse[]> {
  const uses: MemoryLimitUse[] = [];
  for (const root of await dockerRoots(host)) {
    for (const path of await filesBelow(host, `${root}/containers`, 'hostconfig.json')) {
      const setting = await limitIn(host, path, dockerLimit);
      if (setting !== undefined) uses.push({ kind: 'docker-memory-limits', path, setting });
    }
  }
  for (const path of await runtimeConfigs(host)) {
    const setting = await limitIn(host, path, runtimeLimit);
    if (setting !== undefined) uses.push({ kind: 'container-memory-limits', path, setting });
  }
  return uses;
}

const DOCKER_ROOT = '/var/lib/docker';

/** Where dockerd is told to keep its state: daemon.json, and the options of its unit or environment file. */
async function dockerRoots(host: Host): Promise<ReadonlySet<string>> {
  const roots = new Set([DOCKER_ROOT]);
  const settings = await textOf(host, '/etc/docker/daemon.json');
  for (const [, path] of settings.matchAll(/"(?:data-root|graph)"\s*:\s*"(\/[^"]*)"/g)) add(roots, path);
  for (const place of await optionFiles(host)) {
    const text = await textOf(host, place);
    for (const [, path] of text.matchAll(/(?:--data-root|--graph|\s-g)(?:=|\s+)["']?(\/[^\s"']+)/g))
      add(roots, path);
  }
  return roots;
}

function add(roots: Set<string>, path: string | undefined): void {
  if (path !== undefined) roots.add(path.replace(/\/+$/, ''));
}

async function optionFiles(host: Host): Promise<readonly string[]> {
  const dropIns = '/etc/systemd/system/docker.service.d';
  const listed = await host.list(dropIns);
  return [
    '/etc/sysconfig/docker',
    '/etc/sysconfig/docker-storage',
    '/etc/default/docker',
    '/etc/systemd/system/docker.service',
    '/usr/lib/systemd/system/docker.service',
    '/lib/systemd/system/docker.service',
    ...(listed.ok ? listed.names.map((name) => `${dropIns}/${name}`) : []),
  ];
}

const TASKS = ['io.containerd.runtime.v2.task', 'io.containerd.runtime.v1.linux'];
const STORAGES = ['/run/containers/storage', '/var/lib/containers/storage'];

async function runtimeConfigs(host: Host): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const state of await containerdStates(host)) {
    for (const tasks of TASKS.map((name) => `${state}/${name}`)) {
      const namespaces = await host.list(tasks);
      for (const name of namespaces.ok ? namespaces.names : []) {
        paths.push(...(await filesBelow(host, `${tasks}/${name}`, 'config.json')));
      }
    }
  }
  for (const storage of STORAGES) {
    for (const place of ['overlay-containers', 'vfs-containers']) {
      paths.push(...(await filesBelow(host, `${storage}/${place}`, 'userdata/config.json')));
    }
  }
  return paths;
}

/** containerd's own, docker's, k3s's, and what its configuration names. */
async function containerdStates(host: Host): Promise<ReadonlySet<string>> {
  const states = new Set(['/run/containerd', '/run/docker/containerd/daemon', '/run/k3s/containerd']);
  const settings = await textOf(host, '/etc/containerd/config.toml');
  for (const [, path] of settings.matchAll(/^[ \t]*state[ \t]*=[ \t]*["'](\/[^"']*)["']/gm))
    add(states, path);
  return states;
}

async function filesBelow(host: Host, directory: string, file: string): Promise<readonly string[]> {
  const listed = await host.list(directory);
  return listed.ok
    ? listed.names.slice(0, MOST_CONTAINERS).map((name) => `${directory}/${name}/${file}`)
    : [];
}

async function textOf(host: Host, path: string): Promise<string> {
  const file = await host.read(path, MOST_FILE_BYTES);
  return file.ok ? file.bytes.toString('latin1') : '';
}

async function limitIn(
  host: Host,
  path: string,
  limitOf: (settings: object) => string | undefined,
): Promise<string | undefined> {
  let settings: unknown;
  try {
    settings = JSON.parse(await textOf(host, path));
  } catch {
    return undefined;
  }
  return typeof settings === 'object' && settings !== null ? limitOf(settings) : undefined;
}

const DOCKER_LIMITS = ['Memory', 'MemoryReservation', 'KernelMemory'];

function dockerLimit(settings: object): string | undefined {
  return limitAmong(settings, DOCKER_LIMITS);
}

function runtimeLimit(settings: object): string | undefined {
  const memory = ['linux', 'resources', 'memory'].reduce<unknown>(member, settings);
  if (typeof memory !== 'object' || memory === null) return undefined;
  return limitAmong(memory, ['limit', 'reservation', 'kernel']);
}

function limitAmong(settings: object, names: readonly string[]): string | undefined {
  for (const [name, value] of Object.entries(settings)) {
    if (names.includes(name) && typeof value === 'number' && value > 0) return `${name}: ${value}`;
  }
  return undefined;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
