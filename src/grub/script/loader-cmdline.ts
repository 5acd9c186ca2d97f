import type { BootCommand } from './boot-line.ts';
import { isHexEscape } from './hex-escape.ts';

/**
 * A word as it stands on the kernel's command line: in double quotes if it has a blank, with a backslash before each
 * of `\ ' "`.
 *
 * Source: GRUB 2.06, grub-core/lib/cmdline.c `grub_create_loader_cmdline`.
 *
 * @param keepsHexEscapes whether `\xHH` stays as it is, as in Red Hat's GRUB
 */
export function loaderWord(word: string, keepsHexEscapes = false): string {
  let escaped = '';
  for (let at = 0; at < word.length; at += 1) {
    const byte = word.charAt(at);
    const special = byte === '\\' || byte === "'" || byte === '"';
    escaped += special && !(keepsHexEscapes && isHexEscape(word, at)) ? `\\${byte}` : byte;
  }
  return word.includes(' ') ? `"${escaped}"` : escaped;
}

/** The string that the kernel gets for the words of its command, without what the loader puts in front. */
export function loaderCmdline(words: readonly string[], keepsHexEscapes = false): string {
  return words.map((word) => loaderWord(word, keepsHexEscapes)).join(' ');
}

/**
 * The same with `BOOT_IMAGE=` and the image's path in front, as /proc/cmdline shows it
 * (grub-core/loader/i386/linux.c).
 */
export function loaderCmdlineWithImage(
  image: string,
  words: readonly string[],
  keepsHexEscapes = false,
): string {
  return `BOOT_IMAGE=${loaderCmdline([image, ...words], keepsHexEscapes)}`;
}

/**
 * How many bytes of the command line, `BOOT_IMAGE=` included, reach an x86 kernel: cmdline_size of its setup header
 * (2047) for the BIOS loaders, one less for the EFI handover loader. GRUB drops the first word that does not fit and
 * all behind it, without a message.
 *
 * Source: grub-core/loader/i386/linux.c, grub-core/loader/i386/pc/linux.c and Red Hat's
 * grub-core/loader/i386/efi/linux.c.
 *
 * @returns undefined for commands whose loader has no fixed limit
 */
export function cmdlineLimit(command: BootCommand): number | undefined {
  if (command === 'linux' || command === 'linux16') return 2047;
  return command === 'linuxefi' ? 2046 : undefined;
}

/** By how many bytes the command line exceeds what its loader hands on; 0 where it fits. */
export function overlongBy(
  command: BootCommand,
  image: string,
  words: readonly string[],
  keepsHexEscapes = false,
): number {
  const limit = cmdlineLimit(command) ?? Number.POSITIVE_INFINITY;
  return Math.max(0, loaderCmdlineWithImage(image, words, keepsHexEscapes).length - limit);
}
