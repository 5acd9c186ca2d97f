function isHexDigit(byte: string | undefined): boolean {
  return byte !== undefined && '0123456789abcdefABCDEF'.includes(byte);
}

/** Whether `\xHH` stands here, which Red Hat's GRUB leaves as it is (rhboot/grub2, grub-core/script/execute.c). */
export function isHexEscape(text: string, at: number): boolean {
  return text.startsWith('\\x', at) && isHexDigit(text[at + 2]) && isHexDigit(text[at + 3]);
}
