import type { TextPosition } from './text-position.ts';

/**
 * Why a file could not be read, or a word could not be changed, where it is, and what stood there.
 *
 * `code` is a closed list per format; the sentence for it is the report's.
 */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  readonly at: TextPosition;
  /** The bytes that were seen, latin1, at most 80 of them. */
  readonly found: string;
}

/**
 * A value, or the one problem that stands against it. The second parameter is the problem's closed list of codes, or a
 * problem that says more.
 */
export type Result<Value, Against extends string | Problem = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: [Against] extends [string] ? Problem<Against> : Against };
