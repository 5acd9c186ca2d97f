/** One value at one time. */
export interface TimedValue {
  /** Milliseconds. */
  readonly at: number;
  readonly value: number;
}

const HOUR_MS = 3_600_000;
const FEWEST = 3;
/** Within a minute slab memory goes up and down for reasons of its own. */
const SHORTEST_MS = 60_000;

/**
 * How fast a value grows, by the line of least squares through all of its points; undefined with less than three of them, or less than a minute.
 *
 * @returns units of the value in an hour
 */
export function growthPerHour(points: readonly TimedValue[]): number | undefined {
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  if (points.length < FEWEST || span < SHORTEST_MS) return undefined;
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const [at, value] = [mean(points.map((point) => point.at)), mean(points.map((point) => point.value))];
  const spread = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0);
  const common = points.reduce((sum, point) => sum + (point.at - at) * (point.value - value), 0);
  return (common / spread) * HOUR_MS;
}

/** Below this a host's slab memory goes up and down by itself. */
const NOISE_BYTES_PER_HOUR = 1 << 20;

/**
 * In how many hours memory ends where slab memory goes on growing like this; undefined where it does not grow.
 *
 * @param available bytes
 * @param growth bytes in an hour
 */
export function hoursLeft(available: number | undefined, growth: number | undefined): number | undefined {
  if (available === undefined || growth === undefined || growth < NOISE_BYTES_PER_HOUR) return undefined;
  return available / growth;
}
