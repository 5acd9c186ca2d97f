import fc from 'fast-check';

const syntaxByte = fc.constantFrom(...'"\'\\\n\r\0#$;{}|&<> \tifdo=[]');

/** One change: where in the text, as a fraction of it. */
type Change = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

function offsetIn(text: string, fraction: number): number {
  return Math.floor(fraction * (text.length + 1));
}

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, syntaxByte).map(
    ([at, byte]): Change =>
      (text) => {
        const offset = offsetIn(text, at);
        return text.slice(0, offset) + byte + text.slice(offset);
      },
  ),
  fc.tuple(place, fc.nat(255)).map(
    ([at, bits]): Change =>
      (text) => {
        const offset = offsetIn(text, at);
        if (offset >= text.length) return text;
        return (
          text.slice(0, offset) + String.fromCharCode(text.charCodeAt(offset) ^ bits) + text.slice(offset + 1)
        );
      },
  ),
  fc.tuple(place, fc.nat(30)).map(
    ([at, length]): Change =>
      (text) => {
        const offset = offsetIn(text, at);
        return text.slice(0, offset) + text.slice(offset + length);
      },
  ),
  place.map(
    (at): Change =>
      (text) =>
        text.slice(0, offsetIn(text, at)),
  ),
  fc.tuple(place, place, fc.nat(400)).map(
    ([from, to, length]): Change =>
      (text) => {
        const piece = text.slice(offsetIn(text, from), offsetIn(text, from) + length);
        const offset = offsetIn(text, to);
        return text.slice(0, offset) + piece + text.slice(offset);
      },
  ),
);

/** One of the texts with bytes flipped, put in, taken out, cut off or repeated. */
export function mutant(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([text, changes]) => changes.reduce((changed, apply) => apply(changed), text));
}
