import { findDefaultEntry } from '../grub/menu/default-entry.ts';
import type { MenuItem } from '../grub/menu/menu-item.ts';
import type { Problem } from '../grub/problem.ts';
import type { BootLine } from '../grub/script/boot-line.ts';
import type { GrubMenu, GrubMenuItem, MenuEntry } from '../grub/script/grub-menu.ts';
import { loaderCmdline } from '../grub/script/loader-cmdline.ts';
import type { BootEntry, EntryLine } from './boot-entry.ts';
import { readBootMenu } from './boot-menu.ts';
import type { BootSources } from './boot-sources.ts';
import { entryKind } from './entry-kind.ts';

export type BootEntriesReading =
  | {
      readonly ok: true;
      readonly entries: readonly BootEntry[];
      readonly menu: GrubMenu;
      /** Paths, as the menu names them, that the sources do not tell of yet. */
      readonly wanted: readonly string[];
      readonly wantedKernels: readonly string[];
    }
  | { readonly ok: false; readonly path: string; readonly problem: Problem };

/** Every Linux entry of the menu in its order, submenus included, with the one that boots marked. */
export function readBootEntries(sources: BootSources): BootEntriesReading {
  const lasting = readBootMenu(sources, false);
  if (!lasting.ok) return lasting;
  const once = readBootMenu(sources, true);
  const places = placedEntries(lasting.menu.items, []);
  const defaultPath = defaultOf(lasting.menu, sources)?.join('>');
  const nextPath = once.ok ? defaultOf(once.menu, sources)?.join('>') : defaultPath;
  const entries: BootEntry[] = [];
  const wantedKernels = new Set<string>();
  for (const { entry, path } of places) {
    const position = path.join('>');
    const marks = {
      isDefault: position === defaultPath,
      isNext: position === nextPath && nextPath !== defaultPath,
    };
    const read = bootEntry(entry, sources, marks);
    if (read === undefined) continue;
    entries.push(read.entry);
    if (!sources.kernels.has(read.image)) wantedKernels.add(read.image);
  }
  return { ok: true, entries, menu: lasting.menu, wanted: lasting.wanted, wantedKernels: [...wantedKernels] };
}

interface PlacedEntry {
  readonly entry: MenuEntry;
  /** Index in the outermost menu, then in each submenu. */
  readonly path: readonly number[];
}

function placedEntries(items: readonly GrubMenuItem[], prefix: readonly number[]): readonly PlacedEntry[] {
  return items.flatMap((item, index) => {
    if (item.kind === 'submenu') return placedEntries(item.children, [...prefix, index]);
    return item.kind === 'entry' ? [{ entry: item, path: [...prefix, index] }] : [];
  });
}

function defaultOf(menu: GrubMenu, { rules }: BootSources): readonly number[] | undefined {
  const chosen = menu.variables.get('default');
  const value = chosen?.known === false ? chosen.alternatives?.[0] : chosen?.text;
  return findDefaultEntry(menuItems(menu.items), value, rules.entryRules)?.path;
}

function menuItems(items: readonly GrubMenuItem[]): readonly MenuItem[] {
  return items.flatMap((item): readonly MenuItem[] => {
    if (item.kind === 'loader-entries') return [];
    const { title, id } = item;
    return item.kind === 'entry'
      ? [{ kind: 'entry', title, id }]
      : [{ kind: 'submenu', title, id, children: menuItems(item.children) }];
  });
}

function bootEntry(
  entry: MenuEntry,
  sources: BootSources,
  marks: { readonly isDefault: boolean; readonly isNext: boolean },
): { readonly entry: BootEntry; readonly image: string } | undefined {
  const linux = entry.bootLines.filter(({ role }) => role === 'linux' || role === 'linux-under-xen');
  const lines = linux.map(entryLine);
  const last = linux.at(-1);
  if (last?.image === undefined) return undefined;
  const image = last.image.text;
  const kernel = sources.kernels.get(image);
  const words = last.words.map(({ text }) => text);
  const { title, id } = entry;
  return {
    image,
    entry: {
      title,
      id,
      kind: entryKind(id, image, words, kernel?.release !== undefined),
      kernelPath: kernel?.path,
      release: kernel?.release,
      ...marks,
      lines,
    },
  };
}

function entryLine(line: BootLine): EntryLine {
  const words = line.words.map(({ text, place }) => ({ text, from: `${place.path}:${place.position.line}` }));
  const cmdline = loaderCmdline(words.map(({ text }) => text));
  return { format: 'grub-script', path: line.place.path, line, words, cmdline };
}
