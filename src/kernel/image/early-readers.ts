import { isSameName } from '../../cmdline/parameter.ts';
import { compareNumbers, parseRelease } from '../release.ts';
import type { Architecture } from './memory-layout.ts';

/** Code that reads parameters out of the command line's text, without a record in the parameter tables. */
export interface EarlyReader {
  /** The file that reads them; where it moved, the newest place. */
  readonly source: string;
  /** undefined for every architecture. */
  readonly architectures: readonly Architecture[] | undefined;
  /** First version of mainline that is known to have that code, and the first without it; vendors carry code back. */
  readonly from: readonly [number, number];
  readonly before: readonly [number, number] | undefined;
  readonly names: readonly string[];
}

const X86 = ['x86_64', 'x86'] as const;
/** The oldest source that was read. */
const FIRST_READ = [5, 10] as const;

type Row = readonly [
  source: string,
  architectures: readonly Architecture[] | undefined,
  from: readonly [number, number],
  before: readonly [number, number] | undefined,
  ...names: string[],
];

/*
 * Read in the sources of Debian's linux-source 5.10, 6.1, 6.12 and 7.3 (every cmdline_find_option(), find_option() and strstr() on the
 * command line below arch/ and drivers/firmware/efi/). A version before 5.10 is that of the commit named behind its row; others are the
 * oldest source that was read and has it. Vendors carry code back, and then the text of the name is found without a
 * row here, which proves nothing.
 */
// biome-ignore format: one row a line
const ROWS: readonly Row[] = [
  ['arch/x86/boot/edd.c', X86, FIRST_READ, undefined, 'edd', 'quiet'],
  ['arch/x86/boot/main.c', X86, FIRST_READ, undefined, 'debug'],
  ['arch/x86/boot/cpucheck.c', X86, FIRST_READ, undefined, 'forcepae'],
  ['arch/x86/boot/early_serial_console.c', X86, FIRST_READ, undefined, 'earlyprintk', 'console'],
  ['arch/x86/boot/compressed/kaslr.c', X86, [3, 14], undefined, 'nokaslr'], // 8ab3820fd5b2
  ['arch/x86/boot/compressed/kaslr.c', X86, FIRST_READ, undefined, 'memmap', 'mem', 'hugepages', 'hugepagesz', 'default_hugepagesz', 'efi_fake_mem'],
  ['arch/x86/boot/compressed/acpi.c', X86, FIRST_READ, undefined, 'acpi_rsdp', 'acpi'],
  ['arch/x86/boot/compressed/pgtable_64.c', X86, [4, 18], undefined, 'no5lvl'], // 372fddf70904
  ['arch/x86/mm/mem_encrypt_identity.c', X86, [4, 14], undefined, 'mem_encrypt'], // aca20d546214
  ['arch/x86/mm/pti.c', X86, [4, 15], undefined, 'pti', 'nopti'], // aa8c6248f8c7
  ['arch/x86/kernel/cpu/bugs.c', X86, [4, 15], undefined, 'spectre_v2', 'nospectre_v2'], // da285121560e
  ['arch/x86/kernel/cpu/bugs.c', X86, [4, 20], undefined, 'spectre_v2_user'], // fa1202ef2243
  ['arch/x86/kernel/cpu/bugs.c', X86, [4, 17], undefined, 'spec_store_bypass_disable', 'nospec_store_bypass_disable'], // 24f7fc83b920
  ['arch/x86/kernel/cpu/tsx.c', X86, [5, 4], undefined, 'tsx'], // 95c5824f75f3
  ['arch/x86/kernel/cpu/bus_lock.c', X86, [5, 7], undefined, 'split_lock_detect'], // 6650cdd9a8cc
  ['arch/x86/kernel/cpu/common.c', X86, FIRST_READ, undefined, 'no387', 'nofxsr', 'noxsave', 'noxsaveopt', 'noxsaves', 'clearcpuid'],
  ['arch/x86/kernel/cpu/common.c', X86, [6, 15], undefined, 'setcpuid'],
  ['arch/x86/kernel/cpu/common.c', X86, [6, 9], undefined, 'fred'],
  ['arch/x86/kernel/cpu/common.c', X86, [6, 6], undefined, 'nousershstk'],
  ['arch/x86/kernel/cpu/microcode/amd.c', X86, [6, 12], undefined, 'microcode.amd_sha_check'],
  ['arch/x86/kernel/cpu/microcode/core.c', X86, [6, 18], undefined, 'microcode'],
  ['arch/x86/kernel/cpu/microcode/core.c', X86, FIRST_READ, undefined, 'dis_ucode_ldr'],
  ['arch/x86/kernel/crash.c', X86, FIRST_READ, undefined, 'crashkernel'],
  ['kernel/crash_core.c', undefined, [2, 6], [5, 15], 'crashkernel'], // get_last_crashkernel()
  ['drivers/firmware/efi/libstub/efi-stub-helper.c', undefined, FIRST_READ, undefined, 'efi', 'initrd', 'video', 'nokaslr', 'dtb'],
  ['lib/dynamic_debug.c', undefined, FIRST_READ, undefined, 'dyndbg', 'ddebug_query'],
  ['init/main.c', undefined, [5, 6], undefined, 'bootconfig'], // 7495e0926fdf
  ['arch/arm64/kernel/kaslr.c', ['arm64'], [4, 6], undefined, 'nokaslr'], // f80fb3a3d508
  ['arch/arm64/kernel/idreg-override.c', ['arm64'], [5, 12], undefined, 'kvm-arm.mode', 'arm64.nobti', 'arm64.nopauth', 'arm64.nomte', 'arm64.nosve', 'arm64.nosme', 'arm64.nomops', 'arm64.no32bit_el0'],
  ['arch/arm64/kernel/idreg-override.c', ['arm64'], [6, 12], undefined, 'rodata'],
  ['arch/s390/boot/ipl_parm.c', ['s390x'], FIRST_READ, undefined, 'mem', 'vmalloc', 'dfltcc', 'noexec', 'facilities', 'nokaslr', 'prot_virt'],
  ['arch/s390/boot/ipl_parm.c', ['s390x'], [6, 12], undefined, 'debug-alternative', 'relocate_lowcore'],
  ['arch/powerpc/kernel/prom_init.c', ['ppc64', 'ppc'], FIRST_READ, undefined, 'iommu', 'mem', 'disable_radix', 'xive', 'svm', 'radix_hcall_invalidate'],
  ['arch/riscv/kernel/pi/cmdline_early.c', ['riscv64'], [6, 12], undefined, 'no4lvl', 'no5lvl', 'nokaslr'],
  ['arch/mips/kernel/relocate.c', ['mips', 'mips64'], FIRST_READ, undefined, 'nokaslr'],
  ['arch/loongarch/kernel/relocate.c', ['loongarch64'], [6, 12], undefined, 'nokaslr'],
];

/**
 * The code that reads the command line itself, without a table: source file, architectures, releases `from` up to but
 * without `before`.
 */
export const EARLY_READERS: readonly EarlyReader[] = ROWS.map(
  ([source, architectures, from, before, ...names]) => ({ source, architectures, from, before, names }),
);

/** The code of this release that is known to read a name; it is there only where the name's text is in the image, too. */
export function earlyReader(
  architecture: Architecture,
  release: string,
  name: string,
): EarlyReader | undefined {
  const numbers = parseRelease(release)?.numbers;
  if (numbers === undefined) return undefined;
  return EARLY_READERS.find(
    ({ architectures, from, before, names }) =>
      (architectures === undefined || architectures.includes(architecture)) &&
      compareNumbers(numbers, from) >= 0 &&
      (before === undefined || compareNumbers(numbers, before) < 0) &&
      names.some((known) => isSameName(known, name)),
  );
}

/**
 * Names that code puts together, or takes by their beginning, so that they stand nowhere in one piece: nothing about them is
 * proven by searching.
 *
 * Sources: fs/proc/proc_sysctl.c (`sysctl.`, since 5.8), arch/arm64/kernel/idreg-override.c (register and field are two strings),
 * kernel/module/main.c and lib/dynamic_debug.c (both for any module).
 */
const COMPOSED: readonly RegExp[] = [/^sysctl[./]/, /^id_aa64[a-z0-9_]*\./, /\.(dyndbg|async_probe)$/];

/** Whether a name is one that code takes apart. */
export function isComposed(name: string): boolean {
  return COMPOSED.some((form) => form.test(name.replaceAll('-', '_')));
}
