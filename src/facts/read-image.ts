import type { Host, HostRefusal } from '../host/host.ts';
import type { Evidence } from '../kernel/evidence.ts';
import { decompressWith } from '../kernel/image/decompress.ts';
import { imageEvidence, isAnswered, tokenQuestions } from '../kernel/image/image-evidence.ts';
import type { ImageResult } from '../kernel/image/image-reading.ts';
import type { TokenQuestion } from '../kernel/image/token.ts';
import { imageCache } from './image-cache.ts';
import type { ImageFile } from './image-file.ts';

/** What an image said, or why it said nothing; a file that the host can't read is one reason more. */
export type ImageOutcome = ImageResult | { readonly ok: false; readonly reason: HostRefusal };

/** An image that was read, and what that took. */
export interface ReadImage {
  readonly path: string;
  readonly outcome: ImageOutcome;
  /** It was answered from an earlier run's reading; the file itself was not read. */
  readonly isCached: boolean;
  readonly milliseconds: number;
}

/**
 * Read a kernel image, or what an earlier run read of it, with all that some words ask.
 *
 * @param words whose names and tokens are to be looked for beside the standard ones
 */
export async function readImage(host: Host, file: ImageFile, words: readonly string[]): Promise<ReadImage> {
  const start = process.hrtime.bigint();
  const { path, identity } = file;
  const done = (outcome: ImageOutcome, isCached: boolean): ReadImage => {
    const milliseconds = Number((process.hrtime.bigint() - start) / 1_000_000n);
    return { path, outcome, isCached, milliseconds };
  };
  const cache = imageCache(host, process.env);
  const known = identity && cache.find(identity);
  if (known !== undefined && words.every((word) => isAnswered(known, word))) {
    return done({ ok: true, reading: known }, true);
  }
  const whole = await file.read();
  if (!whole.ok) return done({ ok: false, reason: whole.reason }, false);
  const questions = distinct([...(known?.tokens ?? []), ...words.flatMap(tokenQuestions)]);
  const searched = [...(known?.names ?? []).map(({ name }) => name), ...words];
  // Not loaded where the cache answers.
  const { readKernelImage } = await import('../kernel/image/image-reading.ts');
  const outcome = await readKernelImage(whole.bytes, decompressWith(host.filter), questions, searched);
  if (identity !== undefined && outcome.ok) cache.keep(identity, outcome.reading);
  return done(outcome, false);
}

function distinct(questions: readonly TokenQuestion[]): readonly TokenQuestion[] {
  const byText = questions.map(({ parameter, token }) => [parameter + token, { parameter, token }] as const);
  return [...new Map(byText).values()];
}

/** What the image says of a word. */
export function readImageEvidence({ path, outcome }: ReadImage, word: string): Evidence {
  if (outcome.ok || 'data' in outcome) return imageEvidence(outcome, word, path);
  return {
    source: 'image',
    path,
    says: 'inconclusive',
    strength: 'observation',
    code: 'image.unreadable',
    data: { reason: outcome.reason },
  };
}
