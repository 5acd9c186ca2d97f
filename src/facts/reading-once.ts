import type { Host } from '../host/host.ts';

/** What is kept of a file; kernel images are larger, and read by one place. */
const MOST_KEPT_BYTES = 1 << 20;

/**
 * A host that reads each of its small files once, whoever asks: what is gathered in one pass agrees with itself. The
 * kernel's own files under /proc tell of the moment and are read each time.
 */
export function readingOnce(host: Host): Host {
  const kept = new Map<string, Awaited<ReturnType<Host['read']>>>();
  const read: Host['read'] = async (path, maxBytes) => {
    const known = kept.get(path);
    if (known !== undefined && (!known.ok || known.bytes.length <= (maxBytes ?? MOST_KEPT_BYTES)))
      return known;
    const found = await host.read(path, maxBytes);
    const isKept = found.ok ? found.bytes.length <= MOST_KEPT_BYTES : found.reason === 'missing';
    if (isKept && !path.startsWith('/proc/')) kept.set(path, found);
    return found;
  };
  return { ...host, read };
}
