import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packInto, project, temporaryFolder } from '../install/packed.ts';

const folder = temporaryFolder();
const tarball = packInto(folder);

/** @returns what a program of the project says; throws where it finds a fault */
function judge(program: string, ...args: string[]): string {
  return execFileSync(join(project, 'node_modules/.bin', program), args, { cwd: folder, encoding: 'utf8' });
}

test('publint finds nothing', () => {
  expect(judge('publint', 'run', tarball, '--strict')).toContain('All good!');
});

test('every entry has its types, as attw reads ES modules', () => {
  const said = judge('attw', '--profile', 'esm-only', '--format', 'json', tarball);
  const { problems } = JSON.parse(said);
  const counted = Object.values(problems ?? {}).flat();
  expect(counted.filter((problem) => !/node10|node16-cjs/.test(JSON.stringify(problem)))).toEqual([]);
});
