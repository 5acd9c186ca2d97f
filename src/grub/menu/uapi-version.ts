import { compareBytes, compareDigits } from './compare-bytes.ts';

/**
 * Which of two versions is newer by the UAPI Version Format Specification, as systemd-boot orders entries.
 * `~` is older than the end; then `-`, `^` and `.` in this order are older than what stands in their place;
 * numbers are newer than letters. Other bytes only separate.
 *
 * @returns positive where `a` is the newer
 *
 * Source: strverscmp_improved, systemd's src/fundamental/string-util-fundamental.c.
 */
export function compareUapiVersions(a: string, b: string): number {
  let restA = a;
  let restB = b;
  for (;;) {
    restA = restA.replace(/^[^0-9A-Za-z~^.-]+/, '');
    restB = restB.replace(/^[^0-9A-Za-z~^.-]+/, '');
    for (const mark of ['~', '', '-', '^', '.']) {
      if (mark === '') {
        if (restA === '' || restB === '') return Math.sign(restA.length - restB.length);
        continue;
      }
      const hasMarkA = restA.startsWith(mark);
      const hasMarkB = restB.startsWith(mark);
      if (hasMarkA !== hasMarkB) return hasMarkA ? -1 : 1;
      if (hasMarkA) {
        restA = restA.slice(1);
        restB = restB.slice(1);
      }
    }
    const isNumber = /^[0-9]/.test(restA) || /^[0-9]/.test(restB);
    const segment = isNumber ? /^[0-9]*/ : /^[A-Za-z]*/;
    const segmentA = segment.exec(restA)?.[0] ?? '';
    const segmentB = segment.exec(restB)?.[0] ?? '';
    const order = isNumber ? compareNumbers(segmentA, segmentB) : compareBytes(segmentA, segmentB);
    if (order !== 0) return order;
    restA = restA.slice(segmentA.length);
    restB = restB.slice(segmentB.length);
  }
}

/** No digits at all are older than any number, 0 included. */
function compareNumbers(a: string, b: string): number {
  if (a === '' || b === '') return Math.sign(a.length - b.length);
  return compareDigits(a, b);
}
