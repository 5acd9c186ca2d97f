import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { PROBLEM_NAMES } from '../../src/diagnosis/known-problem.ts';
import { collection, hasAnsible } from './controller.ts';
import { layCollection } from './laid-collection.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
const { place, there, run, remove } = layCollection();
const modules = readdirSync(join(collection, 'plugins/modules')).map((name) => name.replace(/\.py$/, ''));
afterAll(remove);

test('its version is that of bootmend, in each place', () => {
  expect(readFileSync(join(collection, 'galaxy.yml'), 'utf8')).toContain(`\nversion: ${version}\n`);
  expect(readFileSync(join(collection, 'plugins/plugin_utils/portable_file.py'), 'utf8')).toContain(
    `\nVERSION = '${version}'\n`,
  );
});

test('every action has a page, and every page an action', () => {
  const actions = readdirSync(join(collection, 'plugins/action')).filter((name) => name.endsWith('.py'));
  expect(actions.map((name) => name.replace(/\.py$/, '')).toSorted()).toEqual(modules.toSorted());
});

describe.runIf(hasAnsible)('the collection, as ansible-core sees it', () => {
  test('the pages document the options that the actions take', () => {
    const script = join(import.meta.dirname, 'argument_specs.py');
    const specs = JSON.parse(
      execFileSync('/usr/bin/python3', [script, place, ...modules], { encoding: 'utf8' }),
    );
    const names = modules.map((module) => `bootmend.bootmend.${module}`);
    const pages = JSON.parse(run('ansible-doc', ['--json', ...names]).stdout);
    for (const module of modules) {
      const options: Record<string, Record<string, unknown>> = pages[`bootmend.bootmend.${module}`].doc
        .options;
      for (const option of Object.values(options)) delete option['description'];
      expect(options, module).toEqual(specs[module]);
    }
  });

  test('problems and remedies are those of the command', () => {
    const name = 'bootmend.bootmend.boot_parameters';
    const { options } = JSON.parse(run('ansible-doc', ['--json', name]).stdout)[name].doc;
    expect(options.problem.choices).toEqual(PROBLEM_NAMES);
    const help = execFileSync(process.execPath, [join(project, 'bin/bootmend.js'), 'fix', '--help'], {
      encoding: 'utf8',
    });
    expect(help).toContain(`--remedy ${options.remedy.choices.join('|')}\n`);
  });

  test.each(['main', 'rollback'])('the role documents its entry point %s', (entry) => {
    const page = run('ansible-doc', [
      '--type',
      'role',
      'bootmend.bootmend.kmem_leak',
      '--entry-point',
      entry,
    ]);
    expect(page.stdout).toContain(`ENTRY POINT: ${entry}`);
  });

  test('the playbooks are right YAML and name what there is', () => {
    const playbooks = readdirSync(join(collection, 'playbooks')).filter((name) => name.endsWith('.yml'));
    const { status, output } = run(
      'ansible-playbook',
      ['--syntax-check', ...playbooks],
      join(there, 'playbooks'),
    );
    expect(status, output).toBe(0);
  });
});
