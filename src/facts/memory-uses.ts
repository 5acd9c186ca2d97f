/** What on a host may count on the memory controller; also the id under which an operator accepts that it breaks. */
export type MemoryUseKind =
  | 'kubelet'
  | 'k3s'
  | 'rke2'
  | 'openshift-node'
  | 'mesos-agent'
  | 'slurm'
  | 'yarn'
  | 'nomad'
  | 'libvirt-memtune'
  | 'lxc-memory-limits'
  | 'docker-memory-limits'
  | 'container-memory-limits'
  | 'unit-memory-limits'
  | 'running-memory-limits';

/** Something on the host that counts on the memory controller, and the file that says so. */
export interface MemoryLimitUse {
  readonly kind: MemoryUseKind;
  readonly path: string;
  /** The setting as it stands there, latin1. */
  readonly setting: string;
}

/** Where a use can be seen. */
export type Sign =
  /** A file that is there only where the program was set up. */
  | { readonly file: string }
  /** A unit that the administrator wrote or enabled, or that a package brought, whether or not anything wants it. */
  | { readonly unit: string }
  /** A setting in a file, or in every file of a directory (`/` at the end) whose name ends so. */
  | { readonly settingIn: string; readonly suffix?: string; readonly pattern: RegExp };

/** A use of the memory controller, and by what signs it is there. */
export interface MemoryUse {
  readonly kind: MemoryUseKind;
  readonly signs: readonly Sign[];
  /** Who says what breaks without the controller. */
  readonly source: string;
}

const MESOS = /cgroups\/mem\b/;
const SLURM = /^[ \t]*Constrain(?:RAM|Swap|Kmem)Space[ \t]*=[ \t]*yes\b/im;
const YARN =
  /<name>\s*yarn\.nodemanager\.resource\.memory\.enabled\s*<\/name>\s*(?:<[^>]*>\s*)?<value>\s*true\s*<\/value>/i;
const NOMAD_CLIENT = /\bclient"?\s*[:=]?\s*\{[^}]*\benabled"?\s*[:=]\s*true/;
const MEMTUNE = /<memtune>[\s\S]*?<(?:hard|soft|swap_hard)_limit\b[^>]*>/;
const LXC = /^[ \t]*lxc\.cgroup2?\.memory\.[\w.]+[ \t]*=.*$/m;

/** Programs whose settings alone tell; limits of containers and units are read where each keeps them. */
export const MEMORY_USES: readonly MemoryUse[] = [
  {
    kind: 'kubelet',
    signs: [
      { file: '/var/lib/kubelet/config.yaml' },
      { file: '/etc/kubernetes/kubelet.conf' },
      { file: '/etc/kubernetes/kubelet/kubelet-config.json' },
      { unit: 'kubelet.service' },
    ],
    source:
      'kubernetes, pkg/kubelet/cm/container_manager_linux.go: cpu and memory are required; its issues 32675, 54914',
  },
  {
    kind: 'k3s',
    signs: [
      { unit: 'k3s.service' },
      { unit: 'k3s-agent.service' },
      { file: '/etc/rancher/k3s/k3s.yaml' },
      { file: '/var/lib/rancher/k3s/agent/kubelet.kubeconfig' },
    ],
    source:
      'k3s issues 170, 10755: "failed to find memory cgroup", fatal at start (pkg/cgroups/cgroups_linux.go)',
  },
  {
    kind: 'rke2',
    signs: [
      { unit: 'rke2-server.service' },
      { unit: 'rke2-agent.service' },
      { file: '/etc/rancher/rke2/rke2.yaml' },
    ],
    source: 'RKE2: pkg/cli/cmds/k3sopts.go, it runs k3s’s agent and its kubelet',
  },
  {
    kind: 'openshift-node',
    signs: [
      { unit: 'origin-node.service' },
      { unit: 'atomic-openshift-node.service' },
      { file: '/etc/origin/node/node-config.yaml' },
    ],
    source: 'OpenShift 3: pkg/cmd/server/kubernetes/node, the node service is a kubelet',
  },
  {
    kind: 'mesos-agent',
    signs: [
      { settingIn: '/etc/mesos-slave/isolation', pattern: MESOS },
      { settingIn: '/etc/mesos-agent/isolation', pattern: MESOS },
      { settingIn: '/etc/default/mesos-slave', pattern: MESOS },
      { settingIn: '/etc/default/mesos-agent', pattern: MESOS },
      { settingIn: '/etc/sysconfig/mesos-slave', pattern: MESOS },
      { settingIn: '/opt/mesosphere/etc/mesos-slave-common', pattern: MESOS },
    ],
    source:
      'Mesos, src/slave/containerizer/mesos/isolators/cgroups/cgroups.cpp: each hierarchy is prepared, or the isolator is not made',
  },
  {
    kind: 'slurm',
    signs: [
      { settingIn: '/etc/slurm/cgroup.conf', pattern: SLURM },
      { settingIn: '/etc/slurm-llnl/cgroup.conf', pattern: SLURM },
      { settingIn: '/usr/local/etc/slurm/cgroup.conf', pattern: SLURM },
    ],
    source: 'Slurm, doc/man/man5/cgroup.conf.5: a plugin whose subsystem is not there does not launch',
  },
  {
    kind: 'yarn',
    signs: [
      { settingIn: '/etc/hadoop/conf/yarn-site.xml', pattern: YARN },
      { settingIn: '/etc/hadoop/yarn-site.xml', pattern: YARN },
      { settingIn: '/opt/hadoop/etc/hadoop/yarn-site.xml', pattern: YARN },
      { settingIn: '/usr/local/hadoop/etc/hadoop/yarn-site.xml', pattern: YARN },
    ],
    source: 'Hadoop, NodeManagerCGroupsMemory.md: yarn.nodemanager.resource.memory.enabled',
  },
  {
    kind: 'nomad',
    signs: [
      { settingIn: '/etc/nomad.d/', suffix: '.hcl', pattern: NOMAD_CLIENT },
      { settingIn: '/etc/nomad.d/', suffix: '.json', pattern: NOMAD_CLIENT },
      { settingIn: '/etc/nomad/', suffix: '.hcl', pattern: NOMAD_CLIENT },
    ],
    source: 'Nomad, client/lib/cgroupslib/init.go: memory is among the controllers that its group needs',
  },
  {
    kind: 'libvirt-memtune',
    signs: [
      { settingIn: '/etc/libvirt/qemu/', suffix: '.xml', pattern: MEMTUNE },
      { settingIn: '/etc/libvirt/lxc/', suffix: '.xml', pattern: MEMTUNE },
    ],
    source:
      'libvirt, src/hypervisor/domain_cgroup.c: "Memory cgroup is not available on this host" where a limit is set',
  },
  {
    kind: 'lxc-memory-limits',
    signs: [
      { settingIn: '/var/lib/lxc/', suffix: '/config', pattern: LXC },
      { settingIn: '/etc/lxc/', suffix: '.conf', pattern: LXC },
      { settingIn: '/etc/pve/lxc/', suffix: '.conf', pattern: /^memory:.*$/m },
    ],
    source: 'lxc issues 668, 1030: a container whose lxc.cgroup.memory.* can’t be set does not start',
  },
];

/** Where unit files lie, the administrator's first; those of `systemctl set-property` too. */
export const UNIT_DIRECTORIES: readonly string[] = [
  '/etc/systemd/system',
  '/etc/systemd/system.control',
  '/run/systemd/system',
  '/run/systemd/system.control',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];
