import { compareDigits } from './compare-bytes.ts';

/**
 * Compares file names that hold versions: names without their suffixes first (`.conf`, `.x86_64.conf`: dots followed by
 * a letter or `~`), then the whole names. Digits as numbers, `~` before the end, letters before other bytes.
 *
 * @returns positive where `a` is the newer
 *
 * Source: filevercmp of gnulib as of 2022 (lib/filevercmp.c), which GRUB 2.14's blscfg calls
 * (grub-core/commands/blsuki.c); the same as `sort -V` of coreutils 9.1.
 */
export function compareFileVersions(a: string, b: string): number {
  if (a === '' || b === '') return Math.sign(a.length - b.length);
  if (a.startsWith('.') || b.startsWith('.')) {
    if (!b.startsWith('.')) return -1;
    if (!a.startsWith('.')) return 1;
    for (const special of ['.', '..']) {
      if (a === special) return b === special ? 0 : -1;
      if (b === special) return 1;
    }
  }
  return compareRuns(withoutSuffixes(a), withoutSuffixes(b)) || compareRuns(a, b);
}

/** A suffix is `.`, a letter or `~`, then letters, digits and `~`; a hidden file's name may be nothing else. */
function withoutSuffixes(name: string): string {
  return name.replace(/(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/, '');
}

/** Runs of other bytes and runs of digits in turn, as dpkg compares versions. */
function compareRuns(a: string, b: string): number {
  let atA = 0;
  let atB = 0;
  while (atA < a.length || atB < b.length) {
    while (isOther(a[atA]) || isOther(b[atB])) {
      const order = rank(a[atA]) - rank(b[atB]);
      if (order !== 0) return order;
      atA += 1;
      atB += 1;
    }
    const digitsA = /^[0-9]*/.exec(a.slice(atA))?.[0] ?? '';
    const digitsB = /^[0-9]*/.exec(b.slice(atB))?.[0] ?? '';
    const order = compareDigits(digitsA, digitsB);
    if (order !== 0) return order;
    atA += digitsA.length;
    atB += digitsB.length;
  }
  return 0;
}

function isOther(byte: string | undefined): boolean {
  return byte !== undefined && !/[0-9]/.test(byte);
}

function rank(byte: string | undefined): number {
  if (byte === undefined) return -1;
  if (byte === '~') return -2;
  if (/[0-9]/.test(byte)) return 0;
  return byte.charCodeAt(0) + (/[A-Za-z]/.test(byte) ? 0 : 256);
}
