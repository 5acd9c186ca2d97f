import type { Host, HostRefusal } from '../../host/host.ts';

/** A file's text, latin1, or why it could not be read. */
export type TextRead =
  | { readonly ok: true; readonly path: string; readonly realPath: string; readonly text: string }
  | { readonly ok: false; readonly path: string; readonly reason: HostRefusal };

const MAXIMUM_BYTES = 1 << 24;

/** A file's text, latin1, with its real path, or why it can't be read; one of more than `maximumBytes` is `too-large`. */
export async function readText(host: Host, path: string, maximumBytes = MAXIMUM_BYTES): Promise<TextRead> {
  const file = await host.read(path, maximumBytes);
  if (!file.ok) return { ok: false, path, reason: file.reason };
  return { ok: true, path, realPath: file.realPath, text: file.bytes.toString('latin1') };
}

/** The texts of those files that are there and can be read. */
export async function readTexts(host: Host, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const file = await readText(host, path);
    if (file.ok) texts.set(path, file.text);
  }
  return texts;
}

/** The names in a directory; none where it cannot be listed. */
export async function namesIn(host: Host, path: string): Promise<readonly string[]> {
  const listed = await host.list(path);
  return listed.ok ? listed.names : [];
}

/** Whether there is anything at a path that the host can look at. */
export async function exists(host: Host, path: string): Promise<boolean> {
  return (await host.status(path)).ok;
}
