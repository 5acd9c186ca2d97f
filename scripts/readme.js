// Puts what the commands print today into the ```console FIXTURE blocks of the README and the documents: each runs on a copy of that
// fixture, which stands in `host`, in the language of the page. Commands of one block follow each other on one copy.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const BLOCK = /```console (\S+)\n(.*?)\n```/gs;

/** Every page for people, as a path below the project. */
export const PAGES = [project, join(project, 'docs')].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name).slice(project.length)),
);

/** A page with every block made anew. */
export function freshPage(page) {
  const locale = page.endsWith('.zh-CN.md') ? 'zh_CN.UTF-8' : 'C';
  return readFileSync(join(project, page), 'utf8').replaceAll(BLOCK, (_block, fixture, text) => {
    const commands = [...text.matchAll(/^\$ bootmend (.*)$/gm)].map(([, words]) => words);
    return `\`\`\`console ${fixture}\n${outputOf(fixture, commands, locale)}\n\`\`\``;
  });
}

function outputOf(fixture, commands, locale) {
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
        env: { ...process.env, LC_ALL: locale },
      });
      return `$ bootmend ${words}\n${withoutDates(result.stdout + result.stderr)}`;
    });
    return printed.join('').trimEnd();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Ids of backups hold the time of day. */
function withoutDates(text) {
  return text
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{8}/g, '20260101T120000Z-0a1b2c3d')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-01-01T12:00:00.000Z');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const page of PAGES) writeFileSync(join(project, page), freshPage(page));
