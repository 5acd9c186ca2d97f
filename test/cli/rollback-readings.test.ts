import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rollback } from '../../src/cli/commands/rollback.ts';
import { interceptOperations } from '../fault/operations.ts';
import { contextOf } from './context-of-tree.ts';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const GRUB_CFG = 'boot/grub2/grub.cfg';
const DEFAULTS = 'etc/default/grub';

/** Rolls a `fix` back; once the plan is made and agreed to, and before it writes, `meanwhile` happens. */
async function rollBackWhile(
  words: readonly string[],
  before: (root: string, defaults: string) => void,
  meanwhile: (root: string) => void,
) {
  const root = copyFixture('centos-7.3');
  const defaults = readFileSync(join(root, DEFAULTS), 'latin1');
  runCli(['fix', '--yes', '--root', root]);
  before(root, defaults);
  const context = await contextOf(root, ['rollback', ...words, '--yes']);
  let left: ReturnType<typeof treeOf> | undefined;
  const host = interceptOperations(context.host, () => {
    if (left !== undefined) return;
    meanwhile(root);
    left = treeOf(root);
  });
  try {
    const { outcome, messages } = await rollback({ ...context, host });
    return { outcome, messages, left, after: treeOf(root) };
  } finally {
    context.host.close();
  }
}

describe('what a rollback was planned from, though it writes none of it, is compared again', () => {
  test.each([
    {
      name: 'a kernel that the restored menu names goes',
      words: [],
      before: () => undefined,
      meanwhile: (root: string) => rmSync(join(root, 'boot/vmlinuz-3.10.0-514.el7.x86_64')),
    },
    {
      name: 'a file that was put back by hand already changes again',
      words: [],
      before: (root: string, defaults: string) => writeFileSync(join(root, DEFAULTS), defaults, 'latin1'),
      meanwhile: (root: string) => appendFileSync(join(root, DEFAULTS), 'GRUB_TIMEOUT=9\n'),
    },
    {
      name: '--words-only: the environment block that chooses the entry changes',
      words: ['--words-only'],
      before: (root: string) => appendFileSync(join(root, GRUB_CFG), '# somebody was here\n'),
      meanwhile: (root: string) => {
        const path = join(root, 'boot/grub2/grubenv');
        writeFileSync(path, readFileSync(path, 'latin1').replace(/^saved_entry=.*$/m, 'saved_entry=9'));
      },
    },
  ])('$name', async ({ words, before, meanwhile }) => {
    const { outcome, messages, left, after } = await rollBackWhile(words, before, meanwhile);
    expect({ outcome, codes: messages.map(({ code }) => code) }).toEqual({
      outcome: 'refused',
      codes: ['apply.changed'],
    });
    expect(after).toEqual(left);
  });

  test('what bears on nothing may change', async () => {
    const { outcome } = await rollBackWhile(
      [],
      () => undefined,
      (root) => appendFileSync(join(root, 'etc/hostname'), 'other\n'),
    );
    expect(outcome).toBe('applied');
  });
});
