/** Releases without what all of them begin and end with, and how that is written: `3.10.0-….el7.x86_64`. */
export interface ShortReleases {
  readonly names: readonly string[];
  /** Undefined where nothing was left out. */
  readonly pattern: string | undefined;
}

/** Shorten releases by the version in front of the first dash that they share, and by the fields that all end with. */
export function shortReleases(releases: readonly string[]): ShortReleases {
  const [first = ''] = releases;
  const whole = { names: releases, pattern: undefined };
  if (new Set(releases).size < 2) return whole;
  const begin = shared(releases);
  const front = begin.slice(0, begin.lastIndexOf('-') + 1);
  const rests = releases.map((release) => release.slice(front.length));
  const end = reversed(shared(rests.map(reversed)));
  const at = end.search(/[.-]/);
  const back = at === -1 ? '' : end.slice(at);
  const names = rests.map((rest) => rest.slice(0, rest.length - back.length));
  if (front + back === '' || names.includes('') || first === '') return whole;
  return { names, pattern: `${front}…${back}` };
}

/** What all texts begin with. */
function shared(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text[length] === first[length])) length += 1;
  return first.slice(0, length);
}

function reversed(text: string): string {
  return [...text].toReversed().join('');
}
