/** A kernel release, taken apart as far as its fields are plain numbers. */
export interface Release {
  /** As the kernel says it (`uname -r`). */
  readonly source: string;
  /** The leading number fields: `3.10.0-514.2.2.el7.x86_64` gives 3, 10, 0, 514, 2, 2. */
  readonly numbers: readonly number[];
  /** What follows them, separator included: `.el7.x86_64`; empty for a plain mainline release. */
  readonly suffix: string;
}

/**
 * Take a release apart.
 *
 * @returns undefined where it doesn't start with two numbers, as every Linux release does (the kernel's top Makefile)
 */
export function parseRelease(source: string): Release | undefined {
  const matched = /^\d+\.\d+(?:[.-]\d+(?![0-9A-Za-z_]))*(?![0-9A-Za-z_])/.exec(source)?.[0];
  if (matched === undefined) return undefined;
  return { source, numbers: matched.split(/[.-]/).map(Number), suffix: source.slice(matched.length) };
}

/** Field by field; the shorter of two that are otherwise equal is the older. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const order = Math.sign((a[at] ?? 0) - (b[at] ?? 0));
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/**
 * Which of two releases is newer in the order of a package manager.
 *
 * @returns 1 where `a` is newer, -1 where `b` is, 0 where the rules make no difference
 */
export function compareRelease(a: string, b: string, rules: 'rpm' | 'dpkg'): -1 | 0 | 1 {
  return rules === 'rpm' ? compareRpm(a, b) : compareDpkg(a, b);
}

/**
 * Segments of digits or of letters, all else only separates them; `~` is older than the end, `^` newer than the end
 * and older than anything else.
 *
 * Source: rpmvercmp() in rpm's rpmio/rpmvercmp.cc; its rules in rpm-version(7).
 */
function compareRpm(a: string, b: string): -1 | 0 | 1 {
  let atA = 0;
  let atB = 0;
  while (atA < a.length || atB < b.length) {
    atA = skip(a, atA, /[^0-9A-Za-z~^]*/y);
    atB = skip(b, atB, /[^0-9A-Za-z~^]*/y);
    const mark = compareMarks(a[atA], b[atB]);
    if (mark === 'both') {
      atA += 1;
      atB += 1;
      continue;
    }
    if (mark !== undefined) return mark;
    if (atA === a.length || atB === b.length) break;
    const run = isDigit(a[atA]) ? /[0-9]*/y : /[A-Za-z]*/y;
    const endA = skip(a, atA, run);
    const endB = skip(b, atB, run);
    if (endB === atB) return isDigit(a[atA]) ? 1 : -1;
    const order = isDigit(a[atA])
      ? compareDigits(a.slice(atA, endA), b.slice(atB, endB))
      : compareBytes(a.slice(atA, endA), b.slice(atB, endB));
    if (order !== 0) return order;
    atA = endA;
    atB = endB;
  }
  if (atA === a.length && atB === b.length) return 0;
  return atA === a.length ? -1 : 1;
}

/** What `~` and `^` decide here: an order, that both sides have the same mark, or nothing. */
function compareMarks(a: string | undefined, b: string | undefined): -1 | 1 | 'both' | undefined {
  if (a === '~' || b === '~') return a === b ? 'both' : a === '~' ? -1 : 1;
  if (a !== '^' && b !== '^') return undefined;
  if (a === b) return 'both';
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a === '^' ? -1 : 1;
}

/**
 * Epoch, upstream version and revision in turn, each as runs of non-digits and of digits.
 *
 * Source: deb-version(7); dpkg_version_compare() in dpkg's lib/dpkg/version.c.
 */
function compareDpkg(a: string, b: string): -1 | 0 | 1 {
  const versionA = splitDebianVersion(a);
  const versionB = splitDebianVersion(b);
  return (
    compareDigits(versionA.epoch, versionB.epoch) ||
    compareDpkgPart(versionA.upstream, versionB.upstream) ||
    compareDpkgPart(versionA.revision, versionB.revision)
  );
}

function splitDebianVersion(version: string): { epoch: string; upstream: string; revision: string } {
  const colon = version.indexOf(':');
  const rest = version.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: colon === -1 ? '0' : version.slice(0, colon),
    upstream: hyphen === -1 ? rest : rest.slice(0, hyphen),
    revision: hyphen === -1 ? '' : rest.slice(hyphen + 1),
  };
}

function compareDpkgPart(a: string, b: string): -1 | 0 | 1 {
  let atA = 0;
  let atB = 0;
  while (atA < a.length || atB < b.length) {
    while (isNonDigit(a[atA]) || isNonDigit(b[atB])) {
      const order = Math.sign(dpkgRank(a[atA]) - dpkgRank(b[atB]));
      if (order !== 0) return order < 0 ? -1 : 1;
      atA += 1;
      atB += 1;
    }
    const endA = skip(a, atA, /[0-9]*/y);
    const endB = skip(b, atB, /[0-9]*/y);
    const order = compareDigits(a.slice(atA, endA), b.slice(atB, endB));
    if (order !== 0) return order;
    atA = endA;
    atB = endB;
  }
  return 0;
}

/** `~` before the end, the end and digits alike, then letters, then everything else: order() in version.c. */
function dpkgRank(byte: string | undefined): number {
  if (byte === undefined || isDigit(byte)) return 0;
  if (byte === '~') return -1;
  return byte.charCodeAt(0) + (/[A-Za-z]/.test(byte) ? 0 : 256);
}

function skip(text: string, from: number, run: RegExp): number {
  run.lastIndex = from;
  return from + (run.exec(text)?.[0].length ?? 0);
}

function isDigit(byte: string | undefined): boolean {
  return byte !== undefined && byte >= '0' && byte <= '9';
}

function isNonDigit(byte: string | undefined): boolean {
  return byte !== undefined && !isDigit(byte);
}

/** Numbers of any length, leading zeros dropped. */
function compareDigits(a: string, b: string): -1 | 0 | 1 {
  const digitsA = a.replace(/^0+/, '');
  const digitsB = b.replace(/^0+/, '');
  if (digitsA.length !== digitsB.length) return digitsA.length < digitsB.length ? -1 : 1;
  return compareBytes(digitsA, digitsB);
}

function compareBytes(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
