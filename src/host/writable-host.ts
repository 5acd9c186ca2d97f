import type { Flushed } from './flush-file-system.ts';
import type { FileStatus, HostResult } from './host.ts';

/** Extended attributes, ACL and label included: name to value as getfattr(1) prints both with `--encoding=hex`. */
export type FileAttributes = Readonly<Record<string, string>>;

/** Why attributes could not be read or given: a program is missing, or the system refused. */
export type AttributesResult<Value> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly missingProgram?: string; readonly detail: string };

/** The lock, or why it was not had: another process holds it, no `flock` is there, or it failed. */
export type LockResult =
  | { readonly ok: true; readonly lock: HeldLock }
  | {
      readonly ok: false;
      readonly reason: 'held' | 'missing-program' | 'failed';
      readonly detail: string;
    };

/** Held until released or until this process ends, however it ends. */
export interface HeldLock {
  release(): void;
}

/**
 * A file that this process has just created, open for writing.
 *
 * Every method that changes something throws the system's error (`NodeJS.ErrnoException`).
 */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  setOwner(uid: number, gid: number): Promise<void>;
  setMode(mode: number): Promise<void>;
  /** Makes the attributes exactly these: others are taken away. */
  setAttributes(attributes: FileAttributes): Promise<AttributesResult<object>>;
  status(): Promise<FileStatus>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A file that is held open, by whatever name it goes by now. */
export interface HeldFile {
  read(): HostResult<{ bytes: Buffer }>;
  release(): void;
}

/**
 * One directory, held open: names stay names in this very directory, whatever becomes of the path that led to it.
 * Names are single components; a symbolic link that bears a name is never followed.
 *
 * Everything that writes is one of these operations, so that a test can stand between the transaction and the disk.
 * Those that change something throw the system's error (`NodeJS.ErrnoException`).
 */
export interface Directory {
  /** Links resolved, as the host sees it. */
  readonly realPath: string;
  status(name: string): Promise<HostResult<{ status: FileStatus }>>;
  read(name: string, maxBytes?: number): Promise<HostResult<{ bytes: Buffer; status: FileStatus }>>;
  list(): Promise<HostResult<{ names: readonly string[] }>>;
  /** The system's code where this user may not write to the name (to the directory itself: `.`). */
  refusesWriting(name: string): Promise<string | undefined>;
  attributes(name: string): Promise<AttributesResult<{ attributes: FileAttributes }>>;
  /** Whether names here can be two for one file after a power cut, and files have neither owner nor mode of their own. */
  isOnVfat(): Promise<boolean>;
  /** Fails where the name is taken. */
  createFile(name: string, mode: number): Promise<NewFile>;
  makeDirectory(name: string, mode: number): Promise<void>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(name: string): Promise<void>;
  removeDirectory(name: string): Promise<void>;
  /** Writes one file out, its entry in the directory included on file systems that keep size and place there (vfat). */
  syncFile(name: string): Promise<void>;
  /** Keeps the file that bears a name now on the disk, whatever becomes of the name, until it is released. */
  hold(name: string): Promise<HeldFile>;
  /** Until this returns, the names of the directory may be lost in a power cut. */
  sync(): Promise<void>;
  /**
   * An exclusive flock(2) on a file of this name, made where it is missing.
   *
   * @param waitMs how long another holder is waited for
   */
  lock(name: string, waitMs: number, signal?: AbortSignal): Promise<LockResult>;
  /** Writes the directory's file system out; `isNeeded`: programs, our state or our output are on it. */
  flushFileSystem(isNeeded: boolean): Promise<Flushed>;
  close(): void;
}

/** A directory that is held open, and whose doing it is that a path leads there. */
export interface HeldDirectory {
  readonly directory: Directory;
  readonly status: FileStatus;
  /** The users to whom the symbolic links on the way belong. */
  readonly linkOwners: ReadonlySet<number>;
}

/** A host that can be changed. */
export interface WritableHost {
  /** The user who writes. */
  readonly user: { readonly uid: number };
  /** The file systems that this process prints to, and that programs of this machine come from. */
  readonly neededDevices: readonly bigint[];
  /**
   * Whether a machine may be started from the file system of this path as it lies there: with the running machine, and
   * where one is mounted at the root or below it, as rescue systems do.
   */
  isBootedFrom(directory: Directory): boolean;
  /** What an ordinary user may still write to the file system of a path. */
  freeBytes(path: string): Promise<HostResult<{ freeBytes: number }>>;
  /** Links resolved inside the root; `outside-root` where the directory has been moved out of it meanwhile. */
  openDirectory(path: string): Promise<HostResult<HeldDirectory>>;
  /** Lets go of the root. */
  close(): void;
}
