/**
 * Change one byte of an LZ4-packed kernel without packing it anew.
 *
 * LZ4 keeps literals as they are, so a text of the unpacked kernel that is no repetition of an earlier one stands in the
 * stream byte for byte. Its place is found by unpacking with a note of where each byte came from.
 */

/** Unpacked bytes and, for each, the place in the stream of the literal it is or is copied from. */
interface TracedStream {
  readonly bytes: Buffer;
  readonly origins: Int32Array;
}

/**
 * A bzImage whose unpacked kernel differs in one byte: one of a text that stands there once becomes `X`.
 *
 * @param text latin1, put between NULs
 * @throws Error where the text is not there once, or every byte of it also serves elsewhere
 */
export function patchLz4Kernel(bzImage: Buffer, text: string): Buffer {
  const start = ((bzImage[0x1f1] ?? 0) + 1) * 512 + bzImage.readUInt32LE(0x248);
  const length = bzImage.readUInt32LE(0x24c) - 4;
  const { bytes, origins } = traceLegacyFrame(
    bzImage.subarray(start, start + length),
    bzImage.readUInt32LE(start + length),
  );
  const bounded = `\0${text}\0`;
  const place = bytes.indexOf(bounded, 0, 'latin1');
  if (place === -1 || bytes.includes(bounded, place + 1, 'latin1'))
    throw new Error(`not there once: ${text}`);
  const uses = countUses(origins, length);
  for (let at = place + 1; at <= place + text.length; at += 1) {
    const origin = origins[at] ?? 0;
    if (uses[origin] !== 1) continue;
    const patched = Buffer.from(bzImage);
    patched.write('X', start + origin, 'latin1');
    return patched;
  }
  throw new Error(`every byte of ${text} serves elsewhere`);
}

/** How many unpacked bytes each byte of the stream serves, up to 255. */
function countUses(origins: Int32Array, streamBytes: number): Uint8ClampedArray {
  const uses = new Uint8ClampedArray(streamBytes);
  for (const origin of origins) uses[origin] = (uses[origin] ?? 0) + 1;
  return uses;
}

/** Source: LZ4's "Legacy frame" and block format documents. */
function traceLegacyFrame(stream: Buffer, unpackedBytes: number): TracedStream {
  const bytes = Buffer.alloc(unpackedBytes);
  const origins = new Int32Array(unpackedBytes);
  let out = 0;
  let at = 4;
  while (at < stream.length) {
    const end = at + 4 + stream.readUInt32LE(at);
    at += 4;
    while (at < end) {
      const token = stream[at] ?? 0;
      at += 1;
      const literals = readLength(stream, at, token >> 4);
      at = literals.next;
      for (let i = 0; i < literals.length; i += 1, at += 1, out += 1) {
        bytes[out] = stream[at] ?? 0;
        origins[out] = at;
      }
      if (at >= end) break;
      const distance = stream.readUInt16LE(at);
      const match = readLength(stream, at + 2, token & 15);
      at = match.next;
      for (let i = 0; i < match.length + 4; i += 1, out += 1) {
        bytes[out] = bytes[out - distance] ?? 0;
        origins[out] = origins[out - distance] ?? 0;
      }
    }
  }
  return { bytes, origins };
}

function readLength(stream: Buffer, at: number, nibble: number): { length: number; next: number } {
  let length = nibble;
  let next = at;
  if (nibble === 15) {
    let more = 255;
    while (more === 255) {
      more = stream[next] ?? 0;
      length += more;
      next += 1;
    }
  }
  return { length, next };
}
