const largest = 0xffff_ffff_ffff_ffffn;

/** A number at the start of a text, and what follows it. */
export interface LeadingNumber {
  /** What remains of it in a C `int`; -1 where it does not fit in 64 bits. */
  readonly value: number;
  readonly rest: string;
}

/**
 * The number that GRUB reads from the start of a text, or undefined where there is none. Leading blanks are skipped;
 * `0x` (lower case) means hexadecimal, and `0x` alone is no number; `0` before an octal digit means octal, so that `017` is 15 and `08` is 8.
 *
 * Source: grub_strtoull and its callers' cast to int, GRUB's grub-core/kern/misc.c, with the 64-bit `unsigned long` of
 * EFI machines (i386-pc has 32 bits and finds nothing where we wrap).
 */
export function parseLeadingNumber(text: string): LeadingNumber | undefined {
  const match = /^[ \t\r\n]*(?:0x([0-9a-fA-F]*)|(0[0-7]+)|([0-9]+))/.exec(text);
  if (match === null) return undefined;
  const [all, hexadecimal, octal, decimal] = match;
  if (hexadecimal === '') return undefined;
  const digits =
    hexadecimal !== undefined ? `0x${hexadecimal}` : octal !== undefined ? `0o${octal}` : decimal;
  const value = BigInt(digits ?? 0);
  return { value: value > largest ? -1 : Number(BigInt.asIntN(32, value)), rest: text.slice(all.length) };
}
