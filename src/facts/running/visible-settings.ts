import { type Parameter, parseParameter } from '../../cmdline/parameter.ts';
import type { Host } from '../../host/host.ts';

/** What a file under /proc or /sys says that shows the effect of a parameter. */
export interface VisibleSetting {
  readonly path: string;
  /** Without its newline; latin1. */
  readonly text: string;
}

/**
 * Files that show what a parameter brought about.
 *
 * Sources: Documentation/admin-guide/kernel-parameters.txt; Documentation/ABI/testing/sysfs-kernel-mm-transparent-hugepage,
 * sysfs-devices-system-cpu, sysfs-kernel-kexec_crash_size (`kexec_crash_size`); Documentation/admin-guide/serial-console.rst.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  transparent_hugepage: '/sys/kernel/mm/transparent_hugepage/enabled',
  crashkernel: '/sys/kernel/kexec_crash_size',
  isolcpus: '/sys/devices/system/cpu/isolated',
  nohz_full: '/sys/devices/system/cpu/nohz_full',
  console: '/proc/consoles',
};

/** Of a word: the file that shows its effect; undefined where none is known. */
export function settingPath({ name }: Parameter): string | undefined {
  const [, module, parameter] = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(name) ?? [];
  if (module === undefined || parameter === undefined) return SETTINGS[name];
  const folded = [module, parameter].map((part) => part.replaceAll('-', '_'));
  return `/sys/module/${folded[0]}/parameters/${folded[1]}`;
}

/** What shows the effect of each of some words, by word; those that nothing shows are left out. */
export async function readVisibleSettings(
  host: Host,
  words: readonly string[],
): Promise<ReadonlyMap<string, VisibleSetting>> {
  const settings = new Map<string, VisibleSetting>();
  for (const word of words) {
    const path = settingPath(parseParameter(word));
    const file = path === undefined ? undefined : await host.read(path, 1 << 16);
    if (path === undefined || file?.ok !== true) continue;
    settings.set(word, { path, text: file.bytes.toString('latin1').replace(/\n$/, '') });
  }
  return settings;
}
