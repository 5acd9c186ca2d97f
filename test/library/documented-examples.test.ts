import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packInto, project, temporaryFolder } from '../install/packed.ts';

const folder = temporaryFolder();
const page = readFileSync(join(project, 'docs/library.md'), 'utf8');
const library = join(folder, 'node_modules/bootmend');
mkdirSync(library, { recursive: true });
execFileSync('tar', ['-xzf', packInto(folder), '-C', library, '--strip-components=1']);

const GRUB_CFG = `menuentry 'One' --id one {
  linux16 /vmlinuz-3.10.0-514.el7.x86_64 root=/dev/mapper/cl-root ro cgroup.memory=nokmem
}
menuentry 'Two' --id two {
  linux16 /vmlinuz-3.10.0-514.el7.x86_64 root=/dev/mapper/cl-root ro
}
`;

/** In the order of the page and in one folder: later examples go on with the files of earlier ones. */
const examples = page.split(/^## /m).flatMap((section) => {
  const [title = ''] = section.split('\n');
  return [...section.matchAll(/^```js\n(.*?)^```/gms)].map(([, code = '']) => ({ title, code }));
});
const work = mkdtempSync(join(folder, 'work-'));
writeFileSync(join(work, 'package.json'), '{"type":"module"}');
writeFileSync(join(work, 'grub.cfg'), GRUB_CFG);
cpSync(
  join(project, 'grub-fixtures/centos-7.3/boot/System.map-3.10.0-514.el7.x86_64'),
  join(work, 'System.map'),
);

test('every block of code on the page is an example that runs', () => {
  expect(examples.length).toBe(page.match(/^```js$/gm)?.length);
  expect(examples.length).toBeGreaterThan(4);
});

test.each(examples)('docs/library.md: $title', ({ code }) => {
  writeFileSync(join(work, 'example.js'), code);
  const printed = execFileSync(process.execPath, ['example.js'], { cwd: work, encoding: 'utf8' });
  const promised = [...code.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => `${line}\n`).join('');
  expect(printed).toBe(promised);
});

test('a word is added in at most six lines', () => {
  const { code = '' } = examples.find(({ title }) => title?.startsWith('A word')) ?? {};
  const statements = code.split('\n').filter((line) => line !== '' && !/^(import|\/\/|console)/.test(line));
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.length).toBeLessThanOrEqual(6);
});
