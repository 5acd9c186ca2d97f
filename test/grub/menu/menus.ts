import type { MenuItem } from '../../../src/grub/menu/menu-item.ts';

export function entry(title: string, id: string = title): MenuItem {
  return { kind: 'entry', title, id };
}

export function submenu(title: string, id: string, ...children: readonly MenuItem[]): MenuItem {
  return { kind: 'submenu', title, id, children };
}

/** The item at the end of a path of indices. */
export function itemAt(menu: readonly MenuItem[], path: readonly number[]): MenuItem | undefined {
  let items = menu;
  let item: MenuItem | undefined;
  for (const index of path) {
    item = items[index];
    items = item?.kind === 'submenu' ? item.children : [];
  }
  return item;
}

/** grub.cfg text for a menu whose entries print their id and leave GRUB. No title or id may hold a single quote. */
export function menuScript(menu: readonly MenuItem[]): string {
  let text = '';
  for (const item of menu) {
    const body = item.kind === 'submenu' ? menuScript(item.children) : `echo '@BOOT ${item.id}@'\nexit\n`;
    const command = item.kind === 'submenu' ? 'submenu' : 'menuentry';
    text += `${command} '${item.title}' --id '${item.id}' {\n${body}}\n`;
  }
  return text;
}
