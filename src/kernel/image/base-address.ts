import { highHalf, lowHalf, type Words } from './address-space.ts';
import { type KnownString, rangeAround } from './known-names.ts';
import { visitMarkedWords } from './scan-words.ts';

/** The address of a raw image's first byte, in two halves of 32 bits, or why it can't be told. */
export type BaseAddress =
  | {
      readonly ok: true;
      readonly high: number;
      readonly low: number;
      /** How many of the known names have a pointer to them under this base, and under the next best one. */
      readonly votes: number;
      readonly runnerUp: number;
    }
  | { readonly ok: false; readonly reason: 'no-base-address' | 'ambiguous-base-address' };

/** Kernels are linked at multiples of this at least (arm: TEXT_OFFSET 0x8000 and up). */
const alignment = 0x8000;
/** A relocation list was seen at most 10 MB away from the names, the records themselves much nearer. */
const neighbourhoodBytes = 0x1000000;
const leastVotes = 20;
const leastLead = 2;
/** Packaged kernels propose some thousands. */
const mostBases = 100_000;

/**
 * The address at which a raw image (no ELF headers) is linked, by vote of its own pointers.
 *
 * Each word p whose low bits fit the place o of a known name proposes the base p - o, if it stands where a parameter
 * record or a relocation has such a pointer; the base with the most *distinct* names wins. Hits alone would not do: one
 * repeated number hits without end.
 *
 * @param relativeType the machine's R_*_RELATIVE: the addends of such relocations vote too, because where the kernel
 *   relocates itself the records may still be empty (arm64)
 */
export function findBaseAddress(
  words: Words,
  strings: readonly KnownString[],
  relativeType: number | undefined,
): BaseAddress {
  const marks = new Uint8Array(alignment);
  const stringsByMark = new Map<number, KnownString[]>();
  for (const string of strings) {
    const mark = string.offset % alignment;
    marks[mark] = 1;
    stringsByMark.set(mark, [...(stringsByMark.get(mark) ?? []), string]);
  }
  const namesByBase = new Map<number, Set<string>>();
  visitMarkedWords(words, rangeAround(strings, neighbourhoodBytes), marks, (at) => {
    if (!isRecordStart(words, at) && !isAddend(words, at, relativeType)) return;
    const low = lowHalf(words, at);
    const high = highHalf(words, at);
    for (const { name, offset } of stringsByMark.get(low % alignment) ?? []) {
      // A multiple of 2^15 below 2^64 has at most 49 significant bits: exact in a double.
      const base = high * 0x1_0000_0000 + (low - offset);
      if (base <= 0) continue;
      const names = namesByBase.get(base);
      if (names !== undefined) names.add(name);
      else if (namesByBase.size < mostBases) namesByBase.set(base, new Set([name]));
    }
  });
  return winner(namesByBase);
}

/** Whether `obs_kernel_param` can begin here: a pointer, a pointer into the same 4 GiB, 0 or 1. */
function isRecordStart(words: Words, at: number): boolean {
  const { view, wordBytes, isLittleEndian } = words;
  if (at + 3 * wordBytes > view.byteLength) return false;
  if (view.getUint32(at + 2 * wordBytes, isLittleEndian) > 1) return false;
  if (lowHalf(words, at + wordBytes) === 0) return false;
  return highHalf(words, at) === highHalf(words, at + wordBytes);
}

function isAddend(words: Words, at: number, relativeType: number | undefined): boolean {
  if (relativeType === undefined || at < 2 * words.wordBytes) return false;
  return lowHalf(words, at - 8) === relativeType && highHalf(words, at - 8) === 0;
}

function winner(namesByBase: ReadonlyMap<number, ReadonlySet<string>>): BaseAddress {
  let base = 0;
  let votes = 0;
  let runnerUp = 0;
  for (const [candidate, { size }] of namesByBase) {
    if (size > votes) [base, votes, runnerUp] = [candidate, size, votes];
    else if (size > runnerUp) runnerUp = size;
  }
  if (votes < leastVotes) return { ok: false, reason: 'no-base-address' };
  if (votes < leastLead * runnerUp) return { ok: false, reason: 'ambiguous-base-address' };
  const high = Math.floor(base / 0x1_0000_0000);
  return { ok: true, high, low: base - high * 0x1_0000_0000, votes, runnerUp };
}
