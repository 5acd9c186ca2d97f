/**
 * Refuses text that is not one character a byte. A file is to be read as latin1, whatever encoding its bytes are meant in:
 * only then does every byte come back as it was.
 *
 * @throws RangeError that names the first character above 0xFF and its place
 */
export function assertBytes(text: string): void {
  const offset = text.search(/[^\0-\xff]/);
  if (offset === -1) return;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const code = text.codePointAt(offset) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  throw new RangeError(
    `${line}:${column}: ${String.fromCodePoint(code)} (${name}) is not a byte: read the file as 'latin1', not as UTF-8`,
  );
}
