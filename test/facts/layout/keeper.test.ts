import { expect, test } from 'vitest';
import { findKeeper } from '../../../src/facts/layout/keeper.ts';
import { readOsRelease } from '../../../src/facts/os-release.ts';
import { hostOf, type Tree } from '../tree.ts';

interface KeeperCase {
  readonly name: string;
  readonly tree: Tree;
  readonly system: string | undefined;
}

const cases: readonly KeeperCase[] = [
  { name: 'NixOS by os-release', tree: { '/etc/os-release': 'ID=nixos\n' }, system: 'NixOS' },
  { name: 'NixOS by its mark, where os-release is not there', tree: { '/etc/NIXOS': '' }, system: 'NixOS' },
  {
    name: 'a mark of NixOS on another system is none',
    tree: { '/etc/os-release': 'ID=debian\n', '/etc/NIXOS': '' },
    system: undefined,
  },
  { name: 'Guix System', tree: { '/etc/os-release': 'ID=guix\n' }, system: 'Guix System' },
  {
    name: 'Photon, whose grub.cfg loads photon.cfg',
    tree: { '/etc/os-release': 'ID=photon\n', '/boot/photon.cfg': 'photon_cmdline=quiet\n' },
    system: 'Photon OS',
  },
  {
    name: 'Photon without it is as any other',
    tree: { '/etc/os-release': 'ID=photon\n' },
    system: undefined,
  },
  {
    name: 'CBL-Mariner',
    tree: { '/etc/os-release': 'ID=mariner\n', '/boot/mariner.cfg': 'mariner_cmdline=quiet\n' },
    system: 'CBL-Mariner',
  },
  {
    name: 'Azure Linux 3 uses grub2-mkconfig',
    tree: { '/etc/os-release': 'ID=azurelinux\n', '/etc/default/grub': '' },
    system: undefined,
  },
  { name: 'OpenWrt', tree: { '/etc/os-release': 'ID="openwrt"\n' }, system: 'OpenWrt' },
  { name: 'Debian', tree: { '/etc/os-release': 'ID=debian\n' }, system: undefined },
];

test.each(cases)('$name', async ({ tree, system }) => {
  const host = await hostOf(tree);
  const found = await findKeeper(host, await readOsRelease(host));
  expect(found?.system).toBe(system);
});
