import type { Host } from '../host/host.ts';
import type { GrubPlatform } from './boot-sources.ts';
import type { Firmware } from './layout/firmware.ts';
import type { DecidingConfig } from './layout/loader-finding.ts';
import { namesIn } from './layout/read-text.ts';

const UNKNOWN: GrubPlatform = { name: undefined, processor: undefined };

/** The platforms of GRUB's modules, `<cpu>-<platform>` (configure.ac, where both are checked against each other). */
const MODULES =
  /^(i386|x86_64|arm|arm64|ia64|loongarch64|powerpc|riscv32|riscv64)-(pc|efi|ieee1275|xen|xen_pvh|coreboot)$/;

/**
 * What the GRUB that reads a configuration was built for, by the firmware and by the modules beside the configuration:
 * grub-install puts them there, into a directory named after the platform.
 */
export async function findGrubPlatform(
  host: Host,
  { path, firmware, through = '' }: Omit<DecidingConfig, 'text'>,
  { kind }: Firmware,
): Promise<GrubPlatform> {
  const prefix = path.slice(0, path.lastIndexOf('/'));
  const installed = (await namesIn(host, prefix)).flatMap((name) => {
    const [, processor = '', platform = ''] = MODULES.exec(name) ?? [];
    return platform === '' ? [] : [{ name: platform, processor }];
  });
  const hasOther = installed.some(({ name }) => name !== 'efi');
  const isOnEsp = /\/EFI\//i.test(through) || /\/EFI\//i.test(prefix);
  const isEfi = kind === 'efi' || (kind === 'unknown' && (firmware === 'efi' || (isOnEsp && !hasOther)));
  const isBios = kind === 'bios' || (kind === 'unknown' && firmware === 'bios');
  if (kind === 'unknown' && isOnEsp && !isEfi) return UNKNOWN;
  const fitting = installed.filter(({ name }) => (isEfi ? name === 'efi' : !isBios || name !== 'efi'));
  const [only, another] = fitting;
  if (only !== undefined && another === undefined) return only;
  return isEfi ? { name: 'efi', processor: undefined } : UNKNOWN;
}
