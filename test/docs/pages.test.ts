import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readArguments } from '../../src/cli/read-arguments.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const { freshPage, PAGES } = (await import(join(project, 'scripts/readme.js'))) as {
  readonly freshPage: (page: string) => string;
  readonly PAGES: readonly string[];
};
const read = (page: string): string => readFileSync(join(project, page), 'utf8');

/** What a page says beside its prose and its language: its headings' depths, and its blocks of code. */
function skeleton(page: string) {
  const text = read(page).replaceAll(' --lang zh-CN', '');
  const blocks = [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)];
  return {
    headings: [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^(#+) /gm)].map(([, depth]) => depth),
    blocks: blocks.map(([, kind, body = '']) =>
      kind === 'text' || kind?.startsWith('console') === true
        ? `${kind}\n${(body.match(/^\$ .*$/gm) ?? []).join('\n')}`
        : `${kind}\n${body.replaceAll(/ *#.*$|^ *lang: zh-CN\n/gm, '')}`,
    ),
  };
}

/** Every command line of ours in a page's blocks, without what a shell would do with it. */
function commandLines(page: string): readonly string[] {
  const blocks = [...read(page).matchAll(/^```.*\n([\s\S]*?)^```$|((?:^ {4}.*\n)+)/gm)];
  const lines = blocks.flatMap(([, fenced, indented]) => (fenced ?? indented ?? '').split('\n'));
  return lines.flatMap((line) => {
    const [, words] = /^\s*(?:\$ )?(?:sudo )?bootmend ((?:'[^']*'|"[^"]*"|[^|#;&>'"])*)/.exec(line) ?? [];
    return words === undefined ? [] : [words.trim()];
  });
}

const shown = PAGES.filter((page) => read(page).includes('```console '));
const translated = PAGES.filter((page) => PAGES.includes(chineseOf(page)));

function chineseOf(page: string): string {
  return page.replace(/\.md$/, '.zh-CN.md');
}

test('the README and the recipes show what commands print', () => {
  expect(shown).toEqual(expect.arrayContaining(['README.md', 'docs/recipes.md']));
});

test.each(shown)('%s shows what the commands print (node scripts/readme.js makes it anew)', (page) => {
  expect(freshPage(page)).toBe(read(page));
});

test.each(PAGES)('every file that %s links to is there', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
  expect(links.filter((path) => !existsSync(join(project, dirname(page), path)))).toEqual([]);
});

test.each(PAGES)('every command line of ours in %s is one', (page) => {
  const wrong = commandLines(page).filter((line) => {
    const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
    return readArguments(words).kind === 'misuse';
  });
  expect(wrong).toEqual([]);
});

test.each(translated)('the Chinese page of %s has the same headings and blocks of code', (page) => {
  expect(skeleton(chineseOf(page))).toEqual(skeleton(page));
});

test('the sidebar of the site has every page', () => {
  const sidebar = readFileSync(join(project, 'docs-site/.vitepress/config.js'), 'utf8');
  const names = PAGES.flatMap((page) => /^docs\/([^.]+)\.md$/.exec(page)?.[1] ?? []);
  expect(names.filter((name) => !sidebar.includes(`path: '${name}'`))).toEqual([]);
  const chinese = translated.flatMap((page) => /^docs\/([^.]+)\.md$/.exec(page)?.[1] ?? []);
  expect(chinese.filter((name) => !new RegExp(`path: '${name}'.*chinese:`).test(sidebar))).toEqual([]);
});

test('what people use is there in both languages', () => {
  for (const name of ['layouts', 'probe', 'audit', 'verify', 'messages', 'recipes', 'faq'])
    expect([name, PAGES.includes(`docs/${name}.md`), PAGES.includes(`docs/${name}.zh-CN.md`)]).toEqual([
      name,
      true,
      true,
    ]);
});
