import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const inCI = process.env['CI'] === 'true';

/** The folder with the corpus and the recorded behaviour of real programs, outside the project. */
const sharedFolder = process.env['BOOTMEND_SHARED'] ?? join(import.meta.dirname, '../../../shared');

/** A path in the shared folder. */
export function sharedPath(path: string): string {
  return join(sharedFolder, path);
}

/**
 * Whether tests may count on something outside the project. In CI they always do, so that its absence fails;
 * elsewhere its absence is said aloud.
 */
function counted(there: boolean, name: string): boolean {
  if (!there && !inCI) console.warn(`skipped: no ${name}`);
  return there || inCI;
}

/** Whether tests that read this path of the shared folder are to run. */
export function hasShared(path: string): boolean {
  return counted(existsSync(sharedPath(path)), sharedPath(path));
}

/** Whether tests that run this program are to run. @param question an argument that it answers with success */
export function hasProgram(name: string, question = '--version'): boolean {
  return counted(spawnSync(name, [question]).status === 0, name);
}
