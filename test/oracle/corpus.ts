import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedPath } from './available.ts';

export interface CorpusFile {
  readonly name: string;
  /** latin1 */
  readonly text: string;
}

/** The files of one kind that were collected from public repositories. */
export function corpusFiles(kind: string): CorpusFile[] {
  const folder = sharedPath(`corpus/${kind}`);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name: `${kind}/${name}`, text: readFileSync(join(folder, name), 'latin1') }));
}
