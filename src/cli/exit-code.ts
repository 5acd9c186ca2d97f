/** Exit codes: a contract that scripts rely on. */
export const EXIT = {
  done: 0,
  /** The system refused, or we failed; every file is as before, or it is named. */
  failed: 1,
  usage: 2,
  /** A person must decide. */
  refused: 3,
  /** Words without effect, or a change pending with `--check`. */
  found: 4,
  interrupted: 130,
} as const;
