import type { Directory } from '../host/writable-host.ts';
import { type ApplyProblem, attempt, type ChangeableHost, systemCodeOf } from './problem.ts';
import { nameOf, openOrMakeDirectory, openProblem, parentOf } from './state-directory.ts';
import type { ExaminedFile, Target } from './target.ts';

/** How far the writing of a plan came: how many files may have been replaced, and what stopped it. */
export interface Progress {
  readonly replaced: number;
  readonly problem: ApplyProblem | undefined;
}

/**
 * Runs a step with the directory of every file open. Those that are missing are made and on the disk before it begins;
 * the journal is to say so already.
 */
export async function withDirectories(
  host: ChangeableHost,
  files: readonly ExaminedFile[],
  write: (targets: readonly Target[]) => Promise<Progress>,
): Promise<Progress> {
  const made: Directory[] = [];
  const targets: Target[] = [];
  try {
    for (const file of files) {
      if (file.directory !== undefined) {
        targets.push({ ...file, directory: file.directory });
        continue;
      }
      const opened = await openOrMakeDirectory(host, parentOf(file.edit.path));
      if (!opened.ok) return { replaced: 0, problem: opened.problem };
      made.push(opened.directory);
      targets.push({ ...file, directory: opened.directory });
    }
    return await write(targets);
  } finally {
    for (const directory of made) directory.close();
  }
}

/** Removes those directories that are there and empty, or says what stood against it. */
export async function removeEmpty(
  host: ChangeableHost,
  directories: readonly string[],
): Promise<ApplyProblem | undefined> {
  for (const path of [...directories].sort().reverse()) {
    const listed = await host.list(path);
    if (!listed.ok || listed.names.length > 0 || listed.realPath !== path) continue;
    const above = await host.openDirectory(parentOf(path));
    if (!above.ok) return openProblem(path, above);
    try {
      const problem = await attempt('rmdir', path, async () => {
        await above.directory.removeDirectory(nameOf(path));
        await above.directory.sync();
        return undefined;
      });
      if (problem !== undefined && !FILLED_OR_GONE.has(systemCodeOf(problem))) return problem;
    } finally {
      above.directory.close();
    }
  }
  return undefined;
}

/** Somebody was quicker: rmdir(2). */
const FILLED_OR_GONE = new Set<unknown>(['ENOTEMPTY', 'EEXIST', 'ENOENT']);
