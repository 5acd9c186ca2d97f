import type { Tree } from './tree.ts';

const MACHINE = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

/** The path of the entry file of a kernel release. */
export function entryPath(release: string, machine = MACHINE): string {
  return `/boot/loader/entries/${machine}-${release}.conf`;
}

/** An entry file as kernel-install writes it. */
export function entryText(release: string, options: string): string {
  return `title System (${release})\nversion ${release}\nlinux /vmlinuz-${release}\ninitrd /initramfs-${release}.img\n${options}`;
}

/** An environment block of 1024 bytes. */
export function environmentBlock(...records: readonly string[]): string {
  return `# GRUB Environment Block\n${records.map((record) => `${record}\n`).join('')}`.padEnd(1024, '#');
}

/** What grub2-mkconfig writes for a system whose entries are in files, cut to what decides. */
export const ENTRY_FILES_CONFIG = `if [ -f \${config_directory}/grubenv ]; then
  load_env -f \${config_directory}/grubenv
fi
set default="\${saved_entry}"
set tuned_params="isolcpus=1"
if [ -z "\${kernelopts}" ]; then
  set kernelopts="root=/dev/fallback ro "
fi
blscfg
`;

/** A system of Red Hat's family with entry files, a kernel with modules for each. */
export function entryFilesTree(
  platform: 'el8' | 'el9',
  entries: Readonly<Record<string, string>>,
  others: Tree = {},
): Tree {
  const tree: Record<string, Tree[string]> = {
    '/etc/os-release': `ID=rocky\nID_LIKE="rhel centos fedora"\nPLATFORM_ID="platform:${platform}"\n`,
    '/etc/machine-id': `${MACHINE}\n`,
    '/etc/default/grub': 'GRUB_CMDLINE_LINUX="quiet"\nGRUB_ENABLE_BLSCFG=true\n',
    '/boot/grub2/grub.cfg': ENTRY_FILES_CONFIG,
    '/boot/grub2/grubenv': environmentBlock(),
  };
  for (const [release, options] of Object.entries(entries)) {
    tree[entryPath(release)] = entryText(release, options);
    tree[`/boot/vmlinuz-${release}`] = '';
    tree[`/lib/modules/${release}/modules.builtin`] = '';
  }
  return { ...tree, ...others };
}
