import { isSameName } from '../../cmdline/parameter.ts';
import type { Architecture } from './memory-layout.ts';

/**
 * Names that code reads straight from the command line's text, with or without a record in the tables: the boot stub and
 * the decompressor, which run before there are tables, and x86's cmdline_find_option(). A name that ends in a dot stands
 * for all that begin so.
 *
 * Sources: drivers/firmware/efi/libstub/efi-stub-helper.c, fs/proc/proc_sysctl.c (do_sysctl_args), init/main.c
 * (bootconfig, BOOT_IMAGE), arch/x86/boot/, arch/x86/mm/pti.c, arch/x86/kernel/cpu/{bugs,common}.c and
 * microcode/core.c, arch/arm64/kernel/pi/idreg-override.c, arch/s390/boot/ipl_parm.c, arch/riscv/kernel/pi/.
 */
const everywhere = ['efi', 'initrd', 'video', 'nokaslr', 'bootconfig', 'sysctl.', 'BOOT_IMAGE'];

const x86 = [
  ...['pti', 'nopti', 'spectre_v2', 'nospectre_v2', 'spectre_v2_user'],
  ...['spec_store_bypass_disable', 'nospec_store_bypass_disable', 'dis_ucode_ldr', 'mem_encrypt', 'no5lvl'],
  ...['no387', 'nofxsr', 'noxsave', 'noxsaveopt', 'noxsaves', 'clearcpuid', 'setcpuid'],
  ...['kaslr', 'mem', 'memmap', 'hugepages', 'acpi_rsdp', 'earlyprintk', 'vga'],
];

const byArchitecture: Readonly<Partial<Record<Architecture, readonly string[]>>> = {
  x86_64: x86,
  x86,
  arm64: ['arm64.', 'kvm_arm.mode', 'rodata'],
  s390x: ['dfltcc', 'facilities', 'vmalloc', 'prot_virt', 'mem'],
  riscv64: ['no4lvl', 'no5lvl'],
};

/** Whether a name is known to be read by code that the image's parameter tables don't show. */
export function isReadOutsideTables(architecture: Architecture, name: string): boolean {
  const names = [...everywhere, ...(byArchitecture[architecture] ?? [])];
  return names.some((known) => (known.endsWith('.') ? name.startsWith(known) : isSameName(known, name)));
}
