import { describe, expect, test } from 'vitest';
import { moduleEvidence, moduleOf, readModules } from '../../src/facts/module-parameters.ts';
import type { EvidenceSays } from '../../src/kernel/evidence.ts';
import { compress } from '../kernel/image/build-container.ts';
import { buildModule, buildModuleWithTable } from '../kernel/image/build-kernel.ts';
import { hostOf, type Tree } from './tree.ts';

const RELEASE = '6.1.0-test';
const FOLDER = `/usr/lib/modules/${RELEASE}`;
const format = { wordBytes: 8, isLittleEndian: true } as const;
const module = (name: string, parameter: string) =>
  buildModule([`parmtype=${parameter}:int`, `name=${name}`], format);

const tree: Tree = {
  [`${FOLDER}/modules.dep`]: [
    'kernel/plain.ko:',
    'kernel/drivers/nvme-core.ko.xz: kernel/plain.ko',
    'kernel/fs/zipped.ko.gz:',
    'kernel/fs/squeezed.ko.zst:',
    'kernel/damaged.ko.xz:',
    'kernel/text.ko:',
    'kernel/gone.ko:',
    'kernel/unread.ko:',
    'kernel/nf_conntrack.ko.xz:',
    '',
  ].join('\n'),
  [`${FOLDER}/kernel/plain.ko`]: module('plain', 'depth'),
  [`${FOLDER}/kernel/drivers/nvme-core.ko.xz`]: compress('xz', module('nvme_core', 'io-timeout')),
  [`${FOLDER}/kernel/fs/zipped.ko.gz`]: compress('gzip', module('zipped', 'level')),
  [`${FOLDER}/kernel/fs/squeezed.ko.zst`]: compress('zstd', module('squeezed', 'level')),
  [`${FOLDER}/kernel/damaged.ko.xz`]: compress('xz', module('damaged', 'x')).subarray(0, 40),
  [`${FOLDER}/kernel/text.ko`]: 'no module',
  [`${FOLDER}/kernel/unread.ko`]: buildModuleWithTable(
    ['name=unread', 'parmtype=a:int'],
    ['a', '\x01'],
    format,
  ),
  [`${FOLDER}/kernel/nf_conntrack.ko.xz`]: compress(
    'xz',
    buildModuleWithTable(['name=nf_conntrack'], ['hashsize'], format),
  ),
  [`${FOLDER}/modules.alias`]: '# aliases\nalias ip_conntrack nf_conntrack\n',
  [`${FOLDER}/modules.softdep`]: 'softdep plain pre: crc32c\n',
  [`${FOLDER}/modules.builtin.modinfo`]: 'printk.parmtype=time:bool\0',
};

async function evidenceOf(on: Tree, word: string, imageSays?: EvidenceSays) {
  const host = await hostOf(on);
  const answers = await readModules(host, RELEASE, new Set([moduleOf(word) ?? '']));
  return moduleEvidence(answers, word, imageSays);
}

describe('what a module says of its parameter', () => {
  test.each([
    { rule: 'a loadable one has it', word: 'plain.depth=3', path: `${FOLDER}/kernel/plain.ko` },
    {
      rule: 'dash and underscore are the same, in module and parameter, in file and word',
      word: 'nvme-core.io_timeout=1',
      path: `${FOLDER}/kernel/drivers/nvme-core.ko.xz`,
    },
    {
      rule: 'registered and not described',
      word: 'nf_conntrack.hashsize=4096',
      path: `${FOLDER}/kernel/nf_conntrack.ko.xz`,
    },
    { rule: 'packed with gzip', word: 'zipped.level=1', path: `${FOLDER}/kernel/fs/zipped.ko.gz` },
    { rule: 'packed with zstd', word: 'squeezed.level', path: `${FOLDER}/kernel/fs/squeezed.ko.zst` },
    { rule: 'a built-in one has it', word: 'printk.time=1', path: `${FOLDER}/modules.builtin.modinfo` },
  ])('present: $rule', async ({ word, path }) => {
    expect(await evidenceOf(tree, word)).toMatchObject({
      source: 'modules',
      says: 'present',
      code: 'modules.parameter-listed',
      path,
    });
  });

  test.each([
    { rule: 'a loadable one lacks it, whatever the image says', word: 'plain.width=3', imageSays: undefined },
    { rule: 'no module has the name, nor the image', word: 'nosuch.depth=3', imageSays: 'absent' as const },
    { rule: 'a built-in one lacks it, and the image', word: 'printk.tim=1', imageSays: 'absent' as const },
  ])('absent: $rule', async ({ word, imageSays }) => {
    expect(await evidenceOf(tree, word, imageSays)).toMatchObject({
      says: 'absent',
      code: 'modules.parameter-missing',
    });
  });

  test.each([
    { rule: 'only the image shows what built-in code takes', word: 'rcupdate.x=1', reason: 'image-decides' },
    { rule: 'taken for any module', word: 'plain.async_probe', reason: 'taken-for-any-module' },
    { rule: 'taken for any built-in one', word: 'printk.dyndbg=+p', reason: 'taken-for-any-module' },
    { rule: 'a table that can’t be read', word: 'unread.b=1', reason: 'param-table-unread' },
    { rule: 'an alias of a module', word: 'ip_conntrack.hashsize=1', reason: 'module-alias' },
    { rule: 'a dependency that may be an alias', word: 'crc32c.x=1', reason: 'module-alias' },
    { rule: 'a damaged file', word: 'damaged.x=1', reason: 'damaged' },
    { rule: 'no module at all', word: 'text.x=1', reason: 'not-a-module' },
    { rule: 'a listed file that is gone', word: 'gone.x=1', reason: 'missing' },
  ])('inconclusive: $rule', async ({ word, reason }) => {
    expect(await evidenceOf(tree, word)).toMatchObject({ says: 'inconclusive', data: { reason } });
  });

  test.each([
    { rule: 'no folder of this kernel', on: {}, reason: 'no-modules' },
    {
      rule: 'no list of loadable modules',
      on: { [`${FOLDER}/kernel/fs/xfs.ko`]: module('xfs', 'depth') },
      reason: 'no-module-list',
    },
  ])('inconclusive: $rule', async ({ on, reason }) => {
    expect(await evidenceOf(on, 'xfs.depth', 'absent')).toMatchObject({
      says: 'inconclusive',
      data: { reason },
    });
  });

  test('absent: a kernel beside which no loadable module lies', async () => {
    const on = { [`${FOLDER}/modules.builtin`]: 'kernel/fs/ext4/ext4.ko\n', [`${FOLDER}/vmlinuz`]: '' };
    expect(await evidenceOf(on, 'xfs.depth', 'absent')).toMatchObject({ says: 'absent', path: FOLDER });
  });

  test('a module that was not asked is not read', () => {
    expect(moduleEvidence(new Map(), 'xfs.depth', 'absent')).toMatchObject({
      says: 'inconclusive',
      data: { reason: 'not-read' },
    });
  });
});

test('without modules.dep, modules.order leads to the module, packed or not', async () => {
  const folder = `/lib/modules/${RELEASE}`;
  const ordered = {
    [`${folder}/modules.order`]: 'kernel/fs/xfs.ko\n',
    [`${folder}/kernel/fs/xfs.ko.xz`]: compress('xz', module('xfs', 'depth')),
  };
  expect(await evidenceOf(ordered, 'xfs.depth=1')).toMatchObject({
    says: 'present',
    path: `${folder}/kernel/fs/xfs.ko.xz`,
  });
});
