import { parseParameter } from '../cmdline/parameter.ts';
import { type BootEntry, decidingLine } from './boot-entry.ts';

/**
 * The entries with those of another system on the same machine marked as foreign. An image of the same name says
 * nothing; where the root file system lies does, and where GRUB looks for the image. Only once some entry is known to be
 * ours, by the root file system that /etc/fstab names, can another one be known not to be. Where neither can be compared and the
 * entry calls a disk by GRUB's own name, its kernel is not the file of the same path here, as far as can be told.
 *
 * Sources: fstab(5); root= in Documentation/admin-guide/kernel-parameters.txt and init/do_mounts.c.
 */
export function markOtherSystems(
  entries: readonly BootEntry[],
  rootSource: string | undefined,
): readonly BootEntry[] {
  const root = rootSource === undefined ? undefined : fileSystemName(rootSource);
  if (root === undefined) return entries;
  const ours = entries.filter((entry) => isSame(rootOf(entry), root) === true);
  if (ours.length === 0) return entries;
  const devices = ours.flatMap(devicesOf);
  return entries.map((entry) => {
    const isEditable = entry.kind === 'normal' || entry.kind === 'recovery';
    if (!isEditable) return entry;
    if (isOther(entry, root, devices)) return { ...entry, kind: 'foreign' };
    if (!isOnUntoldDisk(entry, root, devices)) return entry;
    return { ...entry, kind: 'unknown-kernel', kernelPath: undefined, release: undefined };
  });
}

function isOnUntoldDisk(entry: BootEntry, root: FileSystemName, devices: readonly DeviceName[]): boolean {
  if (isSame(rootOf(entry), root) !== undefined) return false;
  const own = devicesOf(entry);
  return (
    own.length > 0 && own.every(({ kind }) => kind === 'hd') && !devices.some(({ kind }) => kind === 'hd')
  );
}

function isOther(entry: BootEntry, root: FileSystemName, devices: readonly DeviceName[]): boolean {
  const hasSameRoot = isSame(rootOf(entry), root);
  if (hasSameRoot !== undefined) return !hasSameRoot;
  return devicesOf(entry).some((device) => {
    const alike = devices.filter(({ kind }) => kind === device.kind);
    const canTell = alike.length > 0 || device.kind === 'loopback';
    return canTell && !alike.some(({ value }) => value === device.value);
  });
}

/** How GRUB comes to the device that an entry's images lie on; two of one kind can be compared. */
interface DeviceName {
  readonly kind: string;
  readonly value: string;
}

/** What GRUB looked for to find the entry's images, else what the entry calls their device. */
function devicesOf({ lines }: BootEntry): readonly DeviceName[] {
  return lines.flatMap((line) => {
    if (line.format !== 'grub-script') return [];
    const { device, namedDevice } = line.line;
    return [
      ...(device === undefined ? [] : [{ kind: 'search', value: device.toLowerCase() }]),
      ...(namedDevice === undefined ? [] : [namedDeviceOf(namedDevice)]),
    ];
  });
}

/**
 * A disk by its driver and number, whatever its partition table is called (GRUB manual, "Device syntax"); volumes by their
 * names; anything else is what `loopback` made of a file, which is no file system of ours.
 */
function namedDeviceOf(text: string): DeviceName {
  const driver = /^[a-z]*/.exec(text)?.[0] ?? '';
  const value = text.replaceAll(/,(?:msdos|gpt)(?=\d)/g, ',');
  return { kind: DRIVERS.has(driver) ? driver : 'loopback', value };
}

const DRIVERS: ReadonlySet<string> = new Set([
  'ahci',
  'ata',
  'cd',
  'crypto',
  'cryptouuid',
  'fd',
  'hd',
  'ieee',
  'ldm',
  'lvm',
  'lvmid',
  'md',
  'mduuid',
  'usb',
]);

/** The file system that the entry's kernel mounts; undefined where that can't be told. */
function rootOf(entry: BootEntry): FileSystemName | undefined {
  const words = decidingLine(entry)?.words ?? [];
  const root = words.map(({ text }) => parseParameter(text)).findLast(({ name }) => name === 'root');
  return root?.value === undefined ? undefined : fileSystemName(root.value);
}

/** Two names can be compared where they are of one kind. */
interface FileSystemName {
  readonly kind: string;
  readonly value: string;
}

function isSame(one: FileSystemName | undefined, other: FileSystemName): boolean | undefined {
  return one === undefined || one.kind !== other.kind ? undefined : one.value === other.value;
}

function fileSystemName(text: string): FileSystemName | undefined {
  const tag =
    /^(?:(UUID|PARTUUID|LABEL|PARTLABEL)=|\/dev\/disk\/by-(uuid|partuuid|label|partlabel)\/)(.+)$/.exec(text);
  if (tag !== null) {
    const kind = (tag[1] ?? tag[2] ?? '').toLowerCase();
    const value = (tag[3] ?? '').replaceAll('"', '');
    return { kind, value: kind.endsWith('uuid') ? value.toLowerCase() : value };
  }
  const mapped = /^\/dev\/mapper\/(.+)$/.exec(text)?.[1];
  if (mapped !== undefined) return { kind: 'mapper', value: mapped };
  const [, group, volume] = /^\/dev\/(?!md\/|disk\/)([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (group !== undefined && volume !== undefined) {
    const escaped = (name: string) => name.replaceAll('-', '--');
    return { kind: 'mapper', value: `${escaped(group)}-${escaped(volume)}` };
  }
  return text.startsWith('/dev/') ? { kind: 'device', value: text } : undefined;
}
