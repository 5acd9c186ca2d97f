import { compareBytes, compareDigits } from './compare-bytes.ts';

/**
 * Which of two versions is newer, segment by segment: digits as numbers, letters by byte, everything else only
 * separates; `~` is older than the end, digits are newer than letters.
 *
 * @returns positive where `a` is the newer
 *
 * Source: vercmp in rhboot/grub2's grub-core/commands/blscfg.c, rpm's comparison before it knew `^`.
 */
export function compareRpmVersions(a: string, b: string): number {
  let restA = a;
  let restB = b;
  for (;;) {
    restA = restA.replace(/^[^0-9A-Za-z~]+/, '');
    restB = restB.replace(/^[^0-9A-Za-z~]+/, '');
    if (restA.startsWith('~') || restB.startsWith('~')) {
      if (!restA.startsWith('~')) return 1;
      if (!restB.startsWith('~')) return -1;
      restA = restA.slice(1);
      restB = restB.slice(1);
      continue;
    }
    if (restA === '' || restB === '') return Math.sign(restA.length - restB.length);
    const isNumber = /^[0-9]/.test(restA);
    const segment = isNumber ? /^[0-9]*/ : /^[A-Za-z]*/;
    const segmentA = segment.exec(restA)?.[0] ?? '';
    const segmentB = segment.exec(restB)?.[0] ?? '';
    if (segmentB === '') return isNumber ? 1 : -1;
    const order = isNumber ? compareDigits(segmentA, segmentB) : compareBytes(segmentA, segmentB);
    if (order !== 0) return order;
    restA = restA.slice(segmentA.length);
    restB = restB.slice(segmentB.length);
  }
}
