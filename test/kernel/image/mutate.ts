import fc from 'fast-check';

/** What is done to a file; places are fractions of its length. */
export type Mutation =
  | { readonly kind: 'flip'; readonly places: readonly number[]; readonly bit: number }
  | { readonly kind: 'zero'; readonly place: number; readonly length: number }
  | { readonly kind: 'noise'; readonly place: number; readonly bytes: Uint8Array }
  | { readonly kind: 'cut'; readonly place: number }
  | { readonly kind: 'insert'; readonly place: number; readonly bytes: Uint8Array }
  | { readonly kind: 'repeat'; readonly from: number; readonly to: number; readonly length: number };

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });
const length = fc.integer({ min: 1, max: 5000 });

/** @param places where the damage goes; anywhere unless given */
export function mutations(places: fc.Arbitrary<number> = place): fc.Arbitrary<Mutation> {
  return fc.oneof(
    fc.record({
      kind: fc.constant('flip' as const),
      places: fc.array(places, { minLength: 1, maxLength: 8 }),
      bit: fc.nat(7),
    }),
    fc.record({ kind: fc.constant('zero' as const), place: places, length }),
    fc.record({ kind: fc.constant('noise' as const), place: places, bytes }),
    fc.record({ kind: fc.constant('cut' as const), place: places }),
    fc.record({ kind: fc.constant('insert' as const), place: places, bytes }),
    fc.record({ kind: fc.constant('repeat' as const), from: places, to: places, length }),
  );
}

/** The damaged copy. */
export function mutate(file: Buffer, mutation: Mutation): Buffer {
  const at = (fraction: number): number => Math.floor(fraction * file.length);
  const copy = Buffer.from(file);
  switch (mutation.kind) {
    case 'flip':
      for (const one of mutation.places) copy[at(one)] = (copy[at(one)] ?? 0) ^ (1 << mutation.bit);
      return copy;
    case 'zero':
      return copy.fill(0, at(mutation.place), Math.min(at(mutation.place) + mutation.length, file.length));
    case 'noise':
      copy.set(mutation.bytes.subarray(0, file.length - at(mutation.place)), at(mutation.place));
      return copy;
    case 'cut':
      return copy.subarray(0, at(mutation.place));
    case 'insert':
      return Buffer.concat([
        file.subarray(0, at(mutation.place)),
        mutation.bytes,
        file.subarray(at(mutation.place)),
      ]);
    case 'repeat':
      file.copy(copy, at(mutation.to), at(mutation.from), at(mutation.from) + mutation.length);
      return copy;
  }
}

/** Whether two files of one length differ anywhere in a range; files of different length count as different. */
export function differ(a: Buffer, b: Buffer, start: number, end: number): boolean {
  return a.length !== b.length || !a.subarray(start, end).equals(b.subarray(start, end));
}
