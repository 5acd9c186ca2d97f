import type { HostFacts } from '../facts/gather.ts';
import { entriesOfAll } from '../facts/select-entries.ts';
import type { EntryPlace } from '../report/report.ts';

/** Where the words of every entry stand, so that a changed line can be told by its kernel. */
export function entryPlaces({ menus }: Pick<HostFacts, 'menus'>): readonly EntryPlace[] {
  return entriesOfAll(menus).flatMap(({ title, release, isDefault, lines }) =>
    lines.map((line) => ({
      path: line.path,
      line: line.format === 'grub-script' ? line.line.place.line : undefined,
      title,
      kernel: release,
      isDefault,
    })),
  );
}
