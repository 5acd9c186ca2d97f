import { isAttribute } from '../host/file-attributes.ts';
import type { Directory, FileAttributes } from '../host/writable-host.ts';
import type { ChangeableHost } from './problem.ts';
import { nameOf, parentOf } from './state-directory.ts';
import { isRecord, type Rule, recordOf, that } from './state-record.ts';

/** Whose a file was, and what stood beside its content. */
export interface FileOwnership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly attributes: FileAttributes;
}

/** One thing about a file beside its content that is not as it was: `mode` (octal), `uid`, `gid`, or an attribute's name. */
export interface OwnershipChange {
  readonly what: string;
  /** undefined where the attribute is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The highest number of a user or group; (uid_t) -1 is none, chown(2). */
const LAST_ID = 2 ** 32 - 2;

const upTo = (last: number): Rule =>
  that((value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= last);

/** The form of `FileOwnership` in a JSON record. */
export const isOwnership: Rule = recordOf({
  mode: upTo(0o7777),
  uid: upTo(LAST_ID),
  gid: upTo(LAST_ID),
  attributes: that(
    (value) => isRecord(value) && Object.entries(value).every(([name, text]) => isAttribute(name, text)),
  ),
});

const LABEL = 'security.selinux';

/** Lets a program do more than its caller may: never given to a file by what our state says. */
const CAPABILITY = 'security.capability';

/** What is different now; nothing where it is the same. A label where none was recorded is the system's own. */
export function ownershipChanges(recorded: FileOwnership, now: FileOwnership): readonly OwnershipChange[] {
  const octal = (mode: number) => mode.toString(8).padStart(4, '0');
  const pairs: [string, string | undefined, string | undefined][] = [
    ['mode', octal(recorded.mode), octal(now.mode)],
    ['uid', String(recorded.uid), String(now.uid)],
    ['gid', String(recorded.gid), String(now.gid)],
  ];
  const names = new Set([...Object.keys(recorded.attributes), ...Object.keys(now.attributes)]);
  for (const name of [...names].sort()) {
    if (name === LABEL && !(name in recorded.attributes)) continue;
    pairs.push([name, recorded.attributes[name], now.attributes[name]]);
  }
  return pairs.flatMap(([what, before, after]) => (before === after ? [] : [{ what, before, after }]));
}

/** What of a recorded ownership may be given to a file: no set-id bits, no sticky bit, no capabilities. */
export function withoutPrivileges({ mode, uid, gid, attributes }: FileOwnership): FileOwnership {
  const { [CAPABILITY]: _, ...kept } = attributes;
  return { mode: mode & 0o777, uid, gid, attributes: kept };
}

/** Whose a file is now; undefined where it is not there, can't be told, or its file system keeps nothing of the kind (vfat). */
export async function readOwnership(host: ChangeableHost, path: string): Promise<FileOwnership | undefined> {
  const opened = await host.openDirectory(parentOf(path));
  if (!opened.ok) return undefined;
  try {
    return await ownershipIn(opened.directory, nameOf(path));
  } finally {
    opened.directory.close();
  }
}

/** Whether a file at this path has an owner and a mode of its own. */
export async function keepsOwnership(host: ChangeableHost, path: string): Promise<boolean> {
  const opened = await host.openDirectory(parentOf(path));
  if (!opened.ok) return true;
  try {
    return !(await opened.directory.isOnVfat());
  } finally {
    opened.directory.close();
  }
}

async function ownershipIn(directory: Directory, name: string): Promise<FileOwnership | undefined> {
  const found = await directory.status(name);
  if (!found.ok || found.status.kind !== 'file' || (await directory.isOnVfat())) return undefined;
  const read = await directory.attributes(name);
  if (!read.ok) return undefined;
  const { mode, uid, gid } = found.status;
  return { mode, uid, gid, attributes: read.attributes };
}
