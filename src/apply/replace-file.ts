import type { Directory, NewFile } from '../host/writable-host.ts';
import { temporaryNames } from './journal.ts';
import type { FileOwnership } from './ownership.ts';
import { type ApplyProblem, attempt, notWritable, refused, systemCodeOf } from './problem.ts';
import type { Target } from './target.ts';

/** A file of this mode and the writer's own where nothing says otherwise, as cp(1) would make it. */
const NEW_FILE_MODE = 0o644;

/**
 * Puts beside a file what it will be (`.new`) and what it is (`.old`), both on the disk when this returns. The second
 * is a hard link where the file system has them, so that taking the change back needs no space and gives back the
 * very inode; elsewhere (vfat) it is a copy.
 *
 * @param becomes owner, mode and attributes of the new file; undefined for a new file of the writer's own
 */
export async function prepareReplacement(
  target: Target,
  setId: string,
  index: number,
  now: FileOwnership | undefined,
  becomes: FileOwnership | undefined,
): Promise<ApplyProblem | undefined> {
  const { edit, directory } = target;
  const names = temporaryNames(setId, index);
  const { before, after } = edit;
  return (
    (after === undefined ? undefined : await writeBeside(directory, names.new, edit.path, after, becomes)) ??
    (before === undefined ? undefined : await keepBeside(target, names.old, before, now)) ??
    (await attempt('fsync', directory.realPath, async () => {
      await directory.sync();
      return undefined;
    }))
  );
}

/**
 * The one step that changes the file; on the disk when this returns. Where somebody wrote to the original in place after
 * it was looked at last, that is what stands in `.old` afterwards, for taking back, and the change is refused.
 *
 * @param now owner, mode and attributes of the file as it is
 */
export async function replaceFile(
  target: Target,
  setId: string,
  index: number,
  now: FileOwnership | undefined,
): Promise<ApplyProblem | undefined> {
  const { edit, directory, name } = target;
  const names = temporaryNames(setId, index);
  return attempt('rename', edit.path, async () => {
    const original = edit.before === undefined ? undefined : await directory.hold(name);
    try {
      if (edit.after === undefined) {
        await directory.unlink(name);
        await directory.sync();
      } else {
        await renameOver(directory, names.new, name);
      }
      const found = original?.read();
      if (found === undefined || !found.ok) return undefined;
      const text = found.bytes.toString('latin1');
      if (text === edit.before) return undefined;
      return (
        (await keepInstead(directory, names.old, edit.path, text, now)) ??
        refused('changed', { path: edit.path })
      );
    } finally {
      original?.release();
    }
  });
}

/** Where the kept original is a copy (vfat), it gets what was written meanwhile. @throws the system's error */
async function keepInstead(
  directory: Directory,
  name: string,
  path: string,
  text: string,
  ownership: FileOwnership | undefined,
): Promise<ApplyProblem | undefined> {
  const kept = await directory.read(name);
  if (kept.ok && kept.bytes.toString('latin1') === text) return undefined;
  if (kept.ok) await directory.unlink(name);
  return (
    (await writeBeside(directory, name, path, text, ownership)) ??
    (await attempt('fsync', path, async () => {
      await directory.sync();
      return undefined;
    }))
  );
}

/**
 * Gives a file the name of another; on the disk when this returns.
 *
 * The file that loses its name keeps its blocks until then: vfat frees them before it writes the entry of the new one,
 * and would be left with a name for free blocks after a power cut. There the entry is written with the file, not with
 * the directory. Source: vfat_rename in fs/fat/namei_vfat.c, fat_file_fsync in fs/fat/file.c of Linux.
 *
 * @throws the system's error
 */
export async function renameOver(directory: Directory, from: string, to: string): Promise<void> {
  const isTaken = (await directory.status(to)).ok;
  const held = isTaken ? await directory.hold(to) : undefined;
  try {
    await directory.rename(from, to);
    await directory.syncFile(to);
    await directory.sync();
  } finally {
    held?.release();
  }
}

/** A new file with this content, owner, mode and attributes, fsynced. */
export async function writeBeside(
  directory: Directory,
  name: string,
  path: string,
  text: string,
  ownership: FileOwnership | undefined,
): Promise<ApplyProblem | undefined> {
  return attempt('write', path, async () => {
    const file = await directory.createFile(name, 0o600);
    try {
      await file.write(Buffer.from(text, 'latin1'));
      const refusal = await giveOwnership(file, path, ownership);
      if (refusal !== undefined) return refusal;
      await file.sync();
      return undefined;
    } finally {
      await file.close();
    }
  });
}

/** Owner, mode and attributes, each asked for only where it differs: vfat has one for all files and refuses to change it. */
async function giveOwnership(
  file: NewFile,
  path: string,
  ownership: FileOwnership | undefined,
): Promise<ApplyProblem | undefined> {
  const born = await file.status();
  const { mode, uid, gid } = ownership ?? { ...born, mode: NEW_FILE_MODE };
  if (born.uid !== uid || born.gid !== gid) {
    const refusal = await attempt('chown', path, async () => {
      await file.setOwner(uid, gid);
      return undefined;
    });
    // The owner was examined before: what a user cannot give away is a group that they are not in.
    if (refusal?.code === 'not-writable') return notWritable(path, 'group', refusal.data.systemCode);
    if (refusal !== undefined) return refusal;
  }
  if ((await file.status()).mode !== mode) await file.setMode(mode);
  if (ownership === undefined) return undefined;
  const kept = await file.setAttributes(ownership.attributes);
  if (!kept.ok) {
    return refused('attributes-lost', { path, program: kept.missingProgram ?? '', detail: kept.detail });
  }
  const given = await file.status();
  const isGiven = given.mode === mode && given.uid === uid && given.gid === gid;
  return isGiven ? undefined : refused('attributes-lost', { path, program: '', detail: 'mode' });
}

async function keepBeside(
  target: Target,
  name: string,
  text: string,
  ownership: FileOwnership | undefined,
): Promise<ApplyProblem | undefined> {
  const { directory, edit } = target;
  const linked = await attempt('link', edit.path, async () => {
    await directory.link(target.name, name);
    return undefined;
  });
  if (linked === undefined) return undefined;
  const hasHardLinks = !NO_HARD_LINKS.has(String(systemCodeOf(linked)));
  return hasHardLinks ? linked : writeBeside(directory, name, edit.path, text, ownership);
}

/** link(2): what vfat and FUSE file systems answer, what protected_hardlinks does, and a full link count. */
const NO_HARD_LINKS = new Set(['EPERM', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);
