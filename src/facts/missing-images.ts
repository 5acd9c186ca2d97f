import type { GrubMenuItem } from '../grub/script/grub-menu.ts';
import type { Host } from '../host/host.ts';
import { readBootEntries } from './boot-entries.ts';
import { readBootMenu } from './boot-menu.ts';
import { type BootSources, withTexts } from './boot-sources.ts';
import { findOnHost } from './read-boot-sources.ts';

/**
 * Kernels and initrds that a menu made of these texts names and that are not on the host: such a menu would not boot.
 *
 * @param texts the changed files by path, latin1
 */
export async function missingImages(
  host: Host,
  sources: BootSources,
  texts: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const changed = withTexts(sources, texts);
  const missing = new Set<string>();
  for (const image of [...scriptImages(changed), ...fileImages(changed)]) {
    if (!missing.has(image) && (await findOnHost(host, image)) === undefined) missing.add(image);
  }
  return [...missing];
}

function scriptImages(sources: BootSources): readonly string[] {
  if (sources.kind !== 'grub2') return [];
  const reading = readBootMenu(sources);
  return reading.ok ? imagesOf(reading.lasting.items) : [];
}

function imagesOf(items: readonly GrubMenuItem[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === 'submenu') return imagesOf(item.children);
    if (item.kind !== 'entry' || item.id.startsWith('osprober-')) return [];
    return item.bootLines.flatMap(({ image, words, command }) => {
      const isInitrd = command.startsWith('initrd');
      const named = [image, ...(isInitrd ? words : [])];
      return named.flatMap((word) => (word?.known === true ? [word.text] : []));
    });
  });
}

/** What entry files name. */
function fileImages(sources: BootSources): readonly string[] {
  const reading = readBootEntries(sources);
  if (!reading.ok) return [];
  return reading.entries.flatMap(({ lines }) =>
    lines.flatMap((line) => (line.format === 'loader-entry' ? line.images : [])),
  );
}
