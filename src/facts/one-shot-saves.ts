import type { GrubMenuItem, MenuEntry, SavedVariable } from '../grub/script/grub-menu.ts';
import { pathInRoot, readBootMenu } from './boot-menu.ts';
import type { GrubSources } from './boot-sources.ts';

/** A variable that GRUB writes, with the block as the host sees it; undefined where that can't be told. */
export interface PlacedSave extends SavedVariable {
  readonly realPath: string | undefined;
}

/** What GRUB writes into environment blocks when it boots next. */
export interface NextBootSaves {
  /** Before there is a menu, in this order. */
  readonly beforeMenu: readonly PlacedSave[];
  /** When the entry is started; undefined where the scripts have no entry of this id, as with entry files. */
  readonly inEntry: readonly PlacedSave[] | undefined;
}

/** What GRUB writes at its next boot, a pending `next_entry` honoured; undefined where the scripts can't be read. */
export function nextBootSaves(sources: GrubSources, entryId: string): NextBootSaves | undefined {
  const reading = readBootMenu(sources);
  if (!reading.ok) return undefined;
  const { items, saves } = reading.next;
  const placed = (save: SavedVariable): PlacedSave => {
    const named = pathInRoot(save.path ?? `${sources.prefix}/grubenv`);
    return { ...save, realPath: named === undefined ? undefined : sources.resolved.get(named) };
  };
  const entry = menuEntries(items).find(({ id }) => id === entryId);
  return { beforeMenu: saves.map(placed), inEntry: entry?.saves.map(placed) };
}

/** Every entry of the scripts, those of submenus among them, in the order of the menu. */
export function menuEntries(items: readonly GrubMenuItem[]): readonly MenuEntry[] {
  return items.flatMap((item): readonly MenuEntry[] => {
    if (item.kind === 'entry') return [item];
    return item.kind === 'submenu' ? menuEntries(item.children) : [];
  });
}
