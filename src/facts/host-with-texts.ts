import type { FileStatus, Host, HostResult } from '../host/host.ts';

/** Latin1 by path, links resolved; undefined for a file that goes. */
type Texts = ReadonlyMap<string, string | undefined>;

/**
 * A host as it will be once some files have other texts: what a change will make of the menu is read by the same functions
 * as what is there.
 */
export function hostWithTexts(host: Host, texts: Texts): Host {
  return {
    ...host,
    read: (path, mostBytes) =>
      readText(host, texts, path, Number.MAX_SAFE_INTEGER, () => host.read(path, mostBytes)),
    readHead: (path, headBytes) =>
      readText(host, texts, path, headBytes, () => host.readHead(path, headBytes)),
    status: (path) => statusThen(host, texts, path),
    list: (path) => listThen(host, texts, path),
  };
}

async function readText(
  host: Host,
  texts: Texts,
  path: string,
  mostBytes: number,
  readNow: () => ReturnType<Host['read']>,
): ReturnType<Host['read']> {
  const realPath = await placeOf(host, path);
  if (!texts.has(realPath)) return readNow();
  const text = texts.get(realPath);
  if (text === undefined) return MISSING;
  const found = await host.status(path);
  const status = found.ok ? found.status : newFile(text.length);
  return { ok: true, bytes: Buffer.from(text.slice(0, mostBytes), 'latin1'), realPath, status };
}

async function statusThen(host: Host, texts: Texts, path: string): ReturnType<Host['status']> {
  const realPath = await placeOf(host, path);
  const found = await host.status(path);
  if (!texts.has(realPath)) {
    const isMade = !found.ok && namesBelow(texts, realPath).some(({ isThere }) => isThere);
    return isMade ? { ok: true, realPath, status: { ...newFile(0), kind: 'directory' } } : found;
  }
  const text = texts.get(realPath);
  if (text === undefined) return MISSING;
  return found.ok ? found : { ok: true, realPath, status: newFile(text.length) };
}

async function listThen(host: Host, texts: Texts, path: string): ReturnType<Host['list']> {
  const listed = await host.list(path);
  const realPath = listed.ok ? listed.realPath : await placeOf(host, path);
  const names = new Set(listed.ok ? listed.names : []);
  for (const { name, isThere, isFile } of namesBelow(texts, realPath)) {
    if (isThere) names.add(name);
    else if (isFile) names.delete(name);
  }
  return listed.ok || names.size > 0 ? { ok: true, names: [...names].sort(), realPath } : listed;
}

/** Where a path leads; of one that is not there, where it would be made. */
async function placeOf(host: Host, path: string): Promise<string> {
  const found = await host.status(path);
  if (found.ok) return found.realPath;
  const slash = path.lastIndexOf('/');
  if (slash <= 0) return path;
  const parent = await placeOf(host, path.slice(0, slash));
  return `${parent === '/' ? '' : parent}${path.slice(slash)}`;
}

/** What the changed files are in a directory: themselves, or the directory that leads to them. */
function namesBelow(texts: Texts, directory: string) {
  const prefix = directory === '/' ? '/' : `${directory}/`;
  return [...texts].flatMap(([path, text]) => {
    if (!path.startsWith(prefix)) return [];
    const [name = '', ...deeper] = path.slice(prefix.length).split('/');
    return [{ name, isThere: text !== undefined, isFile: deeper.length === 0 }];
  });
}

const MISSING: HostResult<never> = { ok: false, reason: 'missing' };

function newFile(sizeBytes: number): FileStatus {
  return {
    kind: 'file',
    sizeBytes,
    mode: 0o644,
    uid: 0,
    gid: 0,
    modifiedNs: 0n,
    changedNs: 0n,
    inode: 0n,
    device: 0n,
    links: 1,
  };
}
