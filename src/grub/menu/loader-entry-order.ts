import { compareBytes } from './compare-bytes.ts';
import { compareFileVersions } from './file-version.ts';
import { compareRpmVersions } from './rpm-version.ts';
import { compareUapiVersions } from './uapi-version.ts';

/** What an entry file (loader/entries/*.conf) is ordered by; values as the reader of the file has them. */
export interface OrderedEntry {
  /** Without the directory, with `.conf`. */
  readonly fileName: string;
  readonly version?: string | undefined;
  readonly sortKey?: string | undefined;
  readonly machineId?: string | undefined;
}

/**
 * Who puts the entry files into a menu: blscfg of Red Hat's GRUB 2.02 (EL8), of its later ones (EL9, Fedora),
 * of GRUB 2.14, or systemd-boot.
 */
export type EntryOrder = 'red-hat-2.02' | 'red-hat-2.06' | 'grub-2.14' | 'systemd-boot';

/**
 * The entries from the top of the menu to its end. GRUB leaves out one of two entries that compare as equal (`k-1.1`
 * and `k-1.01`); which one depends on the order of the directory on disk, so that both are kept here, in the order given.
 *
 * Sources: bls_cmp in rhboot/grub2's grub-core/commands/blscfg.c, blsuki_add_entry in GRUB 2.14's
 * grub-core/commands/blsuki.c, boot_entry_compare in systemd's src/boot/boot.c (Boot Loader Specification, Sorting).
 */
export function sortLoaderEntries<Entry extends OrderedEntry>(
  entries: readonly Entry[],
  order: EntryOrder,
): readonly Entry[] {
  const compare = comparisonFor(entries, order);
  return entries.toSorted(compare);
}

function comparisonFor(
  entries: readonly OrderedEntry[],
  order: EntryOrder,
): (a: OrderedEntry, b: OrderedEntry) => number {
  if (order === 'systemd-boot') return compareForSystemdBoot;
  if (order === 'grub-2.14') return (a, b) => compareFileVersions(b.fileName, a.fileName);
  const haveVersions = order === 'red-hat-2.02' && entries.every((entry) => entry.version !== undefined);
  const split = new Map(
    entries.map((entry) => [
      entry,
      {
        version: haveVersions ? versionAndRelease(entry.version ?? '') : [],
        name: nameVersionRelease(entry.fileName),
      },
    ]),
  );
  return (a, b) => {
    const [partsA, partsB] = [split.get(a), split.get(b)];
    return (
      compareSplit(partsB?.version ?? [], partsA?.version ?? []) ||
      compareSplit(partsB?.name ?? [], partsA?.name ?? [])
    );
  };
}

function compareSplit(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const order = compareRpmVersions(part, b[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Divided at its last dash. */
function versionAndRelease(version: string): readonly string[] {
  const dash = version.lastIndexOf('-');
  return dash === -1 ? [version, ''] : [version.slice(0, dash), version.slice(dash + 1)];
}

/** Divided at its last two dashes, as if it were a package's name; with one dash there is no release. */
function nameVersionRelease(fileName: string): readonly string[] {
  const [rest = '', release = ''] = versionAndRelease(fileName.replace(/\.conf$/, ''));
  const dash = rest.lastIndexOf('-');
  return dash === -1 ? [rest, release, ''] : [rest.slice(0, dash), rest.slice(dash + 1), release];
}

/** The name by which systemd-boot knows an entry file: with `.conf`, without its boot counter. */
export function systemdBootId(fileName: string): string {
  return bootCounter(fileName).id;
}

interface BootCounter {
  readonly id: string;
  /** undefined where the entry is not counted. */
  readonly triesLeft: number | undefined;
  readonly triesDone: number;
}

/** `NAME+LEFT-DONE.conf` or `NAME+LEFT.conf` (Automatic Boot Assessment); the id is the name without the counter. */
function bootCounter(fileName: string): BootCounter {
  const match = /^(.*)\+(\d{1,9})(?:-(\d{1,9}))?\.conf$/s.exec(fileName);
  if (match === null) return { id: fileName, triesLeft: undefined, triesDone: 0 };
  return { id: `${match[1]}.conf`, triesLeft: Number(match[2]), triesDone: Number(match[3] ?? 0) };
}

function compareForSystemdBoot(a: OrderedEntry, b: OrderedEntry): number {
  const countedA = bootCounter(a.fileName);
  const countedB = bootCounter(b.fileName);
  return (
    Number(countedA.triesLeft === 0) - Number(countedB.triesLeft === 0) ||
    compareSortKeys(a, b) ||
    compareUapiVersions(countedB.id, countedA.id) ||
    compareTries(countedA, countedB)
  );
}

function compareSortKeys(a: OrderedEntry, b: OrderedEntry): number {
  if (a.sortKey === undefined || b.sortKey === undefined) {
    return Number(a.sortKey === undefined) - Number(b.sortKey === undefined);
  }
  return (
    compareBytes(a.sortKey, b.sortKey) ||
    Number(a.machineId !== undefined) - Number(b.machineId !== undefined) ||
    compareBytes(a.machineId ?? '', b.machineId ?? '') ||
    compareUapiVersions(b.version ?? '', a.version ?? '')
  );
}

function compareTries(a: BootCounter, b: BootCounter): number {
  if (a.triesLeft === undefined || b.triesLeft === undefined) return 0;
  return b.triesLeft - a.triesLeft || a.triesDone - b.triesDone;
}
