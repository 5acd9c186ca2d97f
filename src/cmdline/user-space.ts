import { USER_SPACE } from './user-space-names.ts';

/**
 * Who outside the kernel reads a name: `documented`, by its very name; `prefix`, only that names of such a program begin so, or have
 * the form of debian-installer's questions; `environment`, that it has the form of an environment variable, which init and all that it starts can read.
 */
export type UserSpaceReading = 'documented' | 'prefix' | 'environment' | 'none';

/** The names that are known one by one, as their programs' documentation spells them. */
export const userSpaceNames: readonly string[] = [
  ...new Set(USER_SPACE.flatMap(({ names }) => names.split(/\s+/).filter((name) => name !== ''))),
];

const KNOWN: ReadonlySet<string> = new Set(userSpaceNames.map(folded));
const PREFIXES: readonly string[] = USER_SPACE.flatMap(({ prefixes = [] }) => prefixes.map(folded));

/** Readers outside the kernel take `-` and `_` for each other, too (proc_cmdline_key_streq() of systemd). */
function folded(name: string): string {
  return name.replaceAll('-', '_');
}

/**
 * Who outside the kernel may read a word.
 *
 * The kernel hands `NAME=value` without a dot to init as an environment variable where nothing takes it; names of variables are
 * capitals, digits and underscores (POSIX, base definitions, 8.1), and a program that looks for one need not document it.
 *
 * @param value undefined for a word without `=`
 */
export function userSpaceReading(name: string, value: string | undefined): UserSpaceReading {
  const known = folded(name);
  if (KNOWN.has(known)) return 'documented';
  if (isInstallerQuestion(name) || PREFIXES.some((prefix) => known.startsWith(prefix))) return 'prefix';
  return value !== undefined && /^[A-Z][A-Z0-9_]*$/.test(name) ? 'environment' : 'none';
}

/** A name with a slash can be a question of debian-installer's: the installation guide takes any of them, package/question. */
function isInstallerQuestion(name: string): boolean {
  return /^[a-z0-9-]+\/[a-z]/.test(name);
}

/** Whether a documented program outside the kernel reads this very name. */
export function isReadInUserSpace(name: string): boolean {
  return userSpaceReading(name, undefined) === 'documented';
}
