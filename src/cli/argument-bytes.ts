/** What is compared with files or written into them is bytes: one character each, as file texts are. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
