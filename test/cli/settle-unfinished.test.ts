import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { settleUnfinished } from '../../src/cli/settle-unfinished.ts';
import { applyUntil, isFirstCleanup, isRenameOf } from '../apply/cut-short.ts';
import { makeTree, planOf, removeTree } from '../apply/tree.ts';
import { contextOf } from './context-of-tree.ts';

const DEFAULTS = '/etc/default/grub';
const CONFIG = '/boot/grub2/grub.cfg';
const plan = planOf([
  { path: DEFAULTS, before: 'old defaults\n', after: 'new defaults\n', decides: 'later-kernels' },
  { path: CONFIG, before: 'old config\n', after: 'new config\n' },
]);

let root = '';
let context: CommandContext;
beforeEach(async () => {
  root = makeTree({ [DEFAULTS]: 'old defaults\n', [CONFIG]: 'old config\n' });
  context = await contextOf(root);
});
afterEach(() => {
  context.host.close();
  removeTree(root);
});

/** What a power cut on vfat leaves: the new file under its temporary name as well. */
const giveSecondName = () => {
  const [id = ''] = readdirSync(join(root, 'var/lib/bootmend/backups'));
  writeFileSync(join(root, 'boot/grub2', `.bootmend-${id}-1.new`), 'new config\n');
};

const cases = [
  { name: 'undone', cutBefore: isRenameOf('grub.cfg'), codes: ['recovered-back'] },
  { name: 'complete', cutBefore: isFirstCleanup, codes: ['recovered-forward'] },
  {
    name: 'two names of one file: neither undone nor complete',
    cutBefore: isFirstCleanup,
    meanwhile: giveSecondName,
    codes: ['file-system-damaged'],
  },
  {
    name: 'a file was left alone: not undone',
    cutBefore: isRenameOf('grub.cfg'),
    meanwhile: () => writeFileSync(join(root, CONFIG), 'theirs\n'),
    codes: ['recovery-left-files'],
  },
  {
    name: 'undone on the running system, whose loader may see the new text still',
    cutBefore: isRenameOf('grub.cfg'),
    isRunningSystem: true,
    codes: ['recovered-back', 'reboot-cleanly'],
  },
];

test.each(cases)('a change that was cut short is said to be what it became: $name', async (told) => {
  const { cutBefore, meanwhile = () => undefined, isRunningSystem = false, codes } = told;
  await applyUntil(context.host, plan, cutBefore);
  meanwhile();
  const { messages, report } = await settleUnfinished({
    ...context,
    host: { ...context.host, isRunningSystem },
  });
  expect((report?.messages ?? messages).map(({ code }) => code)).toEqual(
    codes.map((code) => `apply.${code}`),
  );
});
