import type { MemorySample } from '../diagnosis/symptoms.ts';
import { saySentence } from './messages/catalogue.ts';
import { inFamily } from './messages/sentence.ts';
import type { SymptomReport } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { wrapText } from './wrap-text.ts';

/** Draws a series of numbers as lines of a plot; `asciichart` has this form. */
export type DrawPlot = (
  series: readonly number[],
  options: { readonly height: number; readonly format: (value: number) => string },
) => string;

/** A sample with its time in milliseconds. */
export interface TimedSample {
  readonly at: number;
  readonly sample: MemorySample;
}

const MEBIBYTE = 1 << 20;
/** What the scale of a plot takes. */
const SCALE_COLUMNS = 12;

/** The screen of `status --watch`: plots of slab memory, of groups and of their caches, then what they come to. */
export function renderWatch(
  samples: readonly TimedSample[],
  symptoms: SymptomReport,
  draw: DrawPlot,
  { say, paint, columns }: TextOptions,
): string {
  const plots = [
    ['watch.slab', 7, MEBIBYTE, (sample: MemorySample) => sample.unreclaimable],
    ['watch.groups', 3, 1, (sample: MemorySample) => sample.countedGroups],
    ['watch.caches', 3, 1, (sample: MemorySample) => sample.groupCaches],
  ] as const;
  const drawn = plots.flatMap(([code, height, unit, partOf]) => {
    const series = samples.flatMap(({ sample }) => {
      const value = partOf(sample);
      return value === undefined ? [] : [value / unit];
    });
    if (series.length < 2) return series.length === 0 ? [say('watch.unknown', { what: say(code) })] : [];
    const format = (value: number) => value.toFixed(unit === 1 ? 0 : 1).padStart(9);
    const plot = draw(fitted(series, columns - SCALE_COLUMNS), { height, format });
    return [...titleLines(say(code), paint, columns), ...plot.split('\n').map((line) => line.trimEnd())];
  });
  const told = figures(symptoms, say).flatMap((line) => wrapText(line, columns));
  return [...drawn, ...told, ''].map((line) => `${line}\n`).join('');
}

function titleLines(title: string, paint: TextOptions['paint'], columns: number): readonly string[] {
  return wrapText(title, columns).map((line) => paint('bold', line));
}

/** As many points as there are columns, each the mean of those that fall on it. */
export function fitted(series: readonly number[], columns: number): readonly number[] {
  if (series.length <= columns) return series;
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * series.length) / columns);
    const part = series.slice(from, Math.floor(((column + 1) * series.length) / columns));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}

/** The figures of one sample, and how they grow, a line each. */
export function figures(
  { sample, found, growthPerHour, hoursLeft }: SymptomReport,
  say: TextOptions['say'],
): readonly string[] {
  const size = (bytes: number | undefined) => sizeText(bytes, say);
  const count = (number: number | undefined) => number?.toString() ?? say('watch.not-known');
  const { unreclaimable, slab, total, countedGroups, liveGroups, dyingGroups, groupCaches, deadCaches } =
    sample;
  const growth =
    growthPerHour === undefined
      ? say('watch.growth-not-known')
      : say(growthPerHour < 0 ? 'watch.shrinks' : 'watch.growth', {
          growth: sizeText(Math.abs(growthPerHour), say),
        });
  const end =
    hoursLeft === undefined ? [] : [say('watch.end', { hours: hoursLeft.toFixed(hoursLeft < 10 ? 1 : 0) })];
  return [
    say('watch.sizes', { unreclaimable: size(unreclaimable), slab: size(slab), total: size(total) }),
    [growth, ...end].join(say('joint.sentences')),
    say('watch.counts', {
      counted: count(countedGroups),
      live: count(liveGroups),
      dying: count(dyingGroups),
      caches: count(groupCaches),
      dead: count(deadCaches),
    }),
    ...found.map((symptom) => saySentence(say, inFamily('symptom', symptom))),
  ];
}

function sizeText(bytes: number | undefined, say: TextOptions['say']): string {
  if (bytes === undefined) return say('watch.not-known');
  const isLarge = Math.abs(bytes) >= 1024 * MEBIBYTE;
  return isLarge ? `${(bytes / (1024 * MEBIBYTE)).toFixed(2)} GiB` : `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}
