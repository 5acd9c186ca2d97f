import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LoaderFinding } from '../../src/facts/layout/loader-finding.ts';
import { openHost } from '../../src/host/root-host.ts';
import { readImageRelease } from '../../src/kernel/image/stated-release.ts';
import { hasProgram } from '../oracle/available.ts';
import { checkedSyntax } from '../oracle/grub-script-check.ts';
import { findLoader } from './tree.ts';

const fixtures = join(import.meta.dirname, '../../grub-fixtures');

/** The grub.cfg that decides, and the stub that leads to it. */
const grubTrees: Readonly<Record<string, { readonly path: string; readonly through?: string }>> = {
  'amazon-2': { path: '/boot/grub2/grub.cfg' },
  'amazon-2023': { path: '/boot/grub2/grub.cfg', through: '/boot/efi/EFI/amzn/grub.cfg' },
  arch: { path: '/boot/grub/grub.cfg' },
  'centos-7.3': { path: '/boot/grub2/grub.cfg' },
  'centos-7.3-dead-word': { path: '/boot/grub2/grub.cfg' },
  'centos-7.9': { path: '/boot/efi/EFI/centos/grub.cfg' },
  'debian-12': { path: '/boot/grub/grub.cfg' },
  'debian-12-stub-map': { path: '/boot/grub/grub.cfg' },
  'debian-9': { path: '/boot/grub/grub.cfg' },
  'debian-9-stub-map': { path: '/boot/grub/grub.cfg' },
  'efi-stub': { path: '/boot/grub2/grub.cfg', through: '/boot/efi/EFI/redhat/grub.cfg' },
  fedora: { path: '/boot/grub2/grub.cfg', through: '/boot/efi/EFI/fedora/grub.cfg' },
  'mixed-kernels': { path: '/boot/grub2/grub.cfg' },
  'opensuse-leap': { path: '/boot/grub2/grub.cfg', through: '/boot/efi/EFI/opensuse/grub.cfg' },
  'rocky-8': { path: '/boot/grub2/grub.cfg' },
  'rocky-9': { path: '/boot/grub2/grub.cfg', through: '/boot/efi/EFI/rocky/grub.cfg' },
  'rocky-9-no-cmdline': { path: '/boot/grub2/grub.cfg' },
  'ubuntu-22.04': { path: '/boot/grub/grub.cfg', through: '/boot/efi/EFI/ubuntu/grub.cfg' },
  'xen-debian': { path: '/boot/grub/grub.cfg' },
};

const refusedTrees = [
  { tree: 'extlinux', layout: 'syslinux', tool: 'update-extlinux', sign: '/etc/update-extlinux.conf' },
  { tree: 'legacy-grub', layout: 'legacy-grub', tool: 'grubby', sign: '/boot/grub/menu.lst' },
  { tree: 'ostree', layout: 'ostree', tool: 'rpm-ostree kargs', sign: '/ostree' },
  { tree: 'petitboot', layout: 'petitboot', tool: 'grubby', sign: '/sys/firmware/opal' },
  {
    tree: 'signed-grub',
    layout: 'signed-grub-config',
    tool: 'gpg --detach-sign',
    sign: '/boot/grub/grub.cfg',
  },
  { tree: 'u-boot', layout: 'u-boot', tool: 'u-boot-update', sign: '/etc/default/u-boot' },
  {
    tree: 'uki',
    layout: 'unified-kernel-image',
    tool: 'ukify',
    sign: '/efi/EFI/Linux/arch-linux.efi',
  },
  { tree: 'zipl', layout: 'zipl', tool: 'grubby', sign: '/etc/zipl.conf' },
] as const;

const bootableTrees = [...Object.keys(grubTrees), 'systemd-boot'];

test('every tree has a row here and a README beside it', () => {
  const names = readdirSync(fixtures).filter((name) => !name.startsWith('.'));
  const trees = [...bootableTrees, ...refusedTrees.map(({ tree }) => tree)];
  expect(names.filter((name) => !name.endsWith('.README.md')).sort()).toEqual(trees.sort());
  expect(names.filter((name) => name.endsWith('.README.md'))).toEqual(
    trees.map((tree) => `${tree}.README.md`).sort(),
  );
});

async function loaderOf(tree: string): Promise<LoaderFinding> {
  const host = await openHost(join(fixtures, tree));
  try {
    return await findLoader(host);
  } finally {
    host.close();
  }
}

describe('the loader of each tree', () => {
  test.each(Object.entries(grubTrees))('%s: GRUB 2', async (tree, { path, through }) => {
    expect(await loaderOf(tree)).toEqual({
      kind: 'grub2',
      configs: [{ path, through, firmware: 'any', text: readFileSync(join(fixtures, tree, path), 'latin1') }],
      inactive: [],
      unread: [],
    });
  });

  test('systemd-boot', async () => {
    expect(await loaderOf('systemd-boot')).toMatchObject({
      kind: 'systemd-boot',
      loaderConf: '/boot/loader/loader.conf',
      entryDirectories: ['/boot/loader/entries'],
    });
  });

  test.each(refusedTrees)('$tree: refused', async ({ tree, layout, tool, sign }) => {
    expect(await loaderOf(tree)).toMatchObject({
      kind: 'refused',
      layout,
      tool,
      evidence: [{ path: sign }],
    });
  });
});

/** Regular files in all trees whose name ends so; sorted. */
function filesEnding(end: string): readonly string[] {
  return readdirSync(fixtures, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Kernels and initrds that a configuration names, each as the two paths on the host that it can stand for. */
function namedImages(config: string): readonly (readonly string[])[] {
  const root = join(fixtures, relative(fixtures, config).split('/')[0] ?? '');
  const text = readFileSync(config, 'latin1').replaceAll(/^#.*/gm, '');
  return [...text.matchAll(/\s(\/\S*(?:vmlinuz|initramfs|initrd|ucode)\S*)/g)].map(([, image = '']) => [
    join(root, image),
    join(root, 'boot', image),
  ]);
}

describe('what the trees hold', () => {
  test('every kernel and initrd that is named is there', () => {
    const images = [...filesEnding('grub.cfg'), ...filesEnding('.conf')].flatMap(namedImages);
    expect(images.length).toBeGreaterThan(150);
    expect(images.filter((places) => !places.some(existsSync))).toEqual([]);
  });

  test('every environment block has 1024 bytes', () => {
    const sizes = filesEnding('grubenv').map((path) => readFileSync(path).length);
    expect(sizes.length).toBeGreaterThan(15);
    expect(new Set(sizes)).toEqual(new Set([1024]));
  });

  test.each(bootableTrees)('%s: each image tells a release that has modules', (tree) => {
    const boot = join(fixtures, tree, 'boot');
    const images = readdirSync(boot).filter((name) => name.startsWith('vmlinuz-'));
    const releases = images.map((name) => readImageRelease(readFileSync(join(boot, name))));
    expect([...new Set(releases)].sort()).toEqual(readdirSync(join(fixtures, tree, 'lib/modules')).sort());
  });
});

describe.runIf(hasProgram('grub-script-check'))('what grub-script-check says', () => {
  test('it accepts every grub.cfg', async () => {
    const paths = filesEnding('grub.cfg');
    const accepted = await checkedSyntax(paths.map((path) => readFileSync(path, 'latin1')));
    expect(paths.length).toBeGreaterThan(25);
    expect(paths.filter((_, index) => accepted[index] !== true)).toEqual([]);
  });
});
