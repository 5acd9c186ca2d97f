import { environmentVariables, parseEnvironmentBlock } from '../grub/environment-block.ts';
import type { GrubProblem } from '../grub/grub-problem.ts';
import { evaluateMenu } from '../grub/script/evaluate-menu.ts';
import type { GrubMenu } from '../grub/script/grub-menu.ts';
import { parseGrubScript } from '../grub/script/parser.ts';
import type { ScriptFile } from '../grub/script/script-file.ts';
import { excerpt, positionAt } from '../grub/text-position.ts';
import type { GrubSources } from './boot-sources.ts';
import { loaderVariables } from './loader-variables.ts';

/** The menu that the files make, and the files that it asked for without finding them among the sources. */
export type BootMenuReading =
  | {
      readonly ok: true;
      /** The menu without a pending `next_entry`. */
      readonly lasting: GrubMenu;
      /** The menu of the next boot; the same one where no `next_entry` is pending. */
      readonly next: GrubMenu;
      readonly wanted: readonly string[];
      /** The environment blocks that were loaded, links resolved, the last one last. */
      readonly environmentPaths: readonly string[];
    }
  | { readonly ok: false; readonly path: string; readonly problem: GrubProblem };

/** Run the configuration as GRUB would, on the texts of the sources. */
export function readBootMenu(sources: GrubSources): BootMenuReading {
  const main = scriptFile(sources, sources.configPath);
  if (!main.ok) return main;
  const { menu: lasting, holdsNextEntry, ...asked } = evaluate(sources, main.file, false);
  const next = holdsNextEntry ? evaluate(sources, main.file, true).menu : lasting;
  return endOfSteps(lasting, sources) ?? endOfSteps(next, sources) ?? { ok: true, lasting, next, ...asked };
}

/** A menu that was not followed to its end is none. */
function endOfSteps({ problems }: GrubMenu, { texts }: GrubSources): BootMenuReading | undefined {
  const endless = problems.find(({ code }) => code === 'too-many-commands');
  if (endless === undefined) return undefined;
  const { path, ...at } = endless.place;
  return {
    ok: false,
    path,
    problem: { code: 'too-many-commands', at, found: excerpt(texts.get(path) ?? '', at.offset) },
  };
}

interface Evaluated {
  readonly menu: GrubMenu;
  readonly wanted: readonly string[];
  readonly environmentPaths: readonly string[];
  /** A block that was loaded holds `next_entry`, so that the menu with it and the one without it may differ. */
  readonly holdsNextEntry: boolean;
}

function evaluate(sources: GrubSources, main: ScriptFile, isNextEntryHonoured: boolean): Evaluated {
  const wanted = new Set<string>();
  const environmentPaths = new Set<string>();
  let holdsNextEntry = false;
  const find = (path: string): string | undefined => {
    const named = pathInRoot(path);
    if (named === undefined) return undefined;
    if (!sources.resolved.has(named)) wanted.add(named);
    return sources.resolved.get(named);
  };
  const menu = evaluateMenu({
    ...main,
    variables: loaderVariables(sources),
    readScript: (path) => {
      if (pathInRoot(path) === undefined) return 'unknown';
      const realPath = find(path);
      if (realPath === undefined) return undefined;
      const found = scriptFile(sources, realPath);
      return found.ok ? found.file : 'unknown';
    },
    readEnvironment: (path) => {
      if (path !== undefined && pathInRoot(path) === undefined) return 'unknown';
      const realPath = find(path ?? `${sources.prefix}/grubenv`);
      const text = realPath === undefined ? undefined : sources.texts.get(realPath);
      const variables = text === undefined ? undefined : grubVariables(text);
      if (realPath === undefined || variables === undefined) return undefined;
      environmentPaths.add(realPath);
      holdsNextEntry ||= variables.has('next_entry');
      if (!isNextEntryHonoured) variables.delete('next_entry');
      return variables;
    },
    testFile: (operator, path) => {
      const named = pathInRoot(path.replace(/\/+$/, '') || '/');
      if (named === undefined) return undefined;
      const realPath = find(named);
      if (sources.directories.has(named)) return operator === '-d' || operator === '-e';
      if (realPath === undefined || operator === '-d') return false;
      return operator !== '-s' || sources.texts.get(realPath) !== '';
    },
  });
  return { menu, wanted: [...wanted], environmentPaths: [...environmentPaths], holdsNextEntry };
}

/** Words and commands have something between them: see docs/limits.md. */
const MAXIMUM_SEPARATORS = 1_200_000;

/** Where a script has more in it than is read; undefined where all of it is. */
export function endOfReading(text: string): number | undefined {
  if (text.length <= MAXIMUM_SEPARATORS) return undefined;
  let separators = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isSeparator = code === 0x0a || code === 0x20 || code === 0x09 || code === 0x3b;
    if (isSeparator) separators += 1;
    if (separators > MAXIMUM_SEPARATORS) return at;
  }
  return undefined;
}

type ScriptResult =
  | { readonly ok: true; readonly file: ScriptFile }
  | { readonly ok: false; readonly path: string; readonly problem: GrubProblem };

function scriptFile(sources: GrubSources, path: string): ScriptResult {
  const text = sources.texts.get(path) ?? '';
  const end = endOfReading(text);
  if (end !== undefined) {
    const at = positionAt(text, end);
    return { ok: false, path, problem: { code: 'too-many-commands', at, found: excerpt(text, end) } };
  }
  const parsed = parseGrubScript(text);
  if (!parsed.ok) return { ok: false, path, problem: parsed.problem };
  return { ok: true, file: { path, text, script: parsed.value } };
}

function grubVariables(text: string): Map<string, string> | undefined {
  const block = parseEnvironmentBlock(text);
  if (!block.ok) return undefined;
  return new Map(environmentVariables(block.value));
}

/**
 * A path that GRUB names, in the tree of its `$root`, where a path without a device lies; undefined where a variable in it
 * isn't known, and on another device: which disk that is can't be told from here.
 */
export function pathInRoot(path: string): string | undefined {
  const inDevice = path.startsWith('($root)') ? path.slice('($root)'.length) : path;
  return inDevice.startsWith('/') && !inDevice.includes('$') ? inDevice : undefined;
}

/** The same where the device does not matter, as that of a kernel whose name is its release. */
export function pathOnAnyDevice(path: string): string | undefined {
  return pathInRoot(path.replace(/^\([^)]*\)/, ''));
}
