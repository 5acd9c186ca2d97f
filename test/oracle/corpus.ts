import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasShared, sharedPath } from './available.ts';

export interface CorpusFile {
  readonly name: string;
  /** latin1 */
  readonly text: string;
}

/** The files of one kind that were collected from public repositories; none where they are missing and may be. */
export function corpusFiles(kind: string): CorpusFile[] {
  if (!hasShared(`corpus/${kind}`)) return [];
  const folder = sharedPath(`corpus/${kind}`);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name: `${kind}/${name}`, text: readFileSync(join(folder, name), 'latin1') }));
}
