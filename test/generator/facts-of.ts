import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gather, type HostFacts } from '../../src/facts/gather.ts';
import { openHost } from '../../src/host/root-host.ts';

const fixtures = fileURLToPath(new URL('../../grub-fixtures', import.meta.url));

/** The facts of a fixture's tree in which some files have other texts, latin1; undefined for none, `#!` for executable. */
export async function factsOf(
  fixture: string,
  files: Readonly<Record<string, string | undefined | ((text: string) => string)>>,
): Promise<HostFacts> {
  const root = mkdtempSync(join(tmpdir(), 'bootmend-generator-'));
  try {
    cpSync(join(fixtures, fixture), root, { recursive: true, verbatimSymlinks: true });
    for (const [path, item] of Object.entries(files)) {
      const place = join(root, path);
      const text = typeof item === 'function' ? item(readFileSync(place, 'latin1')) : item;
      rmSync(place, { recursive: true, force: true });
      if (text === undefined) continue;
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text, { encoding: 'latin1', mode: text.startsWith('#!') ? 0o755 : 0o644 });
    }
    const gathered = await gather(await openHost(root));
    if (!gathered.ok) throw new Error(JSON.stringify(gathered.refusal));
    return gathered.facts;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
