// What GRUB and the kernel make of a tree at the next boot, as the files that then stand in /proc of that machine:
//
//   node next-boot.js ROOT FOLDER        writes FOLDER/cmdline, FOLDER/osrelease, FOLDER/boot_id and FOLDER/cgroups
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/bootmend.js', import.meta.url));
const [root, folder] = process.argv.slice(2);
const { stdout } = spawnSync(process.execPath, [program, 'status', '--json', '--root', root]);
const entries = JSON.parse(stdout.toString('utf8')).entries ?? [];
// A tree that bootmend refuses to read boots all the same.
const entry = entries.find(({ default: isDefault }) => isDefault) ?? {
  kernel: '5.14.0',
  cmdline: 'ro quiet',
};
const isDisabled = /(?:^| )cgroup_disable=\S*\bmemory\b/.test(entry.cmdline);

writeFileSync(join(folder, 'cmdline'), `BOOT_IMAGE=/vmlinuz-${entry.kernel} ${entry.cmdline}\n`);
writeFileSync(join(folder, 'osrelease'), `${entry.kernel}\n`);
writeFileSync(join(folder, 'boot_id'), `${randomUUID()}\n`);
writeFileSync(
  join(folder, 'cgroups'),
  `#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t2\t4\t1\nmemory\t${isDisabled ? '0\t1\t0' : '3\t4\t1'}\n`,
);
