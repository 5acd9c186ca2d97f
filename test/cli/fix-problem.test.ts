import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildElf, defaultSetup } from '../kernel/image/build-kernel.ts';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const cacheHome = mkdtempSync(join(tmpdir(), 'bootmend-problem-'));
afterAll(() => rmSync(cacheHome, { recursive: true, force: true }));

const RELEASES = ['6.1.0-39-amd64', '6.1.0-40-amd64'];

/** The Debian 12 tree with kernels that are built with an option, and that take transparent_hugepage= or not. */
function treeWith(option: string | undefined, takesWord = true): string {
  const root = copyFixture('debian-12');
  const setup = [...defaultSetup, ...(takesWord ? [{ name: 'transparent_hugepage=' }] : [])];
  for (const release of RELEASES) {
    writeFileSync(join(root, `boot/vmlinuz-${release}`), buildElf({ release, setup }).bytes);
    rmSync(join(root, `boot/System.map-${release}`));
    const path = join(root, `boot/config-${release}`);
    const config = readFileSync(path, 'latin1').replace(
      'CONFIG_SWAP=y\n',
      `CONFIG_SWAP=y\n${option === undefined ? '' : `${option}=y\n`}`,
    );
    writeFileSync(path, config, 'latin1');
  }
  return root;
}

function fix(root: string, ...options: readonly string[]) {
  const { stdout, exitCode } = runCli(['fix', '--root', root, '--json', ...options], {
    XDG_CACHE_HOME: cacheHome,
  });
  return { exitCode, report: JSON.parse(stdout) };
}

const HUGE = ['--problem', 'huge-pages-for-all'];
const ALWAYS = 'CONFIG_TRANSPARENT_HUGEPAGE_ALWAYS';

test('another known problem is cured by its own mildest remedy that is proven', () => {
  const root = treeWith(ALWAYS);
  const { exitCode, report } = fix(root, ...HUGE, '--yes');
  expect({ exitCode, choice: report.choice }).toMatchObject({
    exitCode: 0,
    choice: { remedy: 'thp-madvise', words: ['transparent_hugepage=madvise'] },
  });
  expect(Object.keys(report.kernels[0].support)).toEqual([
    'transparent_hugepage=madvise',
    'transparent_hugepage=never',
  ]);
  expect(report.hazards).toMatchObject([{ id: 'huge-pages-on-request', blocking: false }]);
  expect(readFileSync(join(root, 'boot/grub/grub.cfg'), 'latin1')).toMatch(/ transparent_hugepage=madvise/);
  expect(fix(root, ...HUGE, '--yes').report.outcome).toBe('unchanged');
});

test('the harder remedy takes the place of the milder one where a person decides', () => {
  const root = treeWith(ALWAYS);
  fix(root, ...HUGE, '--yes');
  expect(fix(root, ...HUGE, '--remedy', 'thp-never', '--yes').report.choice.remedy).toBe('thp-never');
  const text = readFileSync(join(root, 'boot/grub/grub.cfg'), 'latin1');
  expect(text).toMatch(/ transparent_hugepage=never/);
  expect(text).not.toMatch(/transparent_hugepage=madvise/);
});

test('a kernel that asks first, or knows none, needs nothing', () => {
  for (const option of ['CONFIG_TRANSPARENT_HUGEPAGE_MADVISE', undefined]) {
    const { exitCode, report } = fix(treeWith(option), ...HUGE, '--yes');
    expect({ exitCode, outcome: report.outcome }).toEqual({ exitCode: 0, outcome: 'unchanged' });
  }
});

test('a word that nothing reads is not written, and no way is named that would do nothing', () => {
  const root = treeWith(ALWAYS, false);
  const before = treeOf(root);
  const { exitCode, report } = fix(root, ...HUGE, '--yes');
  expect(exitCode).toBe(3);
  expect(JSON.stringify(report.messages)).not.toContain('--remedy');
  expect(treeOf(root)).toEqual(before);
});

test('fix alone stays the leak', () => {
  const { report } = fix(treeWith(ALWAYS), '--dry-run');
  expect(Object.keys(report.kernels[0].support)).toEqual(['cgroup.memory=nokmem', 'cgroup_disable=memory']);
});

test('a remedy of another problem is wrong usage', () => {
  const { exitCode, stderr } = runCli(['fix', '--root', treeWith(ALWAYS), ...HUGE, '--remedy', 'nokmem']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('kernel-memory-leak');
});
