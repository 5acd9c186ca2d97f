import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { manPage } from '../../scripts/man/man-page.ts';
import * as english from '../../scripts/man/man-page-prose.ts';
import * as chinese from '../../scripts/man/man-page-prose.zh-cn.ts';
import { COMMANDS, OPTIONS } from '../../src/cli/command-table.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { loadCatalogue } from '../../src/report/messages/catalogue.ts';
import { hasProgram } from '../oracle/available.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const {
  version,
  man: [man, chineseMan],
} = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
const page = manPage(await loadCatalogue('en'), version, english);
const chinesePage = manPage(await loadCatalogue('zh-CN'), version, chinese);

test('the page that is delivered is made from the command table of today (npm run man makes it anew)', async () => {
  await expect(page).toMatchFileSnapshot(join(project, man));
  await expect(chinesePage).toMatchFileSnapshot(join(project, chineseMan));
});

test('both languages have the same paragraphs, files, variables and examples', () => {
  const termsOf = ({ REMEDIES, FILES, ENVIRONMENT, EXAMPLES, DESCRIPTION }: typeof english) => ({
    terms: [...REMEDIES, ...FILES, ...ENVIRONMENT, ...EXAMPLES].map(({ term }) => term),
    paragraphs: DESCRIPTION.length,
  });
  expect(termsOf(chinese)).toEqual(termsOf(english));
});

test('it has the sections that a manual page has, in their order', () => {
  expect([...page.matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title)).toEqual([
    ...['NAME', 'SYNOPSIS', 'DESCRIPTION', 'COMMANDS', 'OPTIONS', 'EXIT STATUS'],
    ...['FILES', 'ENVIRONMENT', 'EXAMPLES', 'SEE ALSO'],
  ]);
});

describe.runIf(hasProgram('groff'))('as groff prints it', () => {
  const { status, stdout, stderr } = spawnSync(
    'groff',
    ['-man', '-Tutf8', '-ww', '-P-c', '-P-b', '-P-u', '-rLL=200n'],
    { input: page, encoding: 'utf8' },
  );

  test('there is no warning', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('nor in Chinese, and it says what the other does', () => {
    const printed = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-P-c', '-P-b', '-P-u', '-rLL=200n'], {
      input: chinesePage,
      encoding: 'utf8',
    });
    expect({ status: printed.status, stderr: printed.stderr }).toEqual({ status: 0, stderr: '' });
    for (const { name } of COMMANDS) expect(printed.stdout).toContain(`bootmend ${name} `);
    expect(printed.stdout).toContain('退出状态');
  });

  test('a warning would be seen', () => {
    const { stderr: warning } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], {
      input: `${page}.NOSUCHMACRO\n`,
      encoding: 'utf8',
    });
    expect(warning).toContain('NOSUCHMACRO');
  });

  test('every command, option and exit code stands in it with plain dashes', () => {
    for (const { name } of COMMANDS) expect(stdout).toContain(`bootmend ${name} `);
    for (const name of Object.keys(OPTIONS)) expect(stdout).toMatch(new RegExp(`^ .*--${name}\\b`, 'm'));
    for (const code of Object.values(EXIT)) expect(stdout).toMatch(new RegExp(`^ +${code} `, 'm'));
  });

  test('no markup of ours or of roff is left over', () => {
    expect(stdout).not.toMatch(/[`\\]|\bundefined\b/);
    expect(stdout).toContain('that entry’s kernel accepts');
  });
});

describe.runIf(hasProgram('man'))('as man reads it', () => {
  test('there is no warning', () => {
    const { status, stderr } = spawnSync(
      'man',
      ['--warnings', '--encoding=UTF-8', '-Tutf8', '-Z', '-l', '-'],
      {
        input: page,
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('its name and purpose are found by whatis', () => {
    const { stdout } = spawnSync('lexgrog', ['-'], { input: page, encoding: 'utf8' });
    expect(stdout).toContain('bootmend - change kernel boot parameters');
  });
});
