/** A kernel's symbol list, and how far an absence from it can be trusted. */
export interface SymbolReading {
  readonly source: 'system-map' | 'kallsyms';
  /** The list itself, one symbol a line; symbols are looked up in it, not copied out. */
  readonly text: string;
  /** Why nothing is proven by what isn't listed; undefined for a whole list. */
  readonly gap: SymbolGap | undefined;
  /** Variables are listed, not functions only (CONFIG_KALLSYMS_ALL; always so in System.map). */
  readonly listsData: boolean;
  /** The list reaches the end of the kernel, behind its uninitialised variables. */
  readonly reachesEnd: boolean;
}

/** Why a missing symbol proves nothing in this list. */
export type SymbolGap =
  | 'empty'
  | 'not-a-symbol-list'
  | 'stub'
  | 'damaged'
  | 'landmark-missing'
  | 'no-init-symbols'
  | 'zero-addresses';

const LINE = /^[0-9a-f]{8,16} [A-Za-z?] \S+(?:\t\[\S+\])?\r?$/i;
/** What Debian ships in System.map's place since 5.10. */
const STUB = /^f+ B The real System\.map is in /i;

/** The kernel's first byte, both ends of its parameter table, and a record that every table with cgroups has. */
const MAP_LANDMARKS = ['_text', '__setup_start', '__setup_end', '__setup_cgroup_disable'];
/** Both ends of the init code and two of its functions: the handler beside the one that is asked for, its caller. */
const INIT_LANDMARKS = ['_sinittext', '_einittext', 'cgroup_disable', 'start_kernel'];

/**
 * Read a symbol list.
 *
 * A System.map is whole where both ends of the parameter table are in it: every record between them then is, too, as
 * the list is in the order of addresses. /proc/kallsyms has no records without CONFIG_KALLSYMS_ALL, but keeps the names
 * of init functions after their memory is freed.
 *
 * Sources: scripts/mksysmap and scripts/link-vmlinux.sh (nm -n), scripts/kallsyms.c, include/asm-generic/vmlinux.lds.h.
 *
 * @param text the whole file, latin1
 */
export function readSymbols(text: string, source: 'system-map' | 'kallsyms'): SymbolReading {
  const reading = { source, text, gap: undefined, listsData: false, reachesEnd: false };
  const formatGap = gapInFormat(text);
  if (formatGap !== undefined) return { ...reading, gap: formatGap };
  const listsData = source === 'system-map' || hasSymbol(text, '__setup_cgroup_disable');
  const gap = source === 'system-map' ? gapInMap(text) : gapInKallsyms(text);
  return { ...reading, gap, listsData, reachesEnd: hasSymbol(text, '_end') };
}

function gapInFormat(text: string): SymbolGap | undefined {
  if (text.trim() === '') return 'empty';
  if (STUB.test(text)) return 'stub';
  if (text.includes('\0')) return 'damaged';
  const firstLine = text.slice(0, endOfLine(text, 0));
  if (!LINE.test(firstLine)) return 'not-a-symbol-list';
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  if (!LINE.test(text.slice(text.lastIndexOf('\n', end - 1) + 1, end))) return 'damaged';
  return /^0*[1-9a-f]/im.test(text) ? undefined : 'zero-addresses';
}

function gapInMap(text: string): SymbolGap | undefined {
  return MAP_LANDMARKS.every((name) => hasSymbol(text, name)) ? undefined : 'landmark-missing';
}

function gapInKallsyms(text: string): SymbolGap | undefined {
  return INIT_LANDMARKS.every((name) => hasSymbol(text, name)) ? undefined : 'no-init-symbols';
}

/**
 * Whether the kernel proper, not a module, has a symbol of this very name. A compiler's suffix after a dot
 * (`cgroup_memory.llvm.123`, `.constprop.0`) doesn't make it another.
 */
export function hasSymbol(text: string, name: string): boolean {
  const pattern = ` ${name}`;
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1)) {
    const after = at + pattern.length;
    const end = endOfLine(text, at);
    const next = text[after];
    const isWhole = after >= end || next === '.' || next === '\r';
    const isTyped = text[at - 2] === ' ';
    if (isWhole && isTyped && text[end - 1] !== ']') return true;
  }
  return false;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
