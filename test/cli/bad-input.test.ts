import { spawn } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { copyFixture, ownedByNobody, runCli, treeOf } from './run-cli.ts';

const GRUB_CFG = 'boot/grub2/grub.cfg';
const DEFAULTS = 'etc/default/grub';

interface Case {
  readonly rule: string;
  readonly spoil: (root: string) => void;
  readonly exitCode: number;
  readonly says: RegExp;
}

const edit = (path: string, change: (text: string) => string) => (root: string) => {
  const text = readFileSync(join(root, path), 'latin1');
  writeFileSync(join(root, path), change(text), 'latin1');
};
const replaceByDirectory = (path: string) => (root: string) => {
  rmSync(join(root, path));
  mkdirSync(join(root, path));
};

const refused: readonly Case[] = [
  {
    rule: 'a missing grub.cfg',
    spoil: (root) => rmSync(join(root, GRUB_CFG)),
    exitCode: 3,
    says: /\/boot\/grub2\/grub\.cfg is not there/,
  },
  {
    rule: 'an empty grub.cfg',
    spoil: edit(GRUB_CFG, () => ''),
    exitCode: 3,
    says: /\/boot\/grub2\/grub\.cfg is empty/,
  },
  {
    rule: 'a directory in the place of grub.cfg',
    spoil: replaceByDirectory(GRUB_CFG),
    exitCode: 3,
    says: /not a regular file/,
  },
  {
    rule: 'binary junk',
    spoil: edit(GRUB_CFG, () => '\x7fELF\x02\x01"\x00\x00}{'),
    exitCode: 3,
    says: /grub\.cfg:1:\d+: /,
  },
  {
    rule: 'a quote that never closes',
    spoil: edit(GRUB_CFG, (text) => text.replace("menuentry 'CentOS", 'menuentry CentOS')),
    exitCode: 3,
    says: /grub\.cfg:\d+:\d+: /,
  },
  {
    rule: 'a brace that never closes',
    spoil: edit(GRUB_CFG, (text) => text.replace(/\n}\n/, '\n')),
    exitCode: 3,
    says: /grub\.cfg:\d+:\d+: /,
  },
  {
    rule: 'a missing defaults file',
    spoil: (root) => rmSync(join(root, DEFAULTS)),
    exitCode: 3,
    says: /\/etc\/default\/grub is not there/,
  },
  {
    rule: 'an empty defaults file',
    spoil: edit(DEFAULTS, () => ''),
    exitCode: 3,
    says: /\/etc\/default\/grub is empty/,
  },
  {
    rule: 'a directory in the place of the defaults file',
    spoil: replaceByDirectory(DEFAULTS),
    exitCode: 3,
    says: /not a regular file/,
  },
  {
    rule: 'a defaults file with an open quote',
    spoil: edit(DEFAULTS, (text) => text.replace('quiet"', 'quiet')),
    exitCode: 3,
    says: /\/etc\/default\/grub:\d+:\d+: /,
  },
  {
    rule: 'a link that leaves the root',
    spoil: (root) => {
      rmSync(join(root, GRUB_CFG));
      symlinkSync('../../../../../../../../../etc/hostname-of-somebody', join(root, GRUB_CFG));
    },
    exitCode: 3,
    says: /is not there|leads out/,
  },
  {
    rule: 'links in a circle',
    spoil: (root) => {
      rmSync(join(root, GRUB_CFG));
      symlinkSync('grub.cfg', join(root, GRUB_CFG));
    },
    exitCode: 3,
    says: /circle|ELOOP/,
  },
  {
    rule: 'a hard-linked grub.cfg',
    spoil: (root) => linkSync(join(root, GRUB_CFG), join(root, 'boot/second-name')),
    exitCode: 3,
    says: /hard link/,
  },
];

test.each(refused)(
  '$rule is refused with the place and what to do; every file is as before',
  ({ spoil, exitCode, says }) => {
    const root = copyFixture('centos-7.3');
    spoil(root);
    const before = treeOf(root);
    const result = runCli(['fix', '--yes', '--root', root]);
    expect(result.stderr).toMatch(says);
    expect(result.exitCode).toBe(exitCode);
    expect(treeOf(root)).toEqual(before);
  },
);

const edited: readonly Omit<Case, 'exitCode' | 'says'>[] = [
  { rule: 'CRLF line ends', spoil: edit(GRUB_CFG, (text) => text.replaceAll('\n', '\r\n')) },
  {
    rule: 'no final newline',
    spoil: (root) => {
      edit(GRUB_CFG, (text) => text.trimEnd())(root);
      edit(DEFAULTS, (text) => text.trimEnd())(root);
    },
  },
  {
    rule: 'invalid UTF-8',
    spoil: (root) => {
      edit(GRUB_CFG, (text) => text.replace('CentOS Linux (', 'Cent\xff\xfeOS ('))(root);
      edit(DEFAULTS, (text) => `# \xff\n${text}`)(root);
    },
  },
];

test.each(edited)('$rule: only our word is added, every other byte stays', ({ spoil }) => {
  const root = copyFixture('centos-7.3');
  spoil(root);
  const before = treeOf(root);
  expect(runCli(['fix', '--yes', '--root', root]).exitCode).toBe(0);
  const after = treeOf(root);
  for (const path of [`/${GRUB_CFG}`, `/${DEFAULTS}`]) {
    expect(after[path]).toContain('cgroup_disable=memory');
    expect(after[path]?.replaceAll(' cgroup_disable=memory', '')).toBe(before[path]);
  }
});

test('what this user may not write is refused before anything is done, and its own tree is no trouble', () => {
  const root = copyFixture('centos-7.3');
  const own = ownedByNobody(root);
  const { exitCode, stderr } = own.run(['fix', '--yes', '--root', root], () => {
    chmodSync(join(root, GRUB_CFG), 0o444);
    chmodSync(join(root, 'boot/grub2'), 0o555);
  });
  expect(stderr).toMatch(/\/boot\/grub2 can’t be written by this user, permission denied \(EACCES/);
  expect(exitCode).toBe(3);
  chmodSync(join(root, 'boot/grub2'), 0o755);
  expect(own.run(['fix', '--yes', '--root', root]).exitCode).toBe(0);
});

test('several processes at once: each ends, the word is there once', async () => {
  const root = copyFixture('centos-7.3');
  const launcher = fileURLToPath(new URL('../../bin/bootmend.js', import.meta.url));
  const runs = Array.from({ length: 4 }, () => {
    return new Promise<number | null>((resolve) => {
      spawn(process.execPath, [launcher, 'fix', '--yes', '--root', root], { stdio: 'ignore' }).on(
        'close',
        resolve,
      );
    });
  });
  const exitCodes = await Promise.all(runs);
  expect(exitCodes.filter((code) => code !== 0 && code !== 3)).toEqual([]);
  expect(exitCodes).toContain(0);
  expect(treeOf(root)[`/${DEFAULTS}`]?.match(/cgroup_disable=memory/g)).toHaveLength(1);
});

describe('an unknown kernel', () => {
  const unknown = (root: string) => {
    for (const release of ['3.10.0-514.6.1', '3.10.0-514.2.2', '3.10.0-514']) {
      rmSync(join(root, `boot/System.map-${release}.el7.x86_64`));
      rmSync(join(root, `boot/config-${release}.el7.x86_64`));
      rmSync(join(root, `boot/vmlinuz-${release}.el7.x86_64`));
      writeFileSync(join(root, `boot/vmlinuz-${release.replace('3.10.0', '3.9.77')}.acme`), 'no kernel');
    }
    edit(GRUB_CFG, (text) => text.replaceAll(/3\.10\.0(-514[0-9.]*)\.el7\.x86_64/g, '3.9.77$1.acme'))(root);
  };

  test('--yes refuses and names --remedy', () => {
    const root = copyFixture('centos-7.3');
    unknown(root);
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['fix', '--yes', '--root', root]);
    expect(stderr).toContain('--remedy');
    expect(exitCode).toBe(3);
    expect(treeOf(root)).toEqual(before);
  });

  test('--remedy decides', () => {
    const root = copyFixture('centos-7.3');
    unknown(root);
    expect(runCli(['fix', '--yes', '--remedy', 'disable', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)[`/${GRUB_CFG}`]?.match(/cgroup_disable=memory/g)).toHaveLength(3);
  });
});

test.each([
  { rule: 'an unknown command', words: ['mend'] },
  { rule: 'an unknown option', words: ['status', '--rooot', '/'] },
  { rule: 'no command', words: [] },
  { rule: 'a value that is no choice', words: ['fix', '--remedy', 'prayer'] },
  { rule: 'a missing value', words: ['status', '--root'] },
  { rule: 'set without a word', words: ['set'] },
  { rule: 'a root that is not there', words: ['status', '--root', '/nowhere/at/all'] },
])('wrong usage: $rule exits 2', ({ words }) => {
  const { exitCode, stderr } = runCli(words);
  expect(exitCode).toBe(2);
  expect(stderr).not.toBe('');
});
