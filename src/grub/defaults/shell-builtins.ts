/** Builtins that POSIX calls special: assignments in front of them stay (2.14), functions can't hide them. */
export const specialBuiltins: ReadonlySet<string> = new Set([
  ...[':', '.', 'break', 'continue', 'eval', 'exec', 'exit', 'export', 'readonly', 'return', 'set', 'shift'],
  ...['source', 'times', 'trap', 'unset'],
]);

/** Builtins that set no variable. */
export const harmless = ['echo', 'hash', 'kill', 'pwd', 'shift', 'times', 'type', 'ulimit', 'umask'] as const;

/** Builtins that set the variables which their arguments name. */
export const naming = ['read', 'getopts', 'mapfile', 'readarray', 'let', 'wait', 'printf'] as const;

/** Builtins that change how later commands are read or run. */
export const unfollowed = ['alias', 'unalias', 'trap', 'enable', 'shopt'] as const;

/** Whether the options of `set` are among those that change nothing but what -e does. */
export function isKnownSetOption(text: string | undefined): boolean {
  return text !== undefined && [...text.slice(1)].every((letter) => 'eaxvbmfCh'.includes(letter));
}
