import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carryOutPlan } from '../../src/cli/carry-out-plan.ts';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { readSurroundings } from '../../src/facts/surroundings.ts';
import { systemError } from '../../src/host/system-error.ts';
import type { Report } from '../../src/report/report.ts';
import { notFrozen } from '../apply/not-frozen.ts';
import { makeTree, plainOptions, removeTree } from '../apply/tree.ts';
import { CONFIG, DEFAULTS, filesBefore, plan } from '../apply/two-file-change.ts';
import { interceptOperations, type Operation, onVfat } from '../fault/operations.ts';
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

async function carryOut(host: CommandContext['host'], isWellWritten = true): Promise<Report> {
  const found = { path: CONFIG, detail: 'no menu entries' };
  const how = { ...plainOptions, verify: async () => (isWellWritten ? undefined : found) };
  const report = { command: 'set', root, messages: [] };
  return carryOutPlan({ ...context, host }, plan, await readSurroundings(host), how, report);
}

test('a change that was taken back on the running system: GRUB may see the new text until a clean reboot', async () => {
  const { outcome, messages } = await carryOut(notFrozen(context.host), false);
  expect(outcome).toBe('failed-restored');
  expect(messages.map(({ code }) => code)).toEqual(['apply.verification-failed', 'apply.reboot-cleanly']);
});

test.each([
  { kind: 'apply', freeBytes: 4096, isDryRun: true, codes: ['warning.space-for-rollback'] },
  { kind: 'apply', freeBytes: 4096, isDryRun: false, codes: ['warning.space-for-rollback'] },
  { kind: 'apply', freeBytes: 64 << 20, isDryRun: true, codes: [] },
  { kind: 'rollback', freeBytes: 4, isDryRun: true, codes: ['warning.no-space-to-restore'] },
  { kind: 'rollback', freeBytes: 4, isDryRun: false, codes: ['warning.no-space-to-restore'] },
  { kind: 'rollback', freeBytes: 4096, isDryRun: true, codes: [] },
] as const)(
  'a rollback may find no space: said before $kind, with $freeBytes bytes free, dry run: $isDryRun',
  async ({ kind, freeBytes, isDryRun, codes }) => {
    const { host, invocation } = context;
    const full = {
      ...context,
      host: { ...host, freeBytes: async () => ({ ok: true, freeBytes, realPath: '/' }) as const },
      invocation: { ...invocation, options: { ...invocation.options, 'dry-run': isDryRun } },
    };
    const start = { command: 'set', root, messages: [] };
    const how = { ...plainOptions, kind };
    const report = await carryOutPlan(full, plan, await readSurroundings(host), how, start);
    expect([...new Set(report.messages.map(({ code }) => code))]).toEqual(codes);
  },
);

test.each(['en', 'zh-CN'] as const)(
  'the written file has two names: fsck is asked for in %s',
  async (language) => {
    let isWritten = false;
    const host = interceptOperations(context.host, (operation) => {
      if (isWritten && isOf('/boot/grub2', 'sync-directory')(operation)) giveSecondName();
      isWritten ||= IN_BOOT.rename(operation);
    });
    const report = await carryOut(onVfat(host));
    expect(report.outcome).toBe('applied');
    expect(report.messages).toMatchObject([{ level: 'warning', code: 'apply.file-system-damaged' }]);
    const { messages } = await shownText(report, language);
    expect(messages).toContain('fsck.vfat');
    expect(messages).not.toMatch(/\{@?[a-zA-Z0-9]+\}/);
  },
);

/** What a vfat that is damaged can show after a rename. */
function giveSecondName(): void {
  const [id = ''] = readdirSync(join(root, 'var/lib/bootmend/backups'));
  const second = join(root, 'boot/grub2', `.bootmend-${id}-1.new`);
  writeFileSync(second, 'new config\n');
  const time = new Date(1000);
  for (const name of [second, join(root, CONFIG)]) utimesSync(name, time, time);
}

/** Lets operations fail. */
const fail = (isFailing: (operation: Operation) => boolean) => (operation: Operation) => {
  if (isFailing(operation)) throw systemError('EIO', operation.kind, 'injected');
};
const isOf = (directory: string, kind: Operation['kind']) => (operation: Operation) =>
  operation.kind === kind && 'directory' in operation && operation.directory === directory;
const isOldBack = (operation: Operation) => operation.kind === 'rename' && operation.from.endsWith('.old');
const IN_BOOT = { rename: isOf('/boot/grub2', 'rename'), unlink: isOf('/boot/grub2', 'unlink') };

interface Failure {
  readonly name: string;
  readonly before: () => (operation: Operation) => void;
  readonly isWellWritten?: boolean;
  readonly outcome: string;
  readonly unrestored?: readonly string[];
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

const NOTHING = { en: 'othing was written', zh: '没有写入任何内容' };
const AS_BEFORE = { en: 'very file is as before', zh: '所有文件都与之前相同' };

const failures: readonly Failure[] = [
  {
    name: 'before anything was written',
    before: () => fail(isOf('/var/lib/bootmend', 'create')),
    outcome: 'refused',
    en: [NOTHING.en],
    zh: [NOTHING.zh],
  },
  {
    name: 'and every file was taken back',
    before: () => () => undefined,
    isWellWritten: false,
    outcome: 'failed-restored',
    en: [AS_BEFORE.en],
    zh: [AS_BEFORE.zh],
  },
  {
    name: 'and every file was taken back, but something was left beside one',
    before: () => fail((operation) => IN_BOOT.rename(operation) || IN_BOOT.unlink(operation)),
    outcome: 'failed-restored',
    en: [AS_BEFORE.en, 'left behind at /boot/grub2/grub.cfg: an input or output error of the device (EIO)'],
    zh: [AS_BEFORE.zh, '/boot/grub2/grub.cfg 处留有残余文件：设备输入输出错误（EIO）'],
  },
  {
    name: 'and one file could not be taken back',
    before: () => fail((operation) => IN_BOOT.rename(operation) || isOldBack(operation)),
    outcome: 'failed-restored',
    unrestored: [DEFAULTS],
    en: [
      'not as before: /etc/default/grub',
      `${DEFAULTS}: recover failed: an input or output error of the device (EIO)`,
      'The next command that writes tries again',
    ],
    zh: [
      '与之前不同的文件：/etc/default/grub',
      `${DEFAULTS}：recover 失败：设备输入输出错误（EIO）`,
      '下一个要写入的命令会再次尝试',
    ],
  },
  {
    name: 'and somebody had changed a file meanwhile',
    before: () => (operation) => {
      if (IN_BOOT.rename(operation)) writeFileSync(join(root, DEFAULTS), 'theirs\n');
      fail(IN_BOOT.rename)(operation);
    },
    outcome: 'failed-restored',
    unrestored: [DEFAULTS],
    en: ['not as before: /etc/default/grub', 'Look at them, and at backup 2026'],
    zh: ['与之前不同的文件：/etc/default/grub', '请检查这些文件和备份 2026'],
  },
];

describe.each(failures)('a change failed $name', (failure) => {
  const { before, isWellWritten, outcome, unrestored } = failure;
  test.each(['en', 'zh'] as const)('what became of the files is said in %s', async (language) => {
    const report = await carryOut(interceptOperations(context.host, before()), isWellWritten);
    expect(report).toMatchObject({ outcome });
    expect(report.unrestored).toEqual(unrestored);
    const { text, messages } = await shownText(report, language === 'en' ? 'en' : 'zh-CN');
    for (const sentence of failure[language]) expect(text + messages).toContain(sentence);
    for (const { [language]: reassurance } of [NOTHING, AS_BEFORE]) {
      const isTrue = failure[language].includes(reassurance);
      expect([text.includes(reassurance), messages.includes(reassurance)]).toEqual([isTrue, isTrue]);
    }
    expect(text + messages).not.toMatch(/\{@?[a-zA-Z0-9]+\}/);
  });
});
