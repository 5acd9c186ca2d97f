import type { Directory } from '../host/writable-host.ts';
import { sha256 } from '../plan/sha256.ts';
import type { Journal, JournalFile } from './journal.ts';
import { type ApplyProblem, attempt, type ChangeableHost, systemProblem } from './problem.ts';
import { nameOf, openProblem, parentOf } from './state-directory.ts';

/** What a file holds, measured against the journal. */
export type FileState = 'before' | 'after' | 'foreign';

/** A file of a journal as it is found now. */
export interface Place {
  /** undefined where it is gone. */
  readonly directory: Directory | undefined;
  readonly file: JournalFile;
  readonly index: number;
  readonly state: FileState;
}

/** Runs a step at one file of the journal; one whose directory is missing is not there, one that lies elsewhere by now is foreign. */
export async function atFile(
  host: ChangeableHost,
  journal: Journal,
  index: number,
  act: (place: Place) => Promise<ApplyProblem | undefined>,
): Promise<ApplyProblem | undefined> {
  const file = journal.files[index];
  if (file === undefined) return undefined;
  const opened = await host.openDirectory(parentOf(file.path));
  if (!opened.ok) {
    const isGone = opened.reason === 'missing' || opened.reason === 'not-a-directory';
    if (!isGone) return openProblem(parentOf(file.path), opened);
    return act({ directory: undefined, file, index, state: stateOf(file, undefined) });
  }
  const { directory } = opened;
  try {
    return await attempt('recover', file.path, async () => {
      const state = await readState(directory, file);
      if (typeof state !== 'string') return systemProblem('read', file.path, state.systemCode);
      return act({ directory, file, index, state });
    });
  } finally {
    directory.close();
  }
}

/** The state, or the system's word where it can't be read. */
async function readState(
  directory: Directory,
  file: JournalFile,
): Promise<FileState | { readonly systemCode: string }> {
  if (directory.realPath !== parentOf(file.path)) return 'foreign';
  const read = await directory.read(nameOf(file.path));
  if (!read.ok && (read.reason === 'not-a-file' || read.reason === 'too-large')) return 'foreign';
  if (!read.ok && read.reason !== 'missing') return { systemCode: read.systemCode ?? read.reason };
  return stateOf(file, read.ok ? sha256(read.bytes.toString('latin1')) : undefined);
}

function stateOf({ beforeSha256, afterSha256 }: JournalFile, found: string | undefined): FileState {
  if (found === beforeSha256) return 'before';
  return found === afterSha256 ? 'after' : 'foreign';
}

/** Whether a name stands for a file with this content. */
export async function holds(directory: Directory, name: string, expectedSha256: string): Promise<boolean> {
  const read = await directory.read(name);
  return read.ok && sha256(read.bytes.toString('latin1')) === expectedSha256;
}
