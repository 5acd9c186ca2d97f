import type { WordEdit } from '../cmdline/word-edit.ts';
import type { Result } from './problem.ts';
import type { BootLine } from './script/boot-line.ts';
import { type BootLineProblemCode, editBootLine } from './script/edit-boot-line.ts';
import { evaluateMenu } from './script/evaluate-menu.ts';
import type { MenuSources } from './script/evaluation.ts';
import type { GrubMenu, GrubMenuItem } from './script/grub-menu.ts';
import { parseGrubScript } from './script/parser.ts';
import type { GrubScriptProblemCode } from './script/script-problem.ts';
import { applyTextEdits } from './text-edit.ts';

/** What places call a file that was given no name. */
const ONLY_FILE = 'grub.cfg';

/** What is known beside the text of a grub.cfg. */
export interface MenuSurroundings extends Partial<MenuSources> {
  /** How the places in the menu name the file; `grub.cfg` where it isn't given. */
  readonly path?: string;
  /** What the environment holds before the script runs, such as `root` and `prefix`. */
  readonly variables?: ReadonlyMap<string, string>;
}

/**
 * The menu that a grub.cfg makes, or what keeps GRUB from reading it. No other file is read but by the functions of
 * `surroundings`: without them, nothing is known of what the file goes on with.
 *
 * @param text the file, latin1
 */
export function readGrubMenu(
  text: string,
  surroundings: MenuSurroundings = {},
): Result<GrubMenu, GrubScriptProblemCode> {
  const parsed = parseGrubScript(text);
  if (!parsed.ok) return parsed;
  const nothing = { readScript: () => undefined, readEnvironment: () => undefined };
  const variables = surroundings.variables ?? new Map();
  const path = surroundings.path ?? ONLY_FILE;
  const input = { ...nothing, ...surroundings, path, variables, text, script: parsed.value };
  return { ok: true, value: evaluateMenu(input) };
}

/** Every line of the file itself that hands words to a Linux kernel, under Xen too, once each, in the order of the menu. */
export function linuxLines(menu: GrubMenu, path = ONLY_FILE): readonly BootLine[] {
  const lines = menu.items.flatMap(bootLinesOf);
  const places = new Map(lines.map((line) => [line.place.offset, line]));
  return [...places.values()].filter(
    (line) => line.role !== 'other' && line.role !== 'xen' && path === line.place.path,
  );
}

function bootLinesOf(item: GrubMenuItem): readonly BootLine[] {
  if (item.kind === 'submenu') return item.children.flatMap(bootLinesOf);
  return item.kind === 'entry' ? item.bootLines : [];
}

/**
 * A grub.cfg with the words of every Linux line edited, or the first problem that stands against it; all other bytes stay.
 * Recovery entries are lines like others.
 *
 * @param text the file, latin1
 * @param revise the edits of one line's words, such as `reviseWords` of `bootmend/cmdline` makes
 * @returns the text to write, latin1: the same where nothing is to be changed
 */
export function editLinuxLines(
  text: string,
  revise: (words: readonly string[]) => readonly WordEdit[],
  surroundings: MenuSurroundings = {},
): Result<string, GrubScriptProblemCode | BootLineProblemCode> {
  const menu = readGrubMenu(text, surroundings);
  if (!menu.ok) return menu;
  const edits = [];
  for (const line of linuxLines(menu.value, surroundings.path)) {
    const edited = editBootLine(line, revise(line.words.map((word) => word.text)));
    if (!edited.ok) return edited;
    edits.push(...edited.value);
  }
  return { ok: true, value: applyTextEdits(text, edits) };
}
