import { gunzipSync } from 'node:zlib';
import { findText } from './text-places.ts';

const mostConfigBytes = 0x1000000;

/**
 * The build configuration inside an unpacked kernel (CONFIG_IKCONFIG), latin1, or undefined where there is none.
 *
 * Source: kernel/configs.c: a gzip stream between the marks `IKCFG_ST` and `IKCFG_ED`.
 */
export function readIkconfig(image: Buffer): string | undefined {
  const start = findText(image, 'IKCFG_ST\x1f\x8b\x08');
  if (start === undefined) return undefined;
  const end = findText(image, 'IKCFG_ED', start);
  if (end === undefined) return undefined;
  try {
    return gunzipSync(image.subarray(start + 8, end), { maxOutputLength: mostConfigBytes }).toString(
      'latin1',
    );
  } catch {
    return undefined;
  }
}
