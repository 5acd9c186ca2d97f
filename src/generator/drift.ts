import { parseParameter } from '../cmdline/parameter.ts';
import { mountsRoot } from '../cmdline/root-mount.ts';
import { type BootEntry, decidingLine, type EntryLine } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import type { HostFacts } from '../facts/gather.ts';
import type { LaterLine } from './later-line.ts';

/** A word with the place that it stands at. */
export interface DriftWord {
  readonly word: string;
  readonly from: string;
}

/** Where a line that will be made differs from the one that boots next. */
export interface Drift {
  readonly line: LaterLine;
  readonly onlyNextBoot: readonly DriftWord[];
  readonly onlyLater: readonly DriftWord[];
}

/** The entry whose line is held against those of later kernels: the default one, else the first normal one. */
export function comparedEntry({ menus }: HostFacts): BootEntry | undefined {
  const entries = menus[0]?.entries ?? [];
  const normal = entries.filter(({ kind }) => kind === 'normal');
  return normal.find(({ isDefault }) => isDefault) ?? normal[0];
}

/** The lines that a later kernel's own entry, or this one's made anew, will have: what the next boot is compared with. */
export function comparedLines(facts: HostFacts, lines: readonly LaterLine[]): readonly LaterLine[] {
  const entry = comparedEntry(facts);
  const line = entry && decidingLine(entry);
  if (entry === undefined || line === undefined) return [];
  const isUnderXen = line.format === 'grub-script' && line.line.role === 'linux-under-xen';
  return lines.filter(({ kind, entry: own }) => {
    if (kind === 'literal') return own?.title === entry.title && own.id === entry.id;
    return isUnderXen ? kind === 'dom0' : ['normal', 'entry-file', 'kernelopts', 'copy'].includes(kind);
  });
}

/** The differences between what boots next and what will be made, apart from the words that find the root. */
export function findDrift(facts: HostFacts, lines: readonly LaterLine[]): readonly Drift[] {
  const entry = comparedEntry(facts);
  const line = entry && decidingLine(entry);
  if (entry === undefined || line === undefined || isLiteral(entry, lines)) return [];
  const next = ownWords(line);
  return comparedLines(facts, lines).flatMap((later): readonly Drift[] => {
    const made = later.words.flatMap(({ kind, text, from }) =>
      kind === 'plain' || kind === 'fixed' ? [{ word: text, from }] : [],
    );
    // What an unknown part brings may be any word of the next boot.
    const isKnown = later.unknown.every(({ from }) => from.startsWith('/etc/grub.d/'));
    const onlyNextBoot = isKnown ? missingIn(next, made) : [];
    const onlyLater = missingIn(made, next);
    return onlyNextBoot.length + onlyLater.length === 0 ? [] : [{ line: later, onlyNextBoot, onlyLater }];
  });
}

/** Whether a script of /etc/grub.d holds the entry as it stands, so that no other line is made for it. */
function isLiteral({ title, id }: BootEntry, lines: readonly LaterLine[]): boolean {
  return lines.some((line) => line.kind === 'literal' && line.entry?.title === title && line.entry.id === id);
}

/** The words that stand on the line itself or in the variable that holds the whole line. */
function ownWords(line: EntryLine): readonly DriftWord[] {
  if (line.format === 'loader-entry') {
    return line.words.flatMap(({ text, from, place }) => {
      const isOwn =
        place.kind !== 'variable' || place.name === 'kernelopts' || place.name === 'default_kernelopts';
      return isOwn ? [{ word: text, from }] : [];
    });
  }
  return line.words.flatMap(({ text, from }, index) =>
    line.line.words[index]?.variables.length === 0 ? [{ word: text, from }] : [],
  );
}

/** `LANG` is new-kernel-pkg's, `placeholder` Xen's, `systemd.machine_id` kernel-install's. */
const MADE_BY_GENERATORS = [
  'ro',
  'rw',
  'BOOT_IMAGE',
  'initrd',
  'LANG',
  'placeholder',
  'systemd.machine_id',
  '',
];

function missingIn(words: readonly DriftWord[], others: readonly DriftWord[]): readonly DriftWord[] {
  const there = new Set(others.map(({ word }) => spelling(word)));
  return words.filter(({ word }) => {
    const { name } = parseParameter(word);
    const isOwn = !MADE_BY_GENERATORS.includes(name) && (!mountsRoot(name) || name.startsWith('rd.'));
    return isOwn && !there.has(spelling(word));
  });
}

function spelling(word: string): string {
  const { name, value } = parseParameter(word);
  return JSON.stringify([name.replaceAll('-', '_'), value]);
}

/** Entries of grub.cfg that a script of /etc/grub.d makes of which no reading can tell what it will print, with its path. */
export function entriesOfPrograms(
  { sources, entries }: BootMenuFacts,
  literals: readonly LaterLine[],
): readonly { readonly title: string; readonly path: string }[] {
  const sectionAt = sectionsOf(sources.texts.get(sources.configPath) ?? '');
  return entries.flatMap(({ title, id, kind, lines }) => {
    const place = lines.find(({ path }) => path === sources.configPath);
    if (kind !== 'normal' || place?.format !== 'grub-script') return [];
    const path = sectionAt(place.line.span.start);
    if (path === undefined || KNOWN_SCRIPTS.test(path)) return [];
    const isLiteral = literals.some((line) => line.entry?.title === title && line.entry.id === id);
    return isLiteral ? [] : [{ title, path }];
  });
}

/** The script whose section of a grub.cfg an offset lies in. */
function sectionsOf(text: string): (offset: number) => string | undefined {
  const marks = [...text.matchAll(/^### (?:BEGIN (\S+) ###$|END )/gm)];
  return (offset) => {
    let [low, high] = [0, marks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((marks[middle]?.index ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return marks[low - 1]?.[1];
  };
}

const KNOWN_SCRIPTS = /\/(?:10_linux|20_linux_xen|30_os-prober|41_custom|10_linux_zfs)$/;
