import type { GrubScript } from './syntax-tree.ts';

/** A parsed file of a configuration. */
export interface ScriptFile {
  readonly path: string;
  readonly text: string;
  readonly script: GrubScript;
}
