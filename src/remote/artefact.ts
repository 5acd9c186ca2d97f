import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import description from '../../package.json' with { type: 'json' };

/** The file that brings its own Node (docs/portable.md), of our own version. */
export interface Artefact {
  readonly path: string;
  /** The machines that it is for, as `uname -s` and `uname -m` name them: `Linux-x86_64`. */
  readonly platform: string;
  /** The script that it begins with: `--if-unpacked` as its first word runs what is unpacked already. */
  readonly head: string;
  readonly bytes: number;
}

/** In which the script ends (scripts/portable/self-unpacking.sh). */
const START_BYTES = 1 << 15;

/**
 * The artefacts of our own version that lie here, one for each platform: the one that BOOTMEND_PORTABLE names, those that
 * `npm run portable` made, and those in the user's cache folder. What can't be read, or is none of ours, is passed over.
 *
 * @param packageFolder where bootmend is installed
 */
export function findArtefacts(packageFolder: string, environment: NodeJS.ProcessEnv): readonly Artefact[] {
  const named = environment['BOOTMEND_PORTABLE'];
  const folders = [join(packageFolder, 'portable'), cacheFolder(environment)];
  const paths = [...(named ? [named] : []), ...folders.flatMap(runFilesIn)];
  const found = new Map<string, Artefact>();
  for (const artefact of paths.flatMap((path) => readArtefact(path) ?? []))
    if (!found.has(artefact.platform)) found.set(artefact.platform, artefact);
  return [...found.values()];
}

/** As the artefact itself chooses it (scripts/portable/self-unpacking.sh). */
function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const { BOOTMEND_CACHE: named, XDG_CACHE_HOME: base } = environment;
  if (named) return named;
  return process.geteuid?.() === 0
    ? '/var/cache/bootmend'
    : join(base || join(homedir(), '.cache'), 'bootmend');
}

function runFilesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^bootmend-.*\.run$/.test(name));
    return names.toSorted().map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function readArtefact(path: string): Artefact | undefined {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const start = Buffer.alloc(START_BYTES);
      const length = readSync(descriptor, start, 0, START_BYTES, 0);
      return parseStart(path, start.toString('latin1', 0, length), fstatSync(descriptor).size);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

function parseStart(path: string, start: string, bytes: number): Artefact | undefined {
  const version = /^# bootmend (\S+) for /m.exec(start)?.[1];
  const offset = Number(/^offset=(\d+)$/m.exec(start)?.[1]);
  const platform = /^made_for=(\w+-\w+)$/m.exec(start)?.[1];
  const isWhole = offset <= start.length && offset < bytes;
  if (version !== description.version || platform === undefined || !isWhole) return undefined;
  return { path, platform, head: start.slice(0, offset), bytes };
}
