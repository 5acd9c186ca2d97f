/** Compares runs of digits of any length by value. */
export function compareDigits(a: string, b: string): number {
  const digitsA = a.replace(/^0+/, '');
  const digitsB = b.replace(/^0+/, '');
  return Math.sign(digitsA.length - digitsB.length) || compareBytes(digitsA, digitsB);
}

/** Compares latin1 text, one character a byte, as strcmp does. */
export function compareBytes(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
