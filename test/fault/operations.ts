import type { ChangeableHost } from '../../src/apply/problem.ts';
import type { Directory, NewFile } from '../../src/host/writable-host.ts';

/** One change of a disk. `file` numbers the files that were created, in order; directories are paths. */
export type Operation =
  | { readonly kind: 'create'; readonly directory: string; readonly name: string; readonly file: number }
  | { readonly kind: 'write'; readonly file: number; readonly bytes: Buffer }
  | { readonly kind: 'set-metadata'; readonly file: number }
  | { readonly kind: 'sync-file'; readonly file: number }
  /** Of a file that is known by its name; what it holds was synced before. */
  | { readonly kind: 'sync-entry' }
  | { readonly kind: 'link'; readonly directory: string; readonly from: string; readonly to: string }
  | { readonly kind: 'rename'; readonly directory: string; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly directory: string; readonly name: string }
  | { readonly kind: 'make-directory'; readonly directory: string; readonly name: string }
  | { readonly kind: 'remove-directory'; readonly directory: string; readonly name: string }
  | { readonly kind: 'sync-directory'; readonly directory: string };

/**
 * Stands between the transaction and the disk: `before` sees every operation first and may throw instead of letting it
 * happen.
 */
export function interceptOperations(
  host: ChangeableHost,
  before: (operation: Operation) => void,
): ChangeableHost {
  let files = 0;
  return {
    ...host,
    openDirectory: async (path) => {
      const opened = await host.openDirectory(path);
      if (!opened.ok) return opened;
      const directory = intercept(opened.directory, before, () => files++);
      return { ...opened, directory };
    },
  };
}

function intercept(
  inner: Directory,
  before: (operation: Operation) => void,
  nextFile: () => number,
): Directory {
  const directory = inner.realPath;
  return {
    ...inner,
    createFile: async (name, mode) => {
      const file = nextFile();
      before({ kind: 'create', directory, name, file });
      return interceptFile(await inner.createFile(name, mode), file, before);
    },
    link: async (from, to) => {
      before({ kind: 'link', directory, from, to });
      await inner.link(from, to);
    },
    rename: async (from, to) => {
      before({ kind: 'rename', directory, from, to });
      await inner.rename(from, to);
    },
    unlink: async (name) => {
      before({ kind: 'unlink', directory, name });
      await inner.unlink(name);
    },
    makeDirectory: async (name, mode) => {
      before({ kind: 'make-directory', directory, name });
      await inner.makeDirectory(name, mode);
    },
    removeDirectory: async (name) => {
      before({ kind: 'remove-directory', directory, name });
      await inner.removeDirectory(name);
    },
    syncFile: async (name) => {
      before({ kind: 'sync-entry' });
      await inner.syncFile(name);
    },
    sync: async () => {
      before({ kind: 'sync-directory', directory });
      await inner.sync();
    },
  };
}

function interceptFile(inner: NewFile, file: number, before: (operation: Operation) => void): NewFile {
  return {
    ...inner,
    write: async (bytes) => {
      before({ kind: 'write', file, bytes: Buffer.from(bytes) });
      await inner.write(bytes);
    },
    setOwner: async (uid, gid) => {
      before({ kind: 'set-metadata', file });
      await inner.setOwner(uid, gid);
    },
    setMode: async (mode) => {
      before({ kind: 'set-metadata', file });
      await inner.setMode(mode);
    },
    sync: async () => {
      before({ kind: 'sync-file', file });
      await inner.sync();
    },
  };
}

/** A host with every directory that it opens changed in some way. */
export function withDirectories(
  host: ChangeableHost,
  change: (directory: Directory) => Partial<Directory>,
): ChangeableHost {
  return {
    ...host,
    openDirectory: async (path) => {
      const opened = await host.openDirectory(path);
      if (!opened.ok) return opened;
      return { ...opened, directory: { ...opened.directory, ...change(opened.directory) } };
    },
  };
}

/** Leaves out the child processes (lock, attributes), which write nothing: hundreds of runs are made here. */
export function withoutPrograms(host: ChangeableHost): ChangeableHost {
  return withDirectories(host, (directory) => ({
    lock: async () => ({ ok: true, lock: { release: () => undefined } }),
    attributes: async () => ({ ok: true, attributes: {} }),
    createFile: async (name, mode) => ({
      ...(await directory.createFile(name, mode)),
      setAttributes: async () => ({ ok: true }),
    }),
  }));
}

/** A host whose file systems all say that they are vfat. */
export function onVfat(host: ChangeableHost): ChangeableHost {
  return withDirectories(host, () => ({ isOnVfat: async () => true }));
}
