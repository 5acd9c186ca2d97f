import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Names it for a unit of the system, and only where the program does not bring its own Node. */
const NAMES_IT = ['src/cli/trial/install-at-boot.ts'];

test('nothing runs process.execPath: where bootmend brings its own Node, that is the loader of the C library', () => {
  const files = ['src', 'bin'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|js)$/.test(name))
      .map((name) => join(folder, name)),
  );
  const isRun = (path: string) => /\bexecPath\b|\bargv0\b/.test(readFileSync(join(project, path), 'utf8'));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter(isRun)).toEqual(NAMES_IT);
});
