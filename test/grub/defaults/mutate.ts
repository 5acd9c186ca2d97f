/** A small generator of pseudo-random numbers below a limit, the same for the same seed (mulberry32). */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const telling = '\'"`$\\{}()[];&|<>#=+:-~!*? \t\n\r\0\x80\xff01aX';

/** One of the usual accidents: a byte changed, put in or lost, a piece lost or twice, the end cut off. */
export function mutate(text: string, random: (limit: number) => number): string {
  const at = random(text.length + 1);
  const length = 1 + random(12);
  const byte = telling.charAt(random(telling.length));
  switch (random(6)) {
    case 0:
      return text.slice(0, at) + byte + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + byte + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + length);
    case 3:
      return text.slice(0, at + length) + text.slice(at);
    case 4:
      return text.slice(0, at);
    default: {
      const from = random(text.length + 1);
      return text.slice(0, at) + text.slice(from, from + length) + text.slice(at);
    }
  }
}
