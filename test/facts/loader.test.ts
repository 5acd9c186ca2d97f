import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLoader, hostOf, runningHostOf, type Tree } from './tree.ts';

const full = "set timeout=5\nmenuentry 'Linux' {\n\tlinux /vmlinuz root=/dev/sda1\n}\n";
const blsConfig = 'insmod blscfg\nblscfg\n';
const debianStub =
  "search.fs_uuid 1234-ab root hd0,gpt2\nset prefix=($root)'/boot/grub'\nconfigfile $prefix/grub.cfg\n";
const redHatStub =
  'search --no-floppy --root-dev-only --fs-uuid --set=dev 1234-ab\nset prefix=($dev)/grub2\n\nexport $prefix\nconfigfile $prefix/grub.cfg\n';
const suseStub =
  'set btrfs_relative_path="yes"\nsearch --fs-uuid --set=root 1234-ab\nset prefix=(${root})/boot/grub2\nsource "${prefix}/grub.cfg"\n';

const centos7 = 'ID="centos"\nVERSION_ID="7"\n';
const rocky9 = 'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n';
const debian12 = 'ID=debian\nVERSION_ID="12"\n';

interface GrubCase {
  readonly name: string;
  readonly tree: Tree;
  readonly configs: readonly string[];
  readonly through?: string;
  readonly inactive?: readonly string[];
}

const grubCases: readonly GrubCase[] = [
  {
    name: 'EL7, BIOS',
    tree: { '/etc/os-release': centos7, '/boot/grub2/grub.cfg': full },
    configs: ['/boot/grub2/grub.cfg'],
  },
  {
    name: 'Debian, BIOS',
    tree: { '/etc/os-release': debian12, '/boot/grub/grub.cfg': full },
    configs: ['/boot/grub/grub.cfg'],
  },
  {
    name: 'EL7, EFI: the one on the ESP is the full one',
    tree: { '/etc/os-release': centos7, '/boot/efi/EFI/centos/grub.cfg': full },
    configs: ['/boot/efi/EFI/centos/grub.cfg'],
  },
  {
    name: 'EL7, EFI, with a leftover for BIOS: the packages link decides',
    tree: {
      '/etc/os-release': centos7,
      '/boot/grub2/grub.cfg': full,
      '/boot/efi/EFI/centos/grub.cfg': full,
      '/etc/grub2-efi.cfg': { link: '../boot/efi/EFI/centos/grub.cfg' },
    },
    configs: ['/boot/efi/EFI/centos/grub.cfg'],
    inactive: ['/boot/grub2/grub.cfg'],
  },
  {
    name: 'both full and no link tells: both decide',
    tree: { '/boot/grub2/grub.cfg': full, '/boot/efi/EFI/centos/grub.cfg': full },
    configs: ['/boot/grub2/grub.cfg', '/boot/efi/EFI/centos/grub.cfg'],
  },
  {
    name: 'EL9: a stub on the ESP leads to a separate /boot',
    tree: {
      '/etc/os-release': rocky9,
      '/boot/grub2/grub.cfg': blsConfig,
      '/boot/efi/EFI/rocky/grub.cfg': redHatStub,
    },
    configs: ['/boot/grub2/grub.cfg'],
    through: '/boot/efi/EFI/rocky/grub.cfg',
  },
  {
    name: 'Debian: a stub on the ESP',
    tree: {
      '/etc/os-release': debian12,
      '/boot/grub/grub.cfg': full,
      '/boot/efi/EFI/debian/grub.cfg': debianStub,
    },
    configs: ['/boot/grub/grub.cfg'],
    through: '/boot/efi/EFI/debian/grub.cfg',
  },
  {
    name: 'Debian: two stubs, one for the removable path',
    tree: {
      '/boot/grub/grub.cfg': full,
      '/boot/efi/EFI/BOOT/grub.cfg': debianStub,
      '/boot/efi/EFI/debian/grub.cfg': debianStub,
    },
    configs: ['/boot/grub/grub.cfg'],
    through: '/boot/efi/EFI/BOOT/grub.cfg',
  },
  {
    name: 'SUSE: the stub sources the full one',
    tree: { '/boot/grub2/grub.cfg': full, '/boot/efi/EFI/opensuse/grub.cfg': suseStub },
    configs: ['/boot/grub2/grub.cfg'],
    through: '/boot/efi/EFI/opensuse/grub.cfg',
  },
  {
    name: 'a file that takes in another one of its own device is no stub: what it sets counts',
    tree: {
      '/boot/grub/grub.cfg': 'set default=1\nsource /boot/grub/menu.cfg\n',
      '/boot/grub/menu.cfg': full,
    },
    configs: ['/boot/grub/grub.cfg'],
  },
  {
    name: 'a stub that sources the full one by its device',
    tree: {
      '/boot/grub/grub.cfg': full,
      '/boot/efi/EFI/debian/grub.cfg': 'source (hd0,gpt2)/boot/grub/grub.cfg\n',
    },
    configs: ['/boot/grub/grub.cfg'],
    through: '/boot/efi/EFI/debian/grub.cfg',
  },
  {
    name: 'a stub that names a btrfs subvolume',
    tree: {
      '/boot/grub/grub.cfg': full,
      '/efi/EFI/ubuntu/grub.cfg': debianStub.replace('/boot/grub', '/@/boot/grub'),
    },
    configs: ['/boot/grub/grub.cfg'],
    through: '/efi/EFI/ubuntu/grub.cfg',
  },
  {
    name: 'a second ESP that fstab names',
    tree: {
      '/etc/fstab': 'UUID=a /boot/efi vfat defaults 0 2\nUUID=b /boot/efi2 vfat defaults 0 2\n',
      '/boot/efi/EFI/centos/grub.cfg': full,
      '/boot/efi2/EFI/centos/grub.cfg': full,
    },
    configs: ['/boot/efi/EFI/centos/grub.cfg', '/boot/efi2/EFI/centos/grub.cfg'],
  },
  {
    name: 'both directories: the one of the family',
    tree: { '/etc/os-release': debian12, '/boot/grub/grub.cfg': full, '/boot/grub2/grub.cfg': full },
    configs: ['/boot/grub/grub.cfg'],
    inactive: ['/boot/grub2/grub.cfg'],
  },
  {
    name: 'a link to the real one',
    tree: { '/boot/grub/grub.cfg': { link: '../grub2/grub.cfg' }, '/boot/grub2/grub.cfg': full },
    configs: ['/boot/grub2/grub.cfg'],
  },
  {
    name: 'an empty grub.cfg decides, and is not passed over in silence',
    tree: { '/boot/grub2/grub.cfg': '' },
    configs: ['/boot/grub2/grub.cfg'],
  },
  {
    name: 'menu.lst beside grub.cfg is a leftover',
    tree: { '/boot/grub/grub.cfg': full, '/boot/grub/menu.lst': 'title a\nkernel /vmlinuz\n' },
    configs: ['/boot/grub/grub.cfg'],
  },
  {
    name: 'loader.conf without entries is not systemd-boot',
    tree: { '/boot/grub2/grub.cfg': blsConfig, '/boot/loader/loader.conf': 'timeout 3\n' },
    configs: ['/boot/grub2/grub.cfg'],
  },
];

describe('GRUB 2', () => {
  test.each(grubCases)('$name', async ({ tree, configs, through, inactive }) => {
    const finding = await findLoader(await hostOf(tree));
    expect(finding).toMatchObject({ kind: 'grub2', inactive: inactive ?? [], unread: [] });
    if (finding.kind !== 'grub2') return;
    expect(finding.configs.map(({ path }) => path)).toEqual(configs);
    expect(finding.configs[0]?.through).toBe(through);
  });
});

const bothFull = {
  '/proc/self/mountinfo': '22 1 253:0 / / rw - xfs /dev/sda2 rw\n',
  '/boot/grub2/grub.cfg': full,
  '/boot/efi/EFI/centos/grub.cfg': full,
  '/boot/efi/EFI/redhat/grub.cfg': full,
};

describe('GRUB 2 on the running system', () => {
  test('BIOS reads the one under /boot', async () => {
    expect(await findLoader(await runningHostOf(bothFull))).toMatchObject({
      configs: [{ path: '/boot/grub2/grub.cfg', firmware: 'any' }],
      inactive: ['/boot/efi/EFI/centos/grub.cfg', '/boot/efi/EFI/redhat/grub.cfg'],
    });
  });

  test('EFI reads the one on the ESP, beside the image that was started', async () => {
    const tree = { ...bothFull, ...efiVariables('\\EFI\\REDHAT\\shimx64.efi') };
    expect(await findLoader(await runningHostOf(tree))).toMatchObject({
      configs: [{ path: '/boot/efi/EFI/redhat/grub.cfg' }],
      inactive: ['/boot/grub2/grub.cfg'],
    });
  });

  test('EFI started from the removable path: any of them', async () => {
    const tree = { ...bothFull, ...efiVariables('\\EFI\\BOOT\\BOOTX64.EFI') };
    expect(await findLoader(await runningHostOf(tree))).toMatchObject({
      configs: [{ path: '/boot/efi/EFI/centos/grub.cfg' }, { path: '/boot/efi/EFI/redhat/grub.cfg' }],
    });
  });
});

/** BootCurrent and its load option, as the kernel shows them: four bytes of attributes, then the value. */
function efiVariables(image: string, loaderInfo?: string): Tree {
  const directory = '/sys/firmware/efi/efivars';
  const attributes = Buffer.from([7, 0, 0, 0]);
  const path = Buffer.from(`${image}\0`, 'utf16le');
  const disk = Buffer.from([4, 1, 6, 0, 0, 0]);
  const node = Buffer.from([4, 4, (path.length + 4) & 0xff, (path.length + 4) >> 8]);
  const option = [Buffer.from([1, 0, 0, 0, 0, 0]), Buffer.from('Linux\0', 'utf16le'), disk, node, path];
  const end = Buffer.from([0x7f, 0xff, 4, 0]);
  const variables: Record<string, Buffer> = {
    [`${directory}/BootCurrent-8be4df61-93ca-11d2-aa0d-00e098032b8c`]: Buffer.concat([
      attributes,
      Buffer.from([0x1a, 0]),
    ]),
    [`${directory}/Boot001A-8be4df61-93ca-11d2-aa0d-00e098032b8c`]: Buffer.concat([
      attributes,
      ...option,
      end,
    ]),
  };
  if (loaderInfo !== undefined) {
    const info = Buffer.from(`${loaderInfo}\0`, 'utf16le');
    variables[`${directory}/LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f`] = Buffer.concat([
      attributes,
      info,
    ]);
  }
  return variables;
}

const entry = 'title a\nlinux /vmlinuz\noptions ro\n';
const systemdBootTree: Tree = {
  '/efi/EFI/systemd/systemd-bootx64.efi': 'MZ',
  '/efi/loader/loader.conf': 'default a-*\n',
  '/efi/loader/entries/a-1.conf': entry,
};
const mounted = '22 1 253:0 / / rw - ext4 /dev/sda2 rw\n';

describe('systemd-boot', () => {
  test('entries on the ESP', async () => {
    expect(await findLoader(await hostOf(systemdBootTree))).toMatchObject({
      kind: 'systemd-boot',
      loaderConf: '/efi/loader/loader.conf',
      entryDirectories: ['/efi/loader/entries'],
    });
  });

  test('entries on an extended boot partition', async () => {
    const tree = {
      '/efi/EFI/systemd/systemd-bootx64.efi': 'MZ',
      '/boot/loader/entries/a-1.conf': entry,
    };
    expect(await findLoader(await hostOf(tree))).toMatchObject({
      kind: 'systemd-boot',
      loaderConf: undefined,
      entryDirectories: ['/boot/loader/entries'],
    });
  });

  test('an unused grub.cfg beside it', async () => {
    const tree = { ...systemdBootTree, '/boot/grub/grub.cfg': full };
    expect((await findLoader(await hostOf(tree))).kind).toBe('systemd-boot');
  });

  test('started by the firmware, and only a leftover of GRUB in sight', async () => {
    const tree = { '/boot/grub/grub.cfg': full, '/proc/self/mountinfo': mounted };
    const started = { ...tree, ...efiVariables('\\EFI\\BOOT\\BOOTX64.EFI', 'systemd-boot 256.4-1') };
    expect(await findLoader(await runningHostOf(started))).toMatchObject({ layout: 'systemd-boot-unseen' });
    const grub = { ...tree, ...efiVariables('\\EFI\\BOOT\\BOOTX64.EFI', 'GRUB 2.12') };
    expect((await findLoader(await runningHostOf(grub))).kind).toBe('grub2');
  });

  test('both installed: what the firmware started decides', async () => {
    const tree = {
      ...systemdBootTree,
      '/boot/grub/grub.cfg': full,
      '/efi/EFI/arch/grubx64.efi': 'MZ',
      '/proc/self/mountinfo': mounted,
    };
    expect(await findLoader(await hostOf(tree))).toMatchObject({ layout: 'several-loaders' });
    const started = { ...tree, ...efiVariables('\\EFI\\BOOT\\BOOTX64.EFI', 'systemd-boot 256.4-1') };
    expect((await findLoader(await runningHostOf(started))).kind).toBe('systemd-boot');
    const grub = { ...tree, ...efiVariables('\\EFI\\arch\\grubx64.efi') };
    expect((await findLoader(await runningHostOf(grub))).kind).toBe('grub2');
  });
});

test('a BIOS starts no systemd-boot: with both there, GRUB boots', async () => {
  const tree = { ...systemdBootTree, '/boot/grub/grub.cfg': full, '/proc/self/mountinfo': mounted };
  expect((await findLoader(await runningHostOf(tree))).kind).toBe('grub2');
  const onEfi = { ...tree, ...efiVariables('\\EFI\\systemd\\systemd-bootx64.efi', 'systemd-boot 256') };
  expect((await findLoader(await runningHostOf(onEfi))).kind).toBe('systemd-boot');
});

interface RefusedCase {
  readonly name: string;
  readonly tree: Tree;
  readonly layout: string;
  readonly tool: string;
  readonly evidence: string;
}

const refusedCases: readonly RefusedCase[] = [
  {
    name: 'VyOS: its grub.cfg sources every file of grub.cfg.d',
    tree: {
      '/boot/grub/grub.cfg':
        'insmod regexp\nfor cfgfile in ${prefix}/grub.cfg.d/*.cfg\ndo\n  source ${cfgfile}\ndone\n',
    },
    layout: 'vyos',
    tool: 'set system option kernel',
    evidence: '/boot/grub/grub.cfg',
  },
  {
    name: 'ZFSBootMenu on the ESP',
    tree: { '/etc/os-release': debian12, '/boot/efi/EFI/zbm/vmlinuz.EFI': 'MZ' },
    layout: 'zfsbootmenu',
    tool: 'zfs set org.zfsbootmenu:commandline',
    evidence: '/boot/efi/EFI/zbm/vmlinuz.EFI',
  },
  {
    name: 'LILO',
    tree: { '/etc/lilo.conf': 'boot=/dev/sda\nimage=/boot/vmlinuz\n\tappend="quiet"\n' },
    layout: 'lilo',
    tool: 'lilo',
    evidence: '/etc/lilo.conf',
  },
  {
    name: 'ELILO',
    tree: { '/boot/efi/EFI/debian/elilo.conf': 'image=vmlinuz\n' },
    layout: 'elilo',
    tool: 'elilo',
    evidence: '/boot/efi/EFI/debian/elilo.conf',
  },
  {
    name: 'yaboot',
    tree: { '/etc/yaboot.conf': 'image=/boot/vmlinux\n\tappend="quiet"\n' },
    layout: 'yaboot',
    tool: 'ybin',
    evidence: '/etc/yaboot.conf',
  },
  {
    name: 'PMON',
    tree: {
      '/boot/boot.cfg': 'default 0\ntitle Linux\n\tkernel /dev/fs/ext2@wd0/vmlinuz\n\targs console=tty\n',
    },
    layout: 'pmon',
    tool: '',
    evidence: '/boot/boot.cfg',
  },
  {
    name: 'ISOLINUX: no program makes its file anew',
    tree: { '/isolinux/isolinux.cfg': 'label linux\n  kernel vmlinuz\n' },
    layout: 'isolinux',
    tool: '',
    evidence: '/isolinux/isolinux.cfg',
  },
  {
    name: 'legacy GRUB',
    tree: {
      '/boot/grub/menu.lst': { link: 'grub.conf' },
      '/boot/grub/grub.conf': 'default=0\ntitle CentOS\n\troot (hd0,0)\n\tkernel /vmlinuz ro\n',
    },
    layout: 'legacy-grub',
    tool: 'grubby',
    evidence: '/boot/grub/menu.lst',
  },
  {
    name: 'unified kernel images alone',
    tree: { '/efi/EFI/Linux/arch-linux.efi': 'MZ' },
    layout: 'unified-kernel-image',
    tool: 'ukify',
    evidence: '/efi/EFI/Linux/arch-linux.efi',
  },
  {
    name: 'systemd-boot with unified images only',
    tree: {
      '/efi/EFI/systemd/systemd-bootx64.efi': 'MZ',
      '/efi/loader/loader.conf': '',
      '/efi/EFI/Linux/a.efi': 'MZ',
    },
    layout: 'unified-kernel-image',
    tool: 'ukify',
    evidence: '/efi/EFI/Linux/a.efi',
  },
  {
    name: 'zipl',
    tree: { '/etc/zipl.conf': '[defaultboot]\n', '/boot/loader/entries/a.conf': entry },
    layout: 'zipl',
    tool: 'zipl',
    evidence: '/etc/zipl.conf',
  },
  {
    name: 'petitboot',
    tree: { '/etc/petitboot': { directory: true }, '/boot/grub2/grub.cfg': full },
    layout: 'petitboot',
    tool: 'grubby',
    evidence: '/etc/petitboot',
  },
  {
    name: 'extlinux',
    tree: { '/boot/extlinux/extlinux.conf': 'LABEL a\n' },
    layout: 'syslinux',
    tool: 'extlinux-update',
    evidence: '/boot/extlinux/extlinux.conf',
  },
  {
    name: 'extlinux on Alpine',
    tree: { '/etc/update-extlinux.conf': '', '/boot/extlinux.conf': 'LABEL a\n' },
    layout: 'syslinux',
    tool: 'update-extlinux',
    evidence: '/etc/update-extlinux.conf',
  },
  {
    name: 'U-Boot',
    tree: { '/boot/boot.scr': 'x', '/boot/vmlinuz-6.1': 'x' },
    layout: 'u-boot',
    tool: 'u-boot-update',
    evidence: '/boot/boot.scr',
  },
  {
    name: 'rEFInd',
    tree: { '/boot/refind_linux.conf': '"Boot" "ro"\n' },
    layout: 'refind',
    tool: 'refind_linux.conf',
    evidence: '/boot/refind_linux.conf',
  },
  {
    name: 'rpm-ostree, though there are grub.cfg and entries',
    tree: {
      '/ostree': { link: 'sysroot/ostree' },
      '/sysroot/ostree/repo/config': '',
      '/usr/bin/rpm-ostree': 'x',
      '/boot/grub2/grub.cfg': blsConfig,
    },
    layout: 'ostree',
    tool: 'rpm-ostree kargs',
    evidence: '/ostree',
  },
  {
    name: 'bootc',
    tree: { '/sysroot/ostree/repo/config': '', '/usr/bin/bootc': 'x' },
    layout: 'ostree',
    tool: 'bootc kargs.d',
    evidence: '/sysroot/ostree',
  },
  {
    name: 'Proxmox VE on ZFS',
    tree: { '/etc/kernel/proxmox-boot-uuids': '1234-ABCD\n', '/boot/grub/grub.cfg': full },
    layout: 'proxmox-boot-tool',
    tool: 'proxmox-boot-tool refresh',
    evidence: '/etc/kernel/proxmox-boot-uuids',
  },
  {
    name: 'kernelstub',
    tree: { '/etc/kernelstub/configuration': '{}', ...systemdBootTree },
    layout: 'kernelstub',
    tool: 'kernelstub',
    evidence: '/etc/kernelstub/configuration',
  },
  {
    name: 'Raspberry Pi',
    tree: { '/boot/firmware/cmdline.txt': 'console=tty1', '/boot/firmware/config.txt': '' },
    layout: 'raspberry-pi',
    tool: 'cmdline.txt',
    evidence: '/boot/firmware/cmdline.txt',
  },
  {
    name: 'Ubuntu Core',
    tree: { '/boot/grub/grub.cfg': `# Snapd-Boot-Config-Edition: 1\n${full}` },
    layout: 'ubuntu-core',
    tool: 'snap set system',
    evidence: '/boot/grub/grub.cfg',
  },
  {
    name: 'signatures enforced in the file',
    tree: { '/boot/grub2/grub.cfg': `set check_signatures=enforce\n${full}` },
    layout: 'signed-grub-config',
    tool: 'gpg --detach-sign',
    evidence: '/boot/grub2/grub.cfg',
  },
  {
    name: 'a signature beside the file',
    tree: { '/boot/grub2/grub.cfg': full, '/boot/grub2/grub.cfg.sig': 'x' },
    layout: 'signed-grub-config',
    tool: 'gpg --detach-sign',
    evidence: '/boot/grub2/grub.cfg.sig',
  },
  {
    name: 'signatures enforced in the stub',
    tree: {
      '/boot/grub/grub.cfg': full,
      '/boot/efi/EFI/debian/grub.cfg': `set check_signatures="enforce"\n${debianStub}`,
    },
    layout: 'signed-grub-config',
    tool: 'gpg --detach-sign',
    evidence: '/boot/efi/EFI/debian/grub.cfg',
  },
  {
    name: 'an unpacked live image',
    tree: { '/LiveOS/squashfs.img': 'x', '/boot/grub2/grub.cfg': full },
    layout: 'live-media',
    tool: '',
    evidence: '/LiveOS/squashfs.img',
  },
  {
    name: 'a container image: no kernel at all',
    tree: { '/etc/os-release': debian12, '/boot': { directory: true } },
    layout: 'no-kernel',
    tool: '',
    evidence: '/boot',
  },
  { name: 'an empty directory', tree: {}, layout: 'no-kernel', tool: '', evidence: '/boot' },
];

describe('recognised and refused', () => {
  test.each(refusedCases)('$name', async ({ tree, layout, tool, evidence }) => {
    const finding = await findLoader(await hostOf(tree));
    expect(finding).toMatchObject({ kind: 'refused', layout, tool });
    expect(finding.kind === 'refused' && finding.evidence[0]?.path).toBe(evidence);
  });
});

const runningCases: readonly RefusedCase[] = [
  {
    name: 'a container',
    tree: { '/.dockerenv': '', '/boot/grub2/grub.cfg': full },
    layout: 'container',
    tool: '',
    evidence: '/.dockerenv',
  },
  {
    name: 'a live system by its words',
    tree: { '/proc/cmdline': 'BOOT_IMAGE=/live/vmlinuz boot=live quiet\n', '/boot/grub/grub.cfg': full },
    layout: 'live-media',
    tool: '',
    evidence: '/proc/cmdline',
  },
  {
    name: 'an overlay as root',
    tree: {
      '/proc/self/mountinfo': '22 1 0:40 / / rw - overlay overlayroot rw\n',
      '/boot/grub/grub.cfg': full,
    },
    layout: 'overlay-root',
    tool: '',
    evidence: '/proc/self/mountinfo',
  },
  {
    name: 'a root in memory',
    tree: { '/proc/self/mountinfo': '1 1 0:2 / / rw - rootfs rootfs rw\n' },
    layout: 'live-media',
    tool: '',
    evidence: '/proc/self/mountinfo',
  },
  {
    name: 'started from a unified image',
    tree: {
      '/proc/self/mountinfo': mounted,
      '/boot/grub/grub.cfg': full,
      ...efiVariables('\\EFI\\Linux\\arch.efi'),
    },
    layout: 'unified-kernel-image',
    tool: 'ukify',
    evidence: '/sys/firmware/efi/efivars',
  },
  {
    name: 'OPAL firmware',
    tree: { '/proc/self/mountinfo': mounted, '/sys/firmware/opal/msglog': '', '/boot/grub2/grub.cfg': full },
    layout: 'petitboot',
    tool: 'grubby',
    evidence: '/sys/firmware/opal',
  },
];

describe('recognised and refused, on the running system', () => {
  test.each(runningCases)('$name', async ({ tree, layout, tool, evidence }) => {
    const finding = await findLoader(await runningHostOf(tree));
    expect(finding).toMatchObject({ kind: 'refused', layout, tool });
    expect(finding.kind === 'refused' && finding.evidence[0]?.path).toBe(evidence);
  });

  test('nothing of /proc or /sys counts for a directory', async () => {
    const tree = { ...runningCases[1]?.tree, '/sys/firmware/efi/x': '' };
    expect((await findLoader(await hostOf(tree))).kind).toBe('grub2');
  });
});

describe('no configuration', () => {
  test('kernels without a loader: the family tells what is missing', async () => {
    const finding = await findLoader(
      await hostOf({ '/etc/os-release': centos7, '/boot/vmlinuz-3.10.0': 'x' }),
    );
    expect(finding).toMatchObject({
      kind: 'missing',
      expected: ['/boot/grub2/grub.cfg', '/boot/grub/grub.cfg'],
    });
  });

  test('a stub that leads nowhere', async () => {
    const tree = { '/boot/vmlinuz-6.1': 'x', '/boot/efi/EFI/debian/grub.cfg': debianStub };
    const finding = await findLoader(await hostOf(tree));
    expect(finding).toMatchObject({ kind: 'missing' });
    expect(finding.kind === 'missing' && finding.expected[0]).toBe('/boot/grub/grub.cfg');
  });

  test('stubs that lead to each other', async () => {
    const circle = (vendor: string) => `configfile /EFI/${vendor}/grub.cfg\n`;
    const tree = {
      '/boot/efi/EFI/a/grub.cfg': circle('b'),
      '/boot/efi/EFI/b/grub.cfg': circle('a'),
      '/boot/vmlinuz-1': '',
    };
    expect((await findLoader(await hostOf(tree))).kind).toBe('missing');
  });

  test('a directory in place of grub.cfg', async () => {
    const finding = await findLoader(
      await hostOf({ '/boot/grub2/grub.cfg': { directory: true }, '/boot/vmlinuz-1': '' }),
    );
    expect(finding).toMatchObject({
      kind: 'missing',
      unread: [{ path: '/boot/grub2/grub.cfg', reason: 'not-a-file' }],
    });
  });

  test('links in a circle', async () => {
    const tree = { '/boot/grub2/grub.cfg': { link: 'grub.cfg' }, '/boot/vmlinuz-1': '' };
    expect(await findLoader(await hostOf(tree))).toMatchObject({
      kind: 'missing',
      unread: [{ path: '/boot/grub2/grub.cfg', reason: 'symlink-loop' }],
    });
  });

  test('a named pipe in place of grub.cfg', async () => {
    const host = await hostOf({ '/boot/grub2/x': '' });
    execFileSync('mkfifo', [join(host.root, 'boot/grub2/grub.cfg')]);
    expect(await findLoader(host)).toMatchObject({
      kind: 'missing',
      unread: [{ reason: 'not-a-file' }],
    });
    rmSync(join(host.root, 'boot/grub2/grub.cfg'));
  });

  test('files in place of every directory', async () => {
    const tree = {
      '/boot': 'x',
      '/etc': 'x',
      '/efi': 'x',
      '/usr': 'x',
      '/lib': 'x',
      '/proc': 'x',
      '/ostree.x': 'x',
    };
    expect((await findLoader(await hostOf(tree))).kind).toMatch(/missing|refused/);
  });
});
