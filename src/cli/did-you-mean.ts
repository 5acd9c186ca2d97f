import { closest, editDistance } from '../cmdline/closest.ts';

/**
 * What was probably meant by a name that there is not: the same in other letters, the only one that begins so, or one that is a
 * slip or two away; undefined where nothing is close.
 */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  const typed = given.toLowerCase();
  const same = known.find((name) => name.toLowerCase() === typed);
  if (same !== undefined) return same;
  const begun = known.filter((name) => typed !== '' && name.toLowerCase().startsWith(typed));
  if (begun.length === 1) return begun[0];
  const near = closest(
    typed,
    known.map((name) => ({ text: name.toLowerCase(), name })),
    () => true,
  );
  return (
    near?.name ?? known.find((name) => typed.length > 1 && editDistance(typed, name.toLowerCase()) === 1)
  );
}
