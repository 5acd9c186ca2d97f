import { parseParameter } from '../cmdline/parameter.ts';

/**
 * What a boot entry is for. Only `normal` ones are edited by default and only they decide which remedy is chosen; the
 * others are the way back, or somebody else's, or our own for a trial.
 */
export type EntryKind = 'normal' | 'recovery' | 'rescue' | 'foreign' | 'unknown-kernel' | 'trial';

/**
 * The id of the entry that words are tried with once. It begins with no digit, which upstream's GRUB would read as an index. As
 * the name of a file it comes behind every machine id and release: a tilde is lower than all else to GRUB 2.14 and to rpm's
 * order, and where it counts for nothing, `a` is (loader-entry-order.ts).
 */
export const TRIAL_ENTRY_ID = '~a-bootmend-trial';

const RECOVERY_WORDS = ['single', 'recovery', 'emergency', 'rescue', 'rd.break', 's', 'S', '1'];
/** The rescue system that Relax-and-Recover adds to the menu: usr/share/rear/output/default/940_grub2_rescue.sh. */
const REAR = /^(?:relax-and-recover|rear)\b/i;
const RECOVERY_TARGETS = ['rescue.target', 'emergency.target'];

/**
 * The kind of an entry that boots Linux.
 *
 * Sources: systemd's kernel-command-line(7) and dracut.cmdline(7) for the words of recovery, 51-dracut-rescue.install
 * for the name of rescue images, 30_os-prober for the ids of other systems' entries.
 *
 * @param id the entry's own id
 * @param image the path of the kernel image, as the loader has it
 * @param words the words after it
 * @param isKernelHere whether the image was found in this root, so that the kernel can be told
 */
export function entryKind(
  id: string,
  image: string,
  words: readonly string[],
  isKernelHere: boolean,
): EntryKind {
  if (id === TRIAL_ENTRY_ID) return 'trial';
  if (id.startsWith('osprober-')) return 'foreign';
  if (isRescue(id, image)) return 'rescue';
  if (words.some(isRecoveryWord)) return 'recovery';
  return isKernelHere ? 'normal' : 'unknown-kernel';
}

/** `vmlinuz-0-rescue-MACHINE`, or kernel-install's own layout: `MACHINE-0-rescue.conf`, `/MACHINE/0-rescue/linux`. */
function isRescue(id: string, image: string): boolean {
  return /-0-rescue(?:$|[-.])/.test(id) || /(?:^|[-/])0-rescue[-/]/.test(image) || REAR.test(id);
}

function isRecoveryWord(word: string): boolean {
  const { name, value } = parseParameter(word);
  if (name === 'systemd.unit' || name === 'rd.systemd.unit') return RECOVERY_TARGETS.includes(value ?? '');
  return value === undefined && RECOVERY_WORDS.includes(name);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The release in the name of an image (`vmlinuz-3.10.0-514.el7.x86_64`); undefined where the name holds none. Only a
 * stand-in for what the image itself says.
 */
export function releaseInName(image: string): string | undefined {
  const name = fileName(image);
  for (const prefix of ['vmlinuz-', 'vmlinux-', 'Image-', 'kernel-']) {
    const rest = name.slice(prefix.length);
    if (name.startsWith(prefix) && rest.charCodeAt(0) >= 0x30 && rest.charCodeAt(0) <= 0x39) return rest;
  }
  return undefined;
}
