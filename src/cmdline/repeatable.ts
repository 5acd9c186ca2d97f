import { isSameName } from './parameter.ts';

/**
 * Parameters that mean something each time they occur: one more is added beside its siblings instead of replacing
 * them.
 *
 * Sources: the kernel's Documentation/admin-guide/kernel-parameters.txt (console, earlycon, earlyprintk, memmap,
 * efi_fake_mem, hugepages with hugepagesz, netconsole, acpi_osi, pci, dyndbg, module_blacklist's modprobe.blacklist
 * of kmod), dracut.cmdline(7) for rd.* and the network words, systemd's kernel-command-line(7).
 */
const REPEATABLE_PARAMETERS: readonly string[] = [
  'console',
  'earlycon',
  'memmap',
  'hugepagesz',
  'hugepages',
  'acpi_osi',
  'netconsole',
  'crashkernel',
  'blkdevparts',
  'md',
  'usbcore.quirks',
  'modprobe.blacklist',
  'rd.driver.blacklist',
  'rd.driver.pre',
  'rd.driver.post',
  'rd.lvm.lv',
  'rd.lvm.vg',
  'rd.luks.uuid',
  'rd.luks.name',
  'rd.luks.key',
  'rd.luks.options',
  'luks.uuid',
  'luks.name',
  'luks.key',
  'luks.options',
  'rd.md.uuid',
  'rd.dm.uuid',
  'rd.znet',
  'rd.dasd',
  'rd.zfcp',
  'rd.route',
  'rd.peerdns',
  'ip',
  'ifname',
  'nameserver',
  'vlan',
  'bond',
  'team',
  'bridge',
  'systemd.mask',
  'systemd.wants',
  'systemd.setenv',
  'rd.systemd.mask',
  'cryptdevice',
];

/** Whether one more of this parameter stands beside its siblings instead of replacing them. */
export function isRepeatable(name: string): boolean {
  return REPEATABLE_PARAMETERS.some((known) => isSameName(known, name));
}
