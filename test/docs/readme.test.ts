import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(project, 'README.md'), 'utf8');

test('the output shown in the README is what the commands print (node scripts/readme.js makes it anew)', async () => {
  const { freshReadme } = await import(join(project, 'scripts/readme.js'));
  expect(readme).toContain('```console ');
  expect(freshReadme()).toBe(readme);
});

test('every file that the README links to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
  expect(links.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});
