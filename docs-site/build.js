// Builds the documentation site into docs-site/dist from the Markdown that the repository shows: no page is written for the site.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const site = fileURLToPath(new URL('.', import.meta.url));
const project = join(site, '..');
const pages = join(site, 'pages');

/** Where a page of the repository stands on the site; undefined for what is no page of it. */
function placeOf(path) {
  if (path === 'README.md') return 'index.md';
  if (path === 'README.zh-CN.md') return 'zh-CN/index.md';
  if (!/^docs\/.*\.md$/.test(path)) return undefined;
  const name = path.slice('docs/'.length);
  return name.endsWith('.zh-CN.md') ? `zh-CN/${name.replace('.zh-CN.md', '.md')}` : name;
}

/** A page with its links led to where those pages stand; a link to a file that is no page becomes its text. */
function placedText(path) {
  return readFileSync(join(project, path), 'utf8').replaceAll(
    /\[([^\]]*)\]\(([^)#:\s]*)(#[^)]*)?\)/g,
    (link, text, target, anchor = '') => {
      if (target === '') return link;
      const place = placeOf(join(dirname(path), target));
      return place === undefined ? text : `[${text}](${relative(dirname(placeOf(path)), place)}${anchor})`;
    },
  );
}

rmSync(pages, { recursive: true, force: true });
const sources = [
  ...readdirSync(project),
  ...readdirSync(join(project, 'docs'), { recursive: true }).map((name) => join('docs', name)),
];
for (const path of sources) {
  const place = placeOf(path);
  if (place === undefined) continue;
  mkdirSync(dirname(join(pages, place)), { recursive: true });
  writeFileSync(join(pages, place), placedText(path));
}

const run = (program, args) => spawnSync(program, args, { cwd: site, stdio: 'inherit' }).status ?? 1;
if (!existsSync(join(site, 'node_modules/vitepress')))
  process.exitCode = run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
process.exitCode ||= run(process.execPath, [join(site, 'node_modules/vitepress/bin/vitepress.js'), 'build']);
