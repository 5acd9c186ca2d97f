/** What `stat` says of a path, links followed inside the root. Times are nanoseconds as the file system has them. */
export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  readonly sizeBytes: number;
  /** Permission bits only, 0o7777 at most. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedNs: bigint;
  /** Of content, owner, mode, links or attributes; nobody sets it back. */
  readonly changedNs: bigint;
  readonly inode: bigint;
  readonly device: bigint;
  readonly links: number;
}

/** Why a host gives no answer about a path; `outside-root`: a link leads out of `--root`. */
export type HostRefusal =
  | 'missing'
  | 'not-a-file'
  | 'not-a-directory'
  | 'permission'
  | 'outside-root'
  | 'symlink-loop'
  | 'too-large'
  | 'input-output';

/** What was asked of a host, or why it was not given; `systemCode` is Node's (`EIO` …) where the system refused. */
export type HostResult<Value> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly reason: HostRefusal; readonly systemCode?: string };

/** How a program ended, and what it wrote. */
export interface ProgramResult {
  /** undefined where the program is missing or was ended by a signal. */
  readonly exitCode: number | undefined;
  readonly stdout: Buffer;
  readonly isMissing: boolean;
}

/** How a program ended that bytes were put through. */
export interface FilterResult extends ProgramResult {
  /** No place for temporary files holds what goes into the program or what comes out. */
  readonly lacksRoom: boolean;
}

/** How a program ended that was run for its output, with what it complained of. */
export interface RunResult extends ProgramResult {
  readonly stderr: string;
}

/** Why a program of a root was not run: it can't be confined here, or needs a disk that only the machine's root may ask. */
export type RunInRootResult =
  | ({ readonly ok: true } & RunResult)
  | { readonly ok: false; readonly reason: 'no-sandbox' | 'mapped-disk'; readonly detail: string };

/**
 * A machine or a directory that stands for one. Every path is absolute as that machine sees it (`/boot/grub2/grub.cfg`);
 * symbolic links resolve inside the root, and nothing outside is opened.
 */
export interface Host {
  /** The directory that stands for `/`; `/` for the running machine itself. */
  readonly root: string;
  /** Whether uname, /proc, /sys and mounts of this process are the host's own: never with `--root`. */
  readonly isRunningSystem: boolean;
  /** The whole file with the path that its links lead to. */
  read(
    path: string,
    maxBytes?: number,
  ): Promise<HostResult<{ bytes: Buffer; realPath: string; status: FileStatus }>>;
  /** The first bytes of a file of any size, all of them where there are fewer. */
  readHead(
    path: string,
    headBytes: number,
  ): Promise<HostResult<{ bytes: Buffer; realPath: string; status: FileStatus }>>;
  /** Names in a directory, sorted by bytes. */
  list(path: string): Promise<HostResult<{ names: readonly string[]; realPath: string }>>;
  status(path: string): Promise<HostResult<{ realPath: string; status: FileStatus }>>;
  /** A program of this machine, found on PATH, without a shell, LC_ALL=C; stdout as bytes. */
  run(program: string, args: readonly string[]): Promise<RunResult>;
  /**
   * A program of the host, run in its root with the user's locale; it sees some files with other texts (latin1, by path with
   * links resolved) and can change none. In a directory that stands for a machine it is confined, or else not run unless
   * it is trusted with this machine. For root only.
   */
  runInRoot(
    program: string,
    texts: ReadonlyMap<string, string>,
    isTrusted: boolean,
  ): Promise<RunInRootResult>;
  /** Bytes run through a program of this machine, which is ended once it gives more than `mostBytes`. */
  filter(
    program: string,
    args: readonly string[],
    input: Uint8Array,
    mostBytes: number,
  ): Promise<FilterResult>;
}
