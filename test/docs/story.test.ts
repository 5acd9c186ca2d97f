import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hasProgram } from '../oracle/available.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

test.runIf(hasProgram('tmux', '-V'))(
  'the pictures are what a terminal shows (node scripts/picture.js makes them anew)',
  async () => {
    const { pictures } = await import(join(project, 'scripts/picture.js'));
    for (const [theme, svg] of Object.entries(await pictures()))
      expect(readFileSync(join(project, `docs/pictures/fix-${theme}.svg`), 'utf8')).toBe(svg);
  },
);

test('the story of npm start fits into 80 lines and goes there and back', () => {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/start.js', '--built'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  expect(status).toBe(0);
  expect(stdout.split('\n').length).toBeLessThanOrEqual(80);
  expect(stdout).toMatch(/does nothing.*fix --dry-run.*is set and works.*rollback/s);
});
