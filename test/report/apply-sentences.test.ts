import { expect, test } from 'vitest';
import type { ApplyNote } from '../../src/apply/apply-note.ts';
import type { ApplyProblemCode, WritingNeed } from '../../src/apply/problem.ts';
import type { RollbackProblem } from '../../src/apply/rollback.ts';
import type { Settlement } from '../../src/apply/settle.ts';
import { loadCatalogue } from '../../src/report/messages/catalogue.ts';
import { english } from '../../src/report/messages/en.ts';
import { chinese } from '../../src/report/messages/zh-cn.ts';

/** Whole by their types: a code that is new in src/apply does not compile until it stands here. */
const problems: Readonly<Record<ApplyProblemCode, true>> = {
  locked: true,
  'locked-by-unknown': true,
  'lock-program-missing': true,
  'package-transaction': true,
  'package-lock-file': true,
  'state-not-trusted': true,
  'state-newer': true,
  'set-ids-used-up': true,
  'not-boot-configuration': true,
  changed: true,
  'hard-linked': true,
  immutable: true,
  signed: true,
  'not-writable': true,
  'attributes-lost': true,
  'environment-block-size': true,
  'system-refused': true,
  'verification-failed': true,
  'recovery-unfinished': true,
  'recovery-left-files': true,
  'file-system-damaged': true,
  'journal-damaged': true,
  interrupted: true,
};
const notes: Readonly<Record<ApplyNote['code'], true>> = {
  'reboot-cleanly': true,
  'cleanup-left': true,
  'file-system-damaged': true,
  'retention-failed': true,
};
const needs: Readonly<Record<WritingNeed, true>> = {
  directory: true,
  owner: true,
  group: true,
  change: true,
};
const directions: Readonly<Record<Settlement['direction'], true>> = { back: true, forward: true };
const rollbackProblems: Readonly<Record<Exclude<RollbackProblem['code'], 'state-not-trusted'>, true>> = {
  'nothing-to-undo': true,
  'backup-unknown': true,
  'backup-damaged': true,
  'backup-newer': true,
  'damaged-between': true,
  'backup-pruned': true,
  'backups-unreadable': true,
};

const codes = [
  ...Object.keys({ ...problems, ...notes, 'left-alone': true, unrestored: true }).map(
    (code) => `apply.${code}`,
  ),
  ...Object.keys(needs).map((need) => `need.${need}`),
  ...Object.keys(directions).map((direction) => `apply.recovered-${direction}`),
  ...Object.keys(rollbackProblems).map((code) => `rollback.${code}`),
];

test.each([
  { language: 'English', catalogue: english },
  { language: 'Chinese', catalogue: chinese },
])('all that applying and taking back can say has a sentence in $language', ({ catalogue }) => {
  expect(codes.filter((code) => !(code in catalogue))).toEqual([]);
});

test.each(['en', 'zh-CN'] as const)('what writing a file needs is said in %s', async (language) => {
  const say = await loadCatalogue(language);
  for (const need of Object.keys(needs)) {
    const said = say('apply.not-writable', {
      path: '/a',
      systemCode: 'EACCES',
      need,
      files: 'nothing-written',
    });
    expect(said).toContain(say(`need.${need}`));
  }
});
