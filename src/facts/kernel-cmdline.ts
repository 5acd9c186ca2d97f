import type { GrubProblem } from '../grub/grub-problem.ts';
import { type KernelCmdlineFile, parseKernelCmdlineFile } from '../grub/loader-entry/kernel-cmdline-file.ts';
import type { LoaderEntryReader } from '../grub/loader-entry/option-text.ts';
import type { Host, HostRefusal } from '../host/host.ts';
import type { EntryLine, OptionsLine } from './boot-entry.ts';
import type { BootMenuFacts } from './boot-menu-facts.ts';
import { exists, readText } from './layout/read-text.ts';

/**
 * The file that the words of later kernels' entries are taken from, where kernel-install makes these entries. Without
 * it they would get what the running kernel was started with.
 *
 * Sources: kernel-install(8); systemd's 90-loaderentry.install; Red Hat's 20-grub.install.
 */
export type KernelCmdlineReading =
  /** Nothing on this host reads it. */
  | { readonly kind: 'not-read' }
  | KernelCmdlineFound
  /** To be made anew. */
  | KernelCmdlineMissing
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: HostRefusal }
  | { readonly kind: 'not-parsed'; readonly path: string; readonly problem: GrubProblem };

/** The file from which kernel-install makes the words of later entries. */
export interface KernelCmdlineFound {
  readonly kind: 'read';
  /** Links resolved. */
  readonly path: string;
  readonly reader: LoaderEntryReader;
  readonly file: KernelCmdlineFile;
}

/** The file is not there; kernel-install takes its words from elsewhere. */
export interface KernelCmdlineMissing {
  readonly kind: 'missing';
  readonly path: string;
  readonly reader: LoaderEntryReader;
  /** What the file would hold: the vendor's words, else those of the default entry. */
  readonly model: KernelCmdlineFile;
  /** The vendor's file; undefined where the model is the default entry. */
  readonly vendorPath: string | undefined;
}

const CMDLINE_FILE = '/etc/kernel/cmdline';
const VENDOR_FILE = '/usr/lib/kernel/cmdline';

/** Read /etc/kernel/cmdline and, where it is missing, what stands in for it; `not-read` where nothing makes entries from it. */
export async function readKernelCmdline(
  host: Host,
  menus: readonly BootMenuFacts[],
): Promise<KernelCmdlineReading> {
  const reader = readerOf(menus);
  if (reader === undefined) return { kind: 'not-read' };
  const own = await readText(host, CMDLINE_FILE, 1 << 20);
  if (own.ok) return parsed(own.realPath, own.text, reader);
  if (own.reason !== 'missing') return { kind: 'unreadable', path: own.path, reason: own.reason };
  const isMadeHere =
    menus.some(({ sources: { kind } }) => kind === 'grub2') || (await usesKernelInstall(host));
  if (!isMadeHere) return { kind: 'not-read' };
  const vendor = await readText(host, VENDOR_FILE, 1 << 20);
  const text = vendor.ok ? vendor.text : textOfDefault(menus);
  if (text === undefined) return { kind: 'not-read' };
  const model = parsed(vendor.ok ? vendor.realPath : CMDLINE_FILE, text, reader);
  if (model.kind !== 'read') return model;
  const vendorPath = vendor.ok ? vendor.realPath : undefined;
  return { kind: 'missing', path: CMDLINE_FILE, reader, model: model.file, vendorPath };
}

/** Whose quoting the words need: that of the entry files that the words will stand in. Undefined where there are none. */
function readerOf(menus: readonly BootMenuFacts[]): LoaderEntryReader | undefined {
  for (const { sources, entries } of menus) {
    const isRead = sources.kind === 'systemd-boot' || sources.rules.laterKernels === 'kernel-cmdline';
    const line = entries.flatMap(({ lines }) => lines).find(isOptionsLine);
    if (isRead && line !== undefined) return line.reader;
  }
  return undefined;
}

function isOptionsLine(line: EntryLine): line is OptionsLine {
  return line.format === 'loader-entry';
}

function parsed(
  path: string,
  text: string,
  reader: LoaderEntryReader,
): KernelCmdlineFound | Extract<KernelCmdlineReading, { kind: 'not-parsed' }> {
  const file = parseKernelCmdlineFile(text);
  if (!file.ok) return { kind: 'not-parsed', path, problem: file.problem };
  return { kind: 'read', path, reader, file: file.value };
}

/** With systemd-boot entries may as well be written by hand; what kernel-install alone reads tells that they are not. */
async function usesKernelInstall(host: Host): Promise<boolean> {
  for (const path of ['/etc/kernel/entry-token', '/etc/kernel/install.conf', VENDOR_FILE]) {
    if (await exists(host, path)) return true;
  }
  return false;
}

/**
 * The words of the default entry as its file spells them, or of the first normal one where the default is a way back.
 * Words that variables of GRUB's bring are left out, but for the `kernelopts` that stand for the whole line.
 */
function textOfDefault(menus: readonly BootMenuFacts[]): string | undefined {
  const normal = menus.flatMap(({ entries }) => entries).filter(({ kind }) => kind === 'normal');
  const model = normal.find(({ isDefault }) => isDefault) ?? normal[0];
  const line = model?.lines.find(isOptionsLine);
  if (line === undefined) return undefined;
  const words = line.words.filter(({ text, place }) => {
    const isOwn = place.kind === 'option' || (place.kind === 'variable' && place.name === 'kernelopts');
    return isOwn && !/^(?:BOOT_IMAGE|initrd)=/.test(text);
  });
  return `${words.map(({ source }) => source).join(' ')}\n`;
}
