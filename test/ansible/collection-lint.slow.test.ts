import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasProgram } from '../oracle/available.ts';
import { counted } from '../oracle/missing.ts';
import { layCollection } from './laid-collection.ts';

const { place, there, run, remove } = layCollection();
afterAll(remove);

/** Of Debian's ansible-core. What `ansible-test sanity` runs, where it finds what it would download. */
const VALIDATE_MODULES =
  '/usr/lib/python3/dist-packages/ansible_test/_util/controller/sanity/validate-modules/validate.py';

describe('what judges collections', () => {
  test.runIf(hasProgram('ansible-lint'))('ansible-lint finds nothing, by its strictest profile', () => {
    // galaxy.yml is left out: it would have a version of 1.0.0 at least and the address of a repository.
    const words = ['--offline', '--nocolor', '--profile', 'production', '--exclude', 'galaxy.yml'];
    execFileSync('git', ['init', '--quiet', there]);
    const { status, output } = run('ansible-lint', words);
    expect(status, output).toBe(0);
  });

  test.runIf(counted(existsSync(VALIDATE_MODULES), 'validate-modules of ansible-test'))(
    'validate-modules finds nothing but another licence than its own',
    () => {
      const words = [VALIDATE_MODULES, '--collection', 'ansible_collections/bootmend/bootmend'];
      const { stdout } = run('/usr/bin/python3', [...words, join(there, 'plugins/modules')], place);
      expect(
        stdout.split('\n').filter((line) => line !== '' && !line.includes('Emissing-gplv3-license')),
      ).toEqual([]);
    },
  );

  test.runIf(hasProgram('pycodestyle'))('pycodestyle finds nothing, by the settings of ansible-test', () => {
    const words = ['--max-line-length=160', '--ignore=E741,W503,W504,E203', 'plugins'];
    expect(run('pycodestyle', words)).toMatchObject({ status: 0, output: '' });
  });

  test.runIf(hasProgram('ansible-test', '--help'))('the sanity tests that need no download pass', () => {
    execFileSync('git', ['init', '--quiet', there]);
    execFileSync('git', ['-C', there, 'add', '--all']);
    const needsDownload = [
      'ansible-doc',
      'import',
      'pep8',
      'pylint',
      'runtime-metadata',
      'validate-modules',
      'yamllint',
    ];
    const python = run('/usr/bin/python3', [
      '-c',
      'import sys; print("%d.%d" % sys.version_info[:2])',
    ]).stdout.trim();
    const words = ['sanity', '--color', 'no', '--python', python];
    const skipped = needsDownload.flatMap((name) => ['--skip-test', name]);
    // Other Pythons of this machine, which tools that choose among them put in front, are no matter here.
    const { status, output } = run('env', ['PATH=/usr/bin:/bin', 'ansible-test', ...words, ...skipped]);
    expect(status, output).toBe(0);
    expect(output).toContain('Running sanity test "action-plugin-docs"');
  });
});
