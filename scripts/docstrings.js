// Names every export of src that has no docstring; part of `npm run check`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const DECLARATION =
  /^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|type|interface|class|enum) (\w+)/;

/** The declarations that a source file exports without a docstring in front, with the number of their line. */
function undocumented(text) {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name = DECLARATION.exec(line)?.[1];
    if (name === undefined) return [];
    let before = index - 1;
    // A note to Biome may stand between.
    while (lines[before]?.startsWith('// ')) before -= 1;
    return lines[before]?.endsWith('*/') ? [] : [{ name, line: index + 1 }];
  });
}

const files = readdirSync(join(project, 'src'), { recursive: true }).filter((file) => file.endsWith('.ts'));
const missing = files.toSorted().flatMap((file) => {
  const text = readFileSync(join(project, 'src', file), 'utf8');
  return undocumented(text).map(({ name, line }) => `src/${file}:${line}: ${name} has no docstring`);
});
for (const line of missing) process.stderr.write(`${line}\n`);
if (missing.length > 0) process.exitCode = 1;
