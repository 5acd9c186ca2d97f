import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Put a file into a tree, with the directories above it. */
export function writeIn(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, 'latin1');
}

/** What a machine of this tree would show when it was started with a line: its line, its release and /proc/cgroups. */
export function recordBoot(root: string, line: string, release: string): void {
  writeIn(root, 'proc/cmdline', `BOOT_IMAGE=/vmlinuz-${release} ${line}\n`);
  writeIn(root, 'proc/sys/kernel/osrelease', `${release}\n`);
  const enabled = line.split(' ').includes('cgroup_disable=memory') ? 0 : 1;
  writeIn(root, 'proc/cgroups', `#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t4\t30\t${enabled}\n`);
}
