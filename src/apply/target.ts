import type { FileStatus, HostResult } from '../host/host.ts';
import type { Directory } from '../host/writable-host.ts';
import type { FileEdit } from '../plan/plan.ts';
import { sha256 } from '../plan/sha256.ts';
import { isTemporaryName } from './journal.ts';
import { isKnownFile } from './known-path.ts';
import {
  type ApplyProblem,
  type ChangeableHost,
  notWritable,
  refused,
  systemProblem,
  type WritingNeed,
} from './problem.ts';
import { nameOf, parentOf } from './state-directory.ts';

/** A file of the plan, found to be as it was planned against and free to be replaced. */
export interface ExaminedFile {
  readonly edit: FileEdit;
  /** Held open; undefined where it is to be made for a new file. */
  readonly directory: Directory | undefined;
  readonly name: string;
  /** undefined where the file is to be made. */
  readonly status: FileStatus | undefined;
}

/** Such a file with its directory there. */
export interface Target extends ExaminedFile {
  readonly directory: Directory;
}

/** The files of a plan as they were found, held open, or why they can't be changed. */
export type Examination =
  | {
      readonly ok: true;
      readonly files: readonly ExaminedFile[];
      /** The directories that new files need and that are not there. */
      readonly missing: readonly string[];
    }
  | { readonly ok: false; readonly problem: ApplyProblem };

/** GRUB overwrites the blocks of this file and never makes it longer: save_env in grub-core/commands/loadenv.c. */
const ENVIRONMENT_BLOCK = 'grubenv';
const ENVIRONMENT_BLOCK_BYTES = 1024;

/** Every file of a plan, or the first reason why one cannot be replaced. Changes nothing. */
export async function examineFiles(host: ChangeableHost, edits: readonly FileEdit[]): Promise<Examination> {
  const files: ExaminedFile[] = [];
  const missing = new Set<string>();
  for (const edit of edits) {
    const examined = await examineFile(host, edit);
    if (!examined.ok) {
      closeFiles(files);
      return examined;
    }
    files.push(examined.file);
    for (const path of examined.missing) missing.add(path);
  }
  return { ok: true, files, missing: [...missing] };
}

/** Lets go of the directories that an examination holds open. */
export function closeFiles(files: readonly ExaminedFile[]): void {
  for (const { directory } of files) directory?.close();
}

type FileExamination =
  | { readonly ok: true; readonly file: ExaminedFile; readonly missing: readonly string[] }
  | { readonly ok: false; readonly problem: ApplyProblem };

async function examineFile(host: ChangeableHost, edit: FileEdit): Promise<FileExamination> {
  if (!(await isKnownFile(host, edit.path))) {
    return { ok: false, problem: refused('not-boot-configuration', { path: edit.path }) };
  }
  const name = nameOf(edit.path);
  const opened = await host.openDirectory(parentOf(edit.path));
  if (!opened.ok) {
    const isForNewFile = opened.reason === 'missing' && edit.before === undefined && edit.after !== undefined;
    if (!isForNewFile) return { ok: false, problem: readProblem(edit.path, opened) };
    const found = await findMissing(host, parentOf(edit.path));
    return found.ok ? { ...found, file: { edit, directory: undefined, name, status: undefined } } : found;
  }
  const { directory } = opened;
  const found = await directory.read(name);
  const target = { edit, directory, name, status: found.ok ? found.status : undefined };
  const problem =
    (found.ok || found.reason === 'missing' ? undefined : readProblem(edit.path, found)) ??
    differsFromPlan(target, found.ok ? found.bytes : undefined) ??
    (await standsAgainst(host, target));
  if (problem === undefined) return { ok: true, file: target, missing: [] };
  directory.close();
  return { ok: false, problem };
}

/** A missing directory and those above it that are missing too; the problem where the one above them may not be written. */
async function findMissing(
  host: ChangeableHost,
  path: string,
): Promise<
  | { readonly ok: true; readonly missing: readonly string[] }
  | { readonly ok: false; readonly problem: ApplyProblem }
> {
  const above = await host.openDirectory(parentOf(path));
  if (!above.ok && above.reason === 'missing' && path !== '/') {
    const found = await findMissing(host, parentOf(path));
    return found.ok ? { ok: true, missing: [...found.missing, path] } : found;
  }
  if (!above.ok) return { ok: false, problem: readProblem(path, above) };
  const { directory } = above;
  try {
    if (directory.realPath !== parentOf(path)) return { ok: false, problem: refused('changed', { path }) };
    const code = await directory.refusesWriting('.');
    if (code === undefined) return { ok: true, missing: [path] };
    return { ok: false, problem: refusedWriting(directory.realPath, 'directory', code) };
  } finally {
    directory.close();
  }
}

/** Whether the file is still what was planned against; a link that leads elsewhere by now is a change too. */
export async function hasChanged(target: Target): Promise<ApplyProblem | undefined> {
  const found = await target.directory.read(target.name);
  if (!found.ok && found.reason !== 'missing') return readProblem(target.edit.path, found);
  const isOther =
    found.ok && (found.status.inode !== target.status?.inode || found.status.device !== target.status.device);
  if (isOther) return refused('changed', { path: target.edit.path });
  return differsFromPlan(target, found.ok ? found.bytes : undefined);
}

/** A file that was read for the plan and is none any more has changed; the rest is the system's refusal. */
function readProblem(
  path: string,
  { reason, systemCode }: HostResult<object> & { readonly ok: false },
): ApplyProblem {
  const isRefusal = reason === 'permission' || reason === 'input-output';
  return isRefusal ? systemProblem('read', path, systemCode ?? 'EIO') : refused('changed', { path });
}

function differsFromPlan(target: Target, bytes: Buffer | undefined): ApplyProblem | undefined {
  const { edit, directory } = target;
  const isElsewhere = directory.realPath !== parentOf(edit.path);
  const found = bytes === undefined ? undefined : sha256(bytes.toString('latin1'));
  return isElsewhere || found !== edit.beforeSha256 ? refused('changed', { path: edit.path }) : undefined;
}

async function standsAgainst(host: ChangeableHost, target: Target): Promise<ApplyProblem | undefined> {
  const { edit, directory, name, status } = target;
  const inDirectory = await directory.refusesWriting('.');
  if (inDirectory !== undefined) return refusedWriting(directory.realPath, 'directory', inDirectory);
  if (changesBlockSize(edit, name)) {
    return refused('environment-block-size', { path: edit.path, bytes: edit.after?.length ?? 0 });
  }
  if (status === undefined) return undefined;
  const inFile = await directory.refusesWriting(name);
  // A file that is read-only for its owner is replaced all the same: mkconfig makes grub.cfg so.
  if (inFile !== undefined && inFile !== 'EACCES') return refusedWriting(edit.path, 'change', inFile);
  if (host.user.uid !== 0 && host.user.uid !== status.uid) {
    return notWritable(edit.path, 'owner', 'EPERM');
  }
  const links = status.links - (await countOwnLinks(target, status));
  return links > 1 ? refused('hard-linked', { path: edit.path, links }) : undefined;
}

function refusedWriting(path: string, need: WritingNeed, code: string): ApplyProblem {
  if (code === 'EPERM') return refused('immutable', { path });
  if (code === 'EACCES') return notWritable(path, need, code);
  return systemProblem('open', path, code);
}

function changesBlockSize(edit: FileEdit, name: string): boolean {
  const isBlock = name === ENVIRONMENT_BLOCK && edit.before?.length === ENVIRONMENT_BLOCK_BYTES;
  return isBlock && edit.after !== undefined && edit.after.length !== ENVIRONMENT_BLOCK_BYTES;
}

/** Names of ours for the same file, left where a damaged journal could not say what to do with them. */
async function countOwnLinks(target: Target, status: FileStatus): Promise<number> {
  if (status.links === 1) return 0;
  return (await ownLinks(target.directory, status)).length;
}

/** The temporary names in a directory that stand for this very file. */
async function ownLinks(directory: Directory, status: FileStatus): Promise<readonly string[]> {
  const listed = await directory.list();
  const own: string[] = [];
  for (const name of listed.ok ? listed.names.filter(isTemporaryName) : []) {
    const found = await directory.status(name);
    if (found.ok && found.status.inode === status.inode && found.status.device === status.device)
      own.push(name);
  }
  return own;
}
