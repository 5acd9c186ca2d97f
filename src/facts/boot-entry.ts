import type { BootLine } from '../grub/script/boot-line.ts';
import type { EntryKind } from './entry-kind.ts';

/** A word of an entry's command line. */
export interface EntryWord {
  /** As the loader hands it over, unquoted. */
  readonly text: string;
  /** `path:line` */
  readonly from: string;
}

/** A line of a file that hands words to the kernel; an entry has several where a condition decides between them. */
export interface EntryLine {
  readonly format: 'grub-script';
  readonly path: string;
  readonly line: BootLine;
  readonly words: readonly EntryWord[];
  /** What the kernel gets, without BOOT_IMAGE=. */
  readonly cmdline: string;
}

/** One bootable choice of the menu. */
export interface BootEntry {
  readonly title: string;
  /** The entry's own id, without its submenu's path. */
  readonly id: string;
  readonly kind: EntryKind;
  /** The image as the host sees it; undefined where it was not found in this root. */
  readonly kernelPath: string | undefined;
  /** What the kernel calls itself; undefined where that can't be told. */
  readonly release: string | undefined;
  readonly isDefault: boolean;
  /** A pending `next_entry` boots this one once. */
  readonly isNext: boolean;
  /** The last one is what boots where every condition is met. */
  readonly lines: readonly EntryLine[];
}

/** The line that boots, as far as conditions are known. */
export function decidingLine(entry: BootEntry): EntryLine | undefined {
  return entry.lines.findLast(({ line }) => !line.conditional) ?? entry.lines.at(-1);
}
