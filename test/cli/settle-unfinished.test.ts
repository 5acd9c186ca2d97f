import { readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carryOutPlan } from '../../src/cli/carry-out-plan.ts';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { settleUnfinished } from '../../src/cli/settle-unfinished.ts';
import { readSurroundings } from '../../src/facts/surroundings.ts';
import { systemError } from '../../src/host/system-error.ts';
import { applyUntil, isFirstCleanup, isRenameOf } from '../apply/cut-short.ts';
import { notFrozen } from '../apply/not-frozen.ts';
import { makeTree, plainOptions, planOf, removeTree } from '../apply/tree.ts';
import { CONFIG, DEFAULTS, filesBefore, plan } from '../apply/two-file-change.ts';
import { interceptOperations, onVfat } from '../fault/operations.ts';
import { contextOf } from './context-of-tree.ts';
import { shownText } from './shown-text.ts';

let root = '';
let context: CommandContext;
beforeEach(async () => {
  root = makeTree(filesBefore);
  context = await contextOf(root);
});
afterEach(() => {
  context.host.close();
  removeTree(root);
});

/** What a power cut on vfat leaves: the new file under its temporary name as well. */
const giveSecondName = () => {
  const [id = ''] = readdirSync(join(root, 'var/lib/bootmend/backups'));
  const second = join(root, 'boot/grub2', `.bootmend-${id}-1.new`);
  writeFileSync(second, 'new config\n');
  const { mtime } = statSync(join(root, CONFIG));
  for (const path of [second, join(root, CONFIG)]) utimesSync(path, mtime, mtime);
};

const cases = [
  { name: 'undone', cutBefore: isRenameOf('grub.cfg'), codes: ['recovered-back'] },
  { name: 'complete', cutBefore: isFirstCleanup, codes: ['recovered-forward'] },
  {
    name: 'two names of one file: neither undone nor complete',
    cutBefore: isFirstCleanup,
    meanwhile: giveSecondName,
    isVfat: true,
    codes: ['file-system-damaged', 'recovery-unfinished'],
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

describe('a change that was cut short and can be undone in no part', () => {
  /** The disk is ill: nothing can be renamed back. */
  const ill = () =>
    interceptOperations(context.host, ({ kind }) => {
      if (kind === 'rename') throw systemError('EIO', kind, 'injected');
    });

  beforeEach(async () => {
    await applyUntil(context.host, plan, isFirstCleanup);
    const state = join(root, 'var/lib/bootmend');
    renameSync(join(state, 'journal.json'), join(state, 'journal-undo.json'));
  });

  const ways = [
    {
      way: 'before anything is read',
      run: async () => (await settleUnfinished({ ...context, host: ill() })).report,
    },
    {
      way: 'under the lock',
      run: async () => {
        const start = { command: 'set', root, messages: [] };
        const surroundings = await readSurroundings(context.host);
        const again = planOf([{ path: CONFIG, before: 'new config\n', after: 'newer\n' }]);
        return carryOutPlan({ ...context, host: ill() }, again, surroundings, plainOptions, start);
      },
    },
  ];

  test.each(ways)('$way: every file is named, with what stood against it', async ({ run }) => {
    const report = await run();
    expect(report).toMatchObject({ outcome: 'refused', exitCode: 1, unrestored: [DEFAULTS, CONFIG] });
    if (report === undefined) return;
    const { text, messages } = await shownText(report, 'en');
    expect(text).toContain(`not as before: ${DEFAULTS} ${CONFIG}`);
    for (const path of [DEFAULTS, CONFIG])
      expect(messages).toContain(`${path}: recover failed: an input or output error of the device (EIO).`);
    expect(messages).toMatch(/that was cut short earlier \(backup 2026.*run again/);
    expect(text + messages).not.toMatch(/every file is as before|nothing was written/i);
  });
});

test.each(cases)('a change that was cut short is said to be what it became: $name', async (told) => {
  const { cutBefore, meanwhile = () => undefined, isRunningSystem = false, isVfat = false, codes } = told;
  await applyUntil(context.host, plan, cutBefore);
  meanwhile();
  const { messages, report } = await settleUnfinished({
    ...context,
    host: isRunningSystem ? notFrozen(context.host) : isVfat ? onVfat(context.host) : context.host,
  });
  expect((report?.messages ?? messages).map(({ code }) => code)).toEqual(
    codes.map((code) => `apply.${code}`),
  );
});
