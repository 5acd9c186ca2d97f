// Puts what the commands print today into the README's ```console FIXTURE blocks; the fixture's tree stands in `host`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const BLOCK = /```console (\S+)\n(.*?)\n```/gs;

/** The README with every block made anew. */
export function freshReadme() {
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  return readme.replaceAll(BLOCK, (_block, fixture, text) => {
    const commands = [...text.matchAll(/^\$ bootmend (.*)$/gm)].map(([, words]) => words);
    return `\`\`\`console ${fixture}\n${outputOf(fixture, commands)}\n\`\`\``;
  });
}

function outputOf(fixture, commands) {
  const directory = mkdtempSync(join(tmpdir(), 'bootmend-readme-'));
  try {
    cpSync(join(project, 'grub-fixtures', fixture), join(directory, 'host'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const printed = commands.map((words) => {
      const result = spawnSync(process.execPath, [join(project, 'bin/bootmend.js'), ...words.split(' ')], {
        cwd: directory,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      });
      return `$ bootmend ${words}\n${result.stdout}${result.stderr}`;
    });
    return printed.join('').trimEnd();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(project, 'README.md'), freshReadme());
