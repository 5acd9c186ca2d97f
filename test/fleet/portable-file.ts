import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PORTABLE = fileURLToPath(new URL('../../scripts/portable/portable.js', import.meta.url));

/** The file that brings its own Node, made of what is built. */
export interface PortableFile {
  readonly path: string;
  /** The name of the folder that it unpacks itself into. */
  readonly folder: string;
  readonly remove: () => void;
}

/** Makes it anew, which takes some twenty seconds. */
export function makePortableFile(): PortableFile {
  const directory = mkdtempSync(join(tmpdir(), 'bootmend-portable-'));
  execFileSync(process.execPath, [PORTABLE, '--gzip', '--directory', directory]);
  const path = join(directory, readdirSync(directory).find((name) => name.endsWith('.run')) ?? '');
  const head = readFileSync(path).toString('latin1', 0, 4096);
  const sha256 = /^sha256=(\w+)$/m.exec(head)?.[1];
  return { path, folder: `portable-${sha256}`, remove: () => rmSync(directory, { recursive: true }) };
}
