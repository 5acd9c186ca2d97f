import type { Host } from '../../host/host.ts';
import type { LayoutEvidence, RefusedFinding, RefusedLayout } from './loader-finding.ts';
import { exists, namesIn, readText } from './read-text.ts';

/** Files that show a layout. In a path `ESP` stands for each EFI system partition, `*` for any part of the last name. */
interface LayoutSign {
  readonly layout: RefusedLayout;
  /** The program or file to use instead. */
  readonly tool: string;
  /** One of these has to be there. */
  readonly oneOf: readonly string[];
  /** What it has to hold, where being there is not enough. */
  readonly holding?: RegExp;
  /** This too has to be there. */
  readonly beside?: string;
}

const ostreePlaces = ['/ostree', '/sysroot/ostree', '/run/ostree-booted'];

/**
 * Layouts whose own tool writes the boot parameters anew, whatever else is installed beside it.
 *
 * Sources: the trees of dracut's dmsquash-live, Debian's live-boot, Ubuntu's casper and archiso; rpm-ostree(1) kargs,
 * bootc's kargs.d, ostree-admin-kargs(1); proxmox-boot-tool(8); Pop!_OS's kernelstub; petitboot's README.
 */
const rulingSigns: readonly LayoutSign[] = [
  {
    layout: 'live-media',
    tool: '',
    oneOf: [
      '/LiveOS/squashfs.img',
      '/live/filesystem.squashfs',
      '/casper/filesystem.squashfs',
      '/arch/x86_64/airootfs.sfs',
    ],
  },
  { layout: 'ostree', tool: 'rpm-ostree kargs', oneOf: ostreePlaces, beside: '/usr/bin/rpm-ostree' },
  { layout: 'ostree', tool: 'bootc kargs.d', oneOf: ostreePlaces, beside: '/usr/bin/bootc' },
  { layout: 'ostree', tool: 'ostree admin kargs edit-in-place', oneOf: ostreePlaces },
  {
    layout: 'proxmox-boot-tool',
    tool: 'proxmox-boot-tool refresh',
    oneOf: ['/etc/kernel/proxmox-boot-uuids'],
    holding: /\S.*/,
  },
  { layout: 'kernelstub', tool: 'kernelstub', oneOf: ['/etc/kernelstub/configuration'] },
  { layout: 'petitboot', tool: 'grubby', oneOf: ['/sys/firmware/opal', '/etc/petitboot'] },
];

/**
 * Layouts that count only where neither GRUB 2 nor systemd-boot has a configuration: their files are often leftovers.
 *
 * Sources: VyOS's python/vyos/system/grub.py; GRUB Legacy manual; zipl.conf(5); u-boot-menu's u-boot-update(8); syslinux's configuration file search;
 * lilo.conf(5); elilo's docs/elilo.txt; yaboot.conf(5) and ybin(8); PMON's boot.cfg as Loongson's Debian port reads it;
 * ZFSBootMenu's zfsbootmenu(7), org.zfsbootmenu:commandline; rEFInd's manual, "Methods of Booting Linux"; Boot Loader Specification, Type #2; Raspberry Pi's config.txt.
 */
const otherSigns: readonly LayoutSign[] = [
  {
    layout: 'vyos',
    tool: 'set system option kernel',
    oneOf: ['/boot/grub/grub.cfg', '/boot/grub2/grub.cfg'],
    holding: /^[^#\n]*\/grub\.cfg\.d\/\*[\w.-]*\.cfg.*/m,
  },
  { layout: 'zipl', tool: 'grubby', oneOf: ['/etc/zipl.conf'], beside: '/usr/sbin/grubby' },
  { layout: 'zipl', tool: 'zipl', oneOf: ['/etc/zipl.conf', '/boot/zipl'] },
  {
    layout: 'legacy-grub',
    tool: 'grubby',
    oneOf: ['/boot/grub/menu.lst', '/boot/grub/grub.conf', '/etc/grub.conf'],
    holding: /^[ \t]*kernel[ \t=].*/m,
  },
  {
    layout: 'raspberry-pi',
    tool: 'cmdline.txt',
    oneOf: ['/boot/firmware/cmdline.txt'],
    beside: '/boot/firmware/config.txt',
  },
  { layout: 'raspberry-pi', tool: 'cmdline.txt', oneOf: ['/boot/cmdline.txt'], beside: '/boot/config.txt' },
  {
    layout: 'u-boot',
    tool: 'u-boot-update',
    oneOf: ['/etc/default/u-boot', '/boot/boot.scr', '/boot/uEnv.txt', '/uEnv.txt', '/boot/armbianEnv.txt'],
  },
  { layout: 'syslinux', tool: 'update-extlinux', oneOf: ['/etc/update-extlinux.conf'] },
  {
    layout: 'syslinux',
    tool: 'extlinux-update',
    oneOf: [
      '/boot/extlinux/extlinux.conf',
      '/boot/extlinux.conf',
      '/extlinux.conf',
      '/boot/syslinux/syslinux.cfg',
      '/boot/syslinux/extlinux.conf',
      '/syslinux/syslinux.cfg',
    ],
  },
  {
    layout: 'isolinux',
    tool: '',
    oneOf: ['/isolinux/isolinux.cfg', '/boot/isolinux/isolinux.cfg', '/isolinux.cfg'],
  },
  {
    layout: 'zfsbootmenu',
    tool: 'zfs set org.zfsbootmenu:commandline',
    oneOf: ['/etc/zfsbootmenu/config.yaml', 'ESP/EFI/zbm/*', 'ESP/EFI/ZBM/*', 'ESP/EFI/zfsbootmenu/*'],
  },
  { layout: 'lilo', tool: 'lilo', oneOf: ['/etc/lilo.conf'], holding: /^[ \t]*(?:image|append)[ \t]*=.*/m },
  {
    layout: 'elilo',
    tool: 'elilo',
    oneOf: ['/etc/elilo.conf', 'ESP/EFI/debian/elilo.conf', 'ESP/elilo.conf'],
  },
  { layout: 'yaboot', tool: 'ybin', oneOf: ['/etc/yaboot.conf', '/boot/etc/yaboot.conf'] },
  {
    layout: 'pmon',
    tool: '',
    oneOf: ['/boot/boot.cfg', '/boot.cfg'],
    holding: /^[ \t]*(?:kernel|args)\b.*/m,
  },
  {
    layout: 'refind',
    tool: 'refind_linux.conf',
    oneOf: ['/boot/refind_linux.conf', 'ESP/EFI/refind/refind.conf', 'ESP/EFI/BOOT/refind.conf'],
  },
  { layout: 'unified-kernel-image', tool: 'ukify', oneOf: ['ESP/EFI/Linux/*.efi'] },
];

/** A layout that rules even beside GRUB 2 or systemd-boot. */
export function findRulingLayout(
  host: Host,
  espDirectories: readonly string[],
): Promise<RefusedFinding | undefined> {
  return firstFound(host, rulingSigns, espDirectories);
}

/** A layout other than GRUB 2 and systemd-boot; asked where these have no configuration. */
export function findOtherLayout(
  host: Host,
  espDirectories: readonly string[],
): Promise<RefusedFinding | undefined> {
  return firstFound(host, otherSigns, espDirectories);
}

async function firstFound(
  host: Host,
  signs: readonly LayoutSign[],
  espDirectories: readonly string[],
): Promise<RefusedFinding | undefined> {
  for (const { layout, tool, oneOf, holding, beside } of signs) {
    if (beside !== undefined && !(await exists(host, beside))) continue;
    for (const path of await expand(host, oneOf, espDirectories)) {
      const evidence = await evidenceAt(host, path, holding);
      if (evidence !== undefined) return { kind: 'refused', layout, tool, evidence: [evidence] };
    }
  }
  return undefined;
}

async function evidenceAt(
  host: Host,
  path: string,
  holding: RegExp | undefined,
): Promise<LayoutEvidence | undefined> {
  if (holding === undefined) return (await exists(host, path)) ? { path, found: '' } : undefined;
  const file = await readText(host, path, 1 << 20);
  const match = file.ok ? holding.exec(file.text) : null;
  return match === null ? undefined : { path, found: match[0].trim().slice(0, 80) };
}

async function expand(
  host: Host,
  patterns: readonly string[],
  espDirectories: readonly string[],
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const pattern of patterns) {
    const places = pattern.startsWith('ESP/')
      ? espDirectories.map((esp) => esp + pattern.slice(3))
      : [pattern];
    for (const place of places) {
      if (place.includes('*')) paths.push(...(await matching(host, place)));
      else paths.push(place);
    }
  }
  return paths;
}

async function matching(host: Host, pattern: string): Promise<readonly string[]> {
  const directory = pattern.slice(0, pattern.lastIndexOf('/'));
  const [start = '', end = ''] = pattern.slice(directory.length + 1).split('*');
  const names = await namesIn(host, directory);
  return names
    .filter((name) => name.startsWith(start) && name.endsWith(end))
    .map((name) => `${directory}/${name}`);
}
