import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingCompressors } from './compressors.ts';

/** Before the run, where the test files note what they miss (missing.ts). */
export function setup(): void {
  const list = join(mkdtempSync(join(tmpdir(), 'bootmend-missing-')), 'list');
  writeFileSync(list, missingCompressors.map((name) => `${name}\n`).join(''));
  process.env['BOOTMEND_MISSING'] = list;
}

/** After it, each once: nobody shall take a skipped test for a passed one. */
export function teardown(): void {
  const list = process.env['BOOTMEND_MISSING'] ?? '';
  const missing = [...new Set(readFileSync(list, 'utf8').split('\n').slice(0, -1))].sort();
  rmSync(join(list, '..'), { recursive: true });
  if (missing.length === 0) return;
  const lines = missing.map((what) => `  ${what}\n`);
  process.stdout.write(
    `Tests were skipped that need what is not here (.ci/run installs the programs):\n${lines.join('')}`,
  );
}
