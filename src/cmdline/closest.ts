/**
 * The first of the candidates that are closest to a text, a slip or two away, and that will do; undefined where none is.
 * `-` and `_` are one letter, as they are to the kernel (parameq in kernel/params.c).
 */
export function closest<Candidate extends { readonly text: string }>(
  text: string,
  candidates: readonly Candidate[],
  willDo: (candidate: Candidate) => boolean,
): Candidate | undefined {
  let best: Candidate | undefined;
  let least = mostEdits(text) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.text.length - text.length) >= least) continue;
    const distance = editDistance(text.replaceAll('-', '_'), candidate.text.replaceAll('-', '_'));
    if (distance >= least || !willDo(candidate)) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** Two slips in a word of six letters or more, one in a shorter one; words of three letters are too much like each other. */
function mostEdits(text: string): number {
  if (text.length < 4) return 0;
  return text.length < 6 ? 1 : 2;
}

/**
 * How many slips lead from one text to the other: a letter too many, missing, wrong, or two exchanged (the optimal string
 * alignment distance).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isExchanged =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isExchanged ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
