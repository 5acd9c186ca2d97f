import { remedyOfWord } from '../diagnosis/remedy.ts';
import type { Labelled } from './labelled.ts';
import { evidenceSentence } from './part-sentences.ts';
import type { KernelReport, Report, SupportReport } from './report.ts';
import type { TextOptions } from './text-options.ts';

/**
 * Why the words of a change do what they do, and why other remedies would not, each with its evidence once for all kernels
 * that it is the same for.
 */
export function reasonsFor(
  { kernels = [], entries }: Report,
  words: readonly string[],
  options: TextOptions,
): readonly Labelled[] {
  const judged = kernels.filter(({ release }) =>
    (entries ?? []).some(({ kind, kernel }) => kind === 'normal' && kernel === release),
  );
  const wanted = new Set(words.flatMap((word) => remedyOfWord(word) ?? []));
  const asked = Object.keys(judged[0]?.support ?? {}).filter((word) => {
    const remedy = remedyOfWord(word);
    const isTaken = judged.every(({ support }) => support[word]?.verdict === 'supported');
    return remedy === undefined ? words.includes(word) : wanted.has(remedy) || (wanted.size > 0 && !isTaken);
  });
  const texts = asked.flatMap((word) => reasonsOf(word, judged, options));
  return texts.map((text, at) => ({ label: at === 0 ? options.say('label.why') : '', text }));
}

/** One sentence for all kernels whose verdict rests on the same. */
function reasonsOf(word: string, kernels: readonly KernelReport[], options: TextOptions): readonly string[] {
  const texts = new Map<string, number>();
  for (const { support } of kernels) {
    const found = support[word];
    if (found === undefined) continue;
    const text = reasonOf(word, found, options);
    texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  const { say } = options;
  const isSplit = texts.size > 1;
  return [...texts].map(([text, count]) =>
    isSplit
      ? `${say('why.on-some', { count, total: kernels.length })}${say('joint.sentences')}${text}`
      : text,
  );
}

function reasonOf(word: string, { verdict, decidedBy }: SupportReport, { say }: TextOptions): string {
  const said = say('why.word', { word, verdict: say(`works.${verdict}`) });
  if (decidedBy === undefined) return said;
  const source = say(`source.${decidedBy.source}`);
  return `${said}${say('joint.sentences')}${source}${say('joint.colon')}${evidenceSentence(say, decidedBy)}`;
}
