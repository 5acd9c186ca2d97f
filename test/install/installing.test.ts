import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectGlobalCommand } from './installed-command.ts';
import { npm, packInto, project, temporaryFolder } from './packed.ts';

const folder = temporaryFolder();
const tarball = packInto(folder);

describe('the package', () => {
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );

  test('is 1.5 megabytes at most', () => {
    const sizes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_500_000);
  });

  test('has no dependencies to install, and the licences of what it contains', () => {
    expect(npm(['pkg', 'get', 'dependencies'], unpacked).trim()).toBe('{}');
    const names = files.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['LICENSE', 'THIRD-PARTY-NOTICES', 'report.schema.json']));
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([]);
  });
});

test('npm install --global TARBALL', () => {
  const prefix = join(folder, 'global');
  npm(['install', '--global', '--offline', '--prefix', prefix, tarball], folder);
  expectGlobalCommand(prefix);
});

test('npx -p TARBALL bootmend', () => {
  const args = ['--yes', '--offline', '-p', tarball, '--', 'bootmend', '--version'];
  const printed = execFileSync('npx', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_config_cache: join(folder, 'cache') },
  });
  expect(printed).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('where it can not run it says so in one sentence', () => {
  const launcher = join(project, 'bin/bootmend.js');

  test('not built', () => {
    const clone = join(folder, 'clone');
    cpSync(join(project, 'bin'), join(clone, 'bin'), { recursive: true });
    cpSync(join(project, 'package.json'), join(clone, 'package.json'));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(clone, 'bin/bootmend.js'), 'status'],
      {
        encoding: 'utf8',
      },
    );
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      `bootmend: not built yet: run "npm start" in ${clone} first.\n`,
    ]);
  });

  test.each(['18.20.4', '20.18.3', '6.17.1'])('Node %s', (version) => {
    const older = join(folder, 'older.cjs');
    writeFileSync(older, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', older, launcher, 'status'], {
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      `bootmend: this is Node ${version}; Node 20.19 or newer is needed.\n`,
    ]);
  });
});
