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

/** The first whose next_arg() takes the quotes off a word without `=`, such as `"quiet"` and `"--"`. */
export const FIRST_TO_UNQUOTE_WORDS: readonly number[] = [4, 10];

/** Whether a release is `first` or a later one; one that can't be told counts as new. */
export function isNotBefore(release: string, first: readonly number[]): boolean {
  return compareNumbers(parseRelease(release)?.numbers ?? first, first) >= 0;
}

/** Older before newer, by the leading numbers, then by what follows them; a release without numbers is the oldest. */
export function compareReleases(a: string, b: string): number {
  const [one, other] = [parseRelease(a), parseRelease(b)];
  return compareNumbers(one?.numbers ?? [], other?.numbers ?? []) || (a < b ? -1 : a > b ? 1 : 0);
}
