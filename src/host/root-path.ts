/** A path as a host sees it, as this machine does, below the directory that stands for `/`. */
export function below(root: string, path: string): string {
  if (root === '/') return path;
  return path === '/' ? root : root + path;
}

/** Whether a path is a directory or lies somewhere in it; both absolute, links not followed. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}
