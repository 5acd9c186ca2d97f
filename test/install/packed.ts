import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const project = fileURLToPath(new URL('../..', import.meta.url));

/** For slow, shared machines: an installed project has ten thousand files. */
const REMOVING_MS = 120_000;

/** A folder of this test file's own, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-install-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }), REMOVING_MS);
  return folder;
}

/** What npm would publish of the project as it is built now. @returns the path of the tarball, in that folder */
export function packInto(folder: string): string {
  const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(npm(['pack', ...options], project));
  return join(folder, packed.filename);
}

/**
 * Run npm without a word about itself. Nothing that is to be installed has dependencies, so that it needs no network.
 *
 * @returns stdout
 */
export function npm(args: readonly string[], folder: string, environment: NodeJS.ProcessEnv = {}): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
}
