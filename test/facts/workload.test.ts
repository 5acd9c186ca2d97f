import { describe, expect, test } from 'vitest';
import { MEMORY_USES } from '../../src/facts/memory-uses.ts';
import { readWorkload } from '../../src/facts/workload.ts';
import { hostOf, runningHostOf, type Tree } from './tree.ts';

async function usesOf(tree: Tree) {
  const { memoryLimitUses } = await readWorkload(await hostOf(tree));
  return memoryLimitUses.map(({ kind, path, setting }) => `${kind} ${path} ${setting}`.trimEnd());
}

const WANTS = '/etc/systemd/system/multi-user.target.wants';
const enabled = (unit: string) => ({ [`${WANTS}/${unit}`]: { link: `/usr/lib/systemd/system/${unit}` } });
const oci = (memory: object) => JSON.stringify({ ociVersion: '1.0', linux: { resources: { memory } } });

/** One row for each kind of use; the ids are what an operator accepts. */
const SEEN: readonly { readonly rule: string; readonly tree: Tree; readonly uses: readonly string[] }[] = [
  {
    rule: 'kubeadm’s kubelet',
    tree: { '/var/lib/kubelet/config.yaml': '' },
    uses: ['kubelet /var/lib/kubelet/config.yaml'],
  },
  {
    rule: 'a kubelet’s unit that nothing wants',
    tree: { '/usr/lib/systemd/system/kubelet.service': '[Service]' },
    uses: ['kubelet /usr/lib/systemd/system/kubelet.service'],
  },
  { rule: 'k3s', tree: enabled('k3s.service'), uses: [`k3s ${WANTS}/k3s.service`] },
  { rule: 'a k3s agent', tree: enabled('k3s-agent.service'), uses: [`k3s ${WANTS}/k3s-agent.service`] },
  { rule: 'RKE2', tree: enabled('rke2-server.service'), uses: [`rke2 ${WANTS}/rke2-server.service`] },
  {
    rule: 'OpenShift 3',
    tree: enabled('origin-node.service'),
    uses: [`openshift-node ${WANTS}/origin-node.service`],
  },
  {
    rule: 'Mesos with cgroups/mem',
    tree: { '/etc/mesos-slave/isolation': 'cgroups/cpu,cgroups/mem\n' },
    uses: ['mesos-agent /etc/mesos-slave/isolation cgroups/mem'],
  },
  {
    rule: 'Slurm that confines memory',
    tree: { '/etc/slurm/cgroup.conf': 'ConstrainCores=yes\nConstrainRAMSpace=Yes\n' },
    uses: ['slurm /etc/slurm/cgroup.conf ConstrainRAMSpace=Yes'],
  },
  {
    rule: 'YARN that limits by cgroup',
    tree: {
      '/etc/hadoop/conf/yarn-site.xml':
        '<property>\n <name>yarn.nodemanager.resource.memory.enabled</name>\n <value>true</value></property>',
    },
    uses: [
      'yarn /etc/hadoop/conf/yarn-site.xml <name>yarn.nodemanager.resource.memory.enabled</name> <value>true</value>',
    ],
  },
  {
    rule: 'a Nomad client',
    tree: { '/etc/nomad.d/client.hcl': 'client {\n  enabled = true\n}\n' },
    uses: ['nomad /etc/nomad.d/client.hcl client { enabled = true'],
  },
  {
    rule: 'a libvirt domain with memtune',
    tree: {
      '/etc/libvirt/qemu/db.xml': "<domain><memtune>\n<hard_limit unit='G'>4</hard_limit></memtune></domain>",
    },
    uses: ["libvirt-memtune /etc/libvirt/qemu/db.xml <memtune> <hard_limit unit='G'>"],
  },
  {
    rule: 'an LXC container with a limit',
    tree: { '/var/lib/lxc/web/config': 'lxc.cgroup.memory.limit_in_bytes = 512M\n' },
    uses: ['lxc-memory-limits /var/lib/lxc/web/config lxc.cgroup.memory.limit_in_bytes = 512M'],
  },
  {
    rule: 'docker run -m',
    tree: { '/var/lib/docker/containers/a1/hostconfig.json': '{"Memory":536870912}' },
    uses: ['docker-memory-limits /var/lib/docker/containers/a1/hostconfig.json Memory: 536870912'],
  },
  {
    rule: 'the same under the data-root of daemon.json',
    tree: {
      '/etc/docker/daemon.json': '{ "data-root": "/srv/docker/" }',
      '/srv/docker/containers/a1/hostconfig.json': '{"Memory":1}',
    },
    uses: ['docker-memory-limits /srv/docker/containers/a1/hostconfig.json Memory: 1'],
  },
  {
    rule: 'under the directory that dockerd is started with',
    tree: {
      '/etc/sysconfig/docker': "OPTIONS='--selinux-enabled -g /data/docker'\n",
      '/data/docker/containers/a1/hostconfig.json': '{"KernelMemory":1}',
    },
    uses: ['docker-memory-limits /data/docker/containers/a1/hostconfig.json KernelMemory: 1'],
  },
  {
    rule: 'a running container of containerd',
    tree: { '/run/containerd/io.containerd.runtime.v2.task/k8s.io/a1/config.json': oci({ limit: 1024 }) },
    uses: [
      'container-memory-limits /run/containerd/io.containerd.runtime.v2.task/k8s.io/a1/config.json limit: 1024',
    ],
  },
  {
    rule: 'under the state directory of its configuration',
    tree: {
      '/etc/containerd/config.toml': 'version = 2\nstate = "/srv/run"\n',
      '/srv/run/io.containerd.runtime.v1.linux/moby/a1/config.json': oci({ limit: 1 }),
    },
    uses: ['container-memory-limits /srv/run/io.containerd.runtime.v1.linux/moby/a1/config.json limit: 1'],
  },
  {
    rule: 'a container of podman',
    tree: { '/var/lib/containers/storage/overlay-containers/a1/userdata/config.json': oci({ limit: 1 }) },
    uses: [
      'container-memory-limits /var/lib/containers/storage/overlay-containers/a1/userdata/config.json limit: 1',
    ],
  },
  {
    rule: 'a unit of the administrator’s',
    tree: { '/etc/systemd/system/db.service': '[Service]\nMemoryLimit=1G\n' },
    uses: ['unit-memory-limits /etc/systemd/system/db.service MemoryLimit=1G'],
  },
  {
    rule: 'a unit of a package',
    tree: { '/usr/lib/systemd/system/db.service': '[Service]\nMemoryMax=1G\n' },
    uses: ['unit-memory-limits /usr/lib/systemd/system/db.service MemoryMax=1G'],
  },
  {
    rule: 'the same by two paths counts once',
    tree: { '/usr/lib/systemd/system/db.service': '[Service]\nMemoryMax=1G\n', '/lib': { link: '/usr/lib' } },
    uses: ['unit-memory-limits /usr/lib/systemd/system/db.service MemoryMax=1G'],
  },
];

describe('seen', () => {
  test.each(SEEN)('$rule', async ({ tree, uses }) => {
    expect(await usesOf(tree)).toEqual(uses);
  });

  test('every program of the table is in these rows, with its source', () => {
    const kinds = SEEN.flatMap(({ uses }) => uses.map((use) => use.split(' ', 1)[0]));
    for (const { kind, source } of MEMORY_USES) {
      expect(kinds).toContain(kind);
      expect(source.length).toBeGreaterThan(20);
    }
  });
});

test.each<{ rule: string; tree: Tree }>([
  { rule: 'Mesos without cgroups/mem', tree: { '/etc/mesos-slave/isolation': 'cgroups/cpu' } },
  {
    rule: 'Slurm that confines cores only',
    tree: { '/etc/slurm/cgroup.conf': 'ConstrainRAMSpace=no\n#ConstrainRAMSpace=yes' },
  },
  { rule: 'a Nomad server', tree: { '/etc/nomad.d/server.hcl': 'server { enabled = true }' } },
  {
    rule: 'a domain without limits',
    tree: { '/etc/libvirt/qemu/db.xml': '<domain><memory>4</memory></domain>' },
  },
  {
    rule: 'a container without a limit',
    tree: { '/var/lib/docker/containers/a1/hostconfig.json': '{"Memory":0}' },
  },
  { rule: 'a damaged state file', tree: { '/var/lib/docker/containers/a1/hostconfig.json': '{"Memory":' } },
  {
    rule: 'a limit that is lifted',
    tree: { '/etc/systemd/system/db.service': '[Service]\nMemoryMax=infinity\n' },
  },
  {
    rule: 'YARN without it',
    tree: {
      '/etc/hadoop/conf/yarn-site.xml':
        '<name>yarn.nodemanager.resource.memory.enabled</name><value>false</value>',
    },
  },
])('not a use: $rule', async ({ tree }) => {
  expect(await usesOf(tree)).toEqual([]);
});

describe('groups of the running system', () => {
  const v1 = {
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    '/sys/fs/cgroup/memory/docker/a1/memory.limit_in_bytes': '536870912\n',
    '/sys/fs/cgroup/memory/docker/memory.limit_in_bytes': '9223372036854771712\n',
  };
  const v2 = {
    '/sys/fs/cgroup/system.slice/memory.max': 'max\n',
    '/sys/fs/cgroup/system.slice/db.service/memory.max': '1073741824\n',
  };
  test.each([
    { rule: 'cgroup v1', tree: v1, use: '/sys/fs/cgroup/memory/docker/a1/memory.limit_in_bytes 536870912' },
    { rule: 'cgroup v2', tree: v2, use: '/sys/fs/cgroup/system.slice/db.service/memory.max 1073741824' },
  ])('$rule', async ({ tree, use }) => {
    const { memoryLimitUses } = await readWorkload(await runningHostOf(tree));
    expect(memoryLimitUses.map(({ path, setting }) => `${path} ${setting}`)).toEqual([use]);
    expect(await usesOf(tree)).toEqual([]);
  });
});
