import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { bootScript } from './boot-kernel.ts';

/** How the machine that is recorded mounts its control groups. */
export type Hierarchy = 'v1' | 'v2' | 'none';

/** Three busy groups each: a shell that makes files, so that kernel memory is charged where it is accounted. */
const GROUPS: Readonly<Record<Hierarchy, string>> = {
  none: '',
  v1: `
busybox mount -t tmpfs cgroup /sys/fs/cgroup
busybox mkdir /sys/fs/cgroup/memory
if busybox mount -t cgroup -o memory memory /sys/fs/cgroup/memory; then
  for name in one two; do
    group=/sys/fs/cgroup/memory/$name
    busybox mkdir $group
    busybox sh -c "echo 0 > $group/cgroup.procs; for i in 1 2 3 4 5 6 7 8; do echo x > /work/$name.\\$i; done; exec busybox sleep 100" &
  done
fi
`,
  v2: `
busybox mount -t cgroup2 cgroup2 /sys/fs/cgroup
echo +memory > /sys/fs/cgroup/cgroup.subtree_control
for name in one two; do
  group=/sys/fs/cgroup/$name
  busybox mkdir $group
  busybox sh -c "echo 0 > $group/cgroup.procs; for i in 1 2 3 4 5 6 7 8; do echo x > /work/$name.\\$i; done; exec busybox sleep 100" &
done
`,
};

/** An init that packs what the kernel shows onto the console. Files under /proc have no size that an archiver could go by, so each is copied first. */
export const recordingInit = (hierarchy: Hierarchy) => `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t sysfs sys /sys
busybox mount -t devtmpfs dev /dev
exec > /dev/ttyS0 2>&1
busybox mkdir /work /record
busybox mount -t tmpfs work /work
${GROUPS[hierarchy]}
busybox sleep 1
keep() {
  for path in "$@"; do
    [ -f $path ] || continue
    busybox mkdir -p /record$(busybox dirname $path)
    busybox cat $path > /record$path
  done
}
keep /proc/cmdline /proc/version /proc/cgroups /proc/slabinfo /proc/meminfo
keep /proc/sys/kernel/osrelease /proc/sys/kernel/random/boot_id /sys/kernel/mm/transparent_hugepage/enabled
keep /sys/fs/cgroup/cgroup.controllers /sys/fs/cgroup/cgroup.stat
for group in /sys/fs/cgroup/one /sys/fs/cgroup/two /sys/fs/cgroup/memory /sys/fs/cgroup/memory/one /sys/fs/cgroup/memory/two; do
  keep $group/cgroup.procs $group/memory.stat $group/memory.current
  keep $group/memory.usage_in_bytes $group/memory.kmem.usage_in_bytes $group/memory.kmem.limit_in_bytes
done
busybox mkdir -p /record/var/log
busybox dmesg | busybox grep -E 'ommand line|cgroup|Linux version' > /record/var/log/dmesg
busybox dmesg -n 1
cd /record
echo
echo begin-record
busybox tar c . | busybox gzip | busybox base64
echo end-record
busybox sleep 3
busybox poweroff -f
`;

/**
 * Boot a kernel and record what it shows of itself under /proc and /sys, as files of a directory.
 *
 * @param directory is made, and gets proc/, sys/ and var/log/dmesg
 * @throws Error with the console's text where the machine does not come to its end
 */
export async function recordRunningState(
  kernel: Buffer,
  words: readonly string[],
  hierarchy: Hierarchy,
  directory: string,
): Promise<void> {
  unpackRecord(await bootScript(kernel, words, recordingInit(hierarchy), new Map()), directory);
}

/**
 * Put what `recordingInit` packed onto the console into a directory.
 *
 * @throws Error with the console's text where the machine did not come to its end
 */
export function unpackRecord(console: string, directory: string): void {
  const [, packed] = /begin-record\s+([\s\S]*?)\s+end-record/.exec(console) ?? [];
  if (packed === undefined) throw new Error(`the machine did not come to its end:\n${console}`);
  mkdirSync(directory, { recursive: true });
  execFileSync('tar', ['xz', '-C', directory, '--no-same-owner', '--no-same-permissions'], {
    input: Buffer.from(packed.replaceAll(/\s/g, ''), 'base64'),
  });
}
