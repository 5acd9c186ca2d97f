import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { counted, noteMissing } from './missing.ts';

const given = process.env['BOOTMEND_SHARED'];

/** The folder with the corpus and the recorded behaviour of real programs, outside the project. */
const sharedFolder = given || join(import.meta.dirname, '../../../shared');

/** A path in the shared folder. */
export function sharedPath(path: string): string {
  return join(sharedFolder, path);
}

/** Whether tests that read this path of the shared folder are to run; an empty BOOTMEND_SHARED goes without, in CI too. */
export function hasShared(path: string): boolean {
  const what = `${path} in the shared folder (BOOTMEND_SHARED)`;
  if (given !== '') return counted(existsSync(sharedPath(path)), what);
  noteMissing(what);
  return false;
}

/** Whether tests that run this program are to run. @param question an argument that it answers with success */
export function hasProgram(name: string, question = '--version'): boolean {
  return counted(spawnSync(name, [question]).status === 0, name);
}
