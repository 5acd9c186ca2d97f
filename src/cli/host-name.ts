import { hostname } from 'node:os';
import type { Host } from '../host/host.ts';
import { asBytes } from './argument-bytes.ts';

const MAXIMUM_BYTES = 4096;

/**
 * What the running machine calls itself, or the one whose tree the root holds, latin1: the first line of etc/hostname that is
 * no comment (hostname(5)); undefined where there is none.
 */
export async function hostName(host: Host): Promise<string | undefined> {
  if (host.root === '/') return asBytes(hostname());
  const file = await host.read('/etc/hostname', MAXIMUM_BYTES);
  if (!file.ok) return undefined;
  const lines = file.bytes.toString('latin1').split('\n');
  return lines.map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#'));
}
