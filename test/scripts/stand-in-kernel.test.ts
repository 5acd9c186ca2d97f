import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../cli/run-cli.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

test('the kernel made for a fixture is read as a real one', () => {
  const tree = mkdtempSync(join(tmpdir(), 'bootmend-stand-in-'));
  onTestFinished(() => rmSync(tree, { recursive: true }));
  const script = join(project, 'scripts/stand-in-kernel.js');
  execFileSync(process.execPath, [script, tree, '6.6.52_1', 'mitigations='], { stdio: 'pipe' });
  const { stdout } = runCli([
    ...['probe', '--json', '--image', join(tree, 'boot/vmlinuz-6.6.52_1')],
    ...['mitigations=off', 'no.such'],
  ]);
  const [kernel] = JSON.parse(stdout).kernels;
  expect(kernel).toMatchObject({
    release: '6.6.52_1',
    support: { 'mitigations=off': { verdict: 'supported' }, 'no.such': { verdict: 'absent' } },
  });
});
