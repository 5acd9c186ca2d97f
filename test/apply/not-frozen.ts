import type { ChangeableHost } from '../../src/apply/problem.ts';

/** A tree as the running system, on a file system that can't be frozen. */
export function notFrozen(host: ChangeableHost): ChangeableHost {
  return {
    ...host,
    isRunningSystem: true,
    isBootedFrom: () => true,
    openDirectory: async (path) => {
      const opened = await host.openDirectory(path);
      const flushFileSystem = async () => 'in-journal' as const;
      return opened.ok ? { ...opened, directory: { ...opened.directory, flushFileSystem } } : opened;
    },
  };
}
