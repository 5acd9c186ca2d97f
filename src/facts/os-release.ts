import type { Host } from '../host/host.ts';

/** Who made this system, by its os-release file. Latin1 text. */
export interface OsRelease {
  /** Lower case by the specification; `linux` where the file does not say. */
  readonly id: string;
  /** The systems it descends from, closest first. */
  readonly idLike: readonly string[];
  readonly versionId: string | undefined;
  readonly name: string | undefined;
  /** `platform:el8`: which module stream its packages belong to, told by Red Hat's family since 8. */
  readonly platformId: string | undefined;
}

const OS_RELEASE_FILES = ['/etc/os-release', '/usr/lib/os-release'];
const MAXIMUM_BYTES = 1 << 16;

/** The first os-release file that can be read; undefined where there is none. */
export async function readOsRelease(
  host: Host,
): Promise<(OsRelease & { readonly path: string }) | undefined> {
  for (const path of OS_RELEASE_FILES) {
    const file = await host.read(path, MAXIMUM_BYTES);
    if (file.ok) return { path, ...parseOsRelease(file.bytes.toString('latin1')) };
  }
  return undefined;
}

/**
 * Reads os-release: shell-like assignments, one a line, the last of a name counts; a line that is none is skipped.
 *
 * Source: os-release(5).
 */
export function parseOsRelease(text: string): OsRelease {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const name = /^[ \t]*([A-Za-z_][A-Za-z0-9_]*)=/.exec(line);
    if (name?.[1] === undefined) continue;
    const value = unquote(withoutTrailingBlanks(line.slice(name[0].length)));
    if (value !== undefined) values.set(name[1], value);
  }
  return {
    id: values.get('ID') || 'linux',
    idLike: (values.get('ID_LIKE') ?? '').split(/[ \t]+/).filter((id) => id !== ''),
    versionId: values.get('VERSION_ID') || undefined,
    name: values.get('NAME') || undefined,
    platformId: values.get('PLATFORM_ID') || undefined,
  };
}

function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * The value with the shell's quotes and backslashes taken away; in double quotes a backslash protects only `"`, `$`,
 * a backtick and itself. Nothing is expanded. Undefined where a quote is not closed.
 */
function unquote(source: string): string | undefined {
  const pieces = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\])/gs;
  let value = '';
  let end = 0;
  for (const piece of source.matchAll(pieces)) {
    if (piece.index !== end) return undefined;
    end += piece[0].length;
    value += piece[1] ?? piece[2]?.replace(/\\(["$`\\])/g, '$1') ?? piece[3] ?? piece[4] ?? '';
  }
  return end === source.length ? value : undefined;
}
