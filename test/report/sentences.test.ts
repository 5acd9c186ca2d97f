import { describe, expect, expectTypeOf, test } from 'vitest';
import type { ApplyNote } from '../../src/apply/apply-note.ts';
import type { ApplyProblem, WritingNeed } from '../../src/apply/problem.ts';
import type { BackupProblem } from '../../src/apply/rollback.ts';
import type { Settlement } from '../../src/apply/settle.ts';
import { COMMANDS, type CommandName, OPTIONS, type OptionName } from '../../src/cli/command-table.ts';
import type { LineFinding } from '../../src/diagnosis/audit-line.ts';
import type { ChoiceReason, ChoiceRefusal } from '../../src/diagnosis/choose-remedy.ts';
import type { ExposureReason } from '../../src/diagnosis/exposure.ts';
import type { GoalWarning } from '../../src/diagnosis/goal.ts';
import type { HazardId } from '../../src/diagnosis/hazard-id.ts';
import type { Remedy } from '../../src/diagnosis/remedy.ts';
import type { WordWarning } from '../../src/diagnosis/word-warnings.ts';
import type { EntryKind } from '../../src/facts/entry-kind.ts';
import type { FactsRefusal } from '../../src/facts/gather.ts';
import type { RefusedLayout, UnreadReason } from '../../src/facts/layout/loader-finding.ts';
import type { UnknownCause } from '../../src/generator/later-line.ts';
import type { GrubProblemCode } from '../../src/grub/grub-problem.ts';
import type { HostRefusal } from '../../src/host/host.ts';
import type { EvidenceReason, EvidenceSource, Seen } from '../../src/kernel/evidence.ts';
import type { Verdict } from '../../src/kernel/parameter-support.ts';
import type { PlanProblem, PlanRefusal } from '../../src/plan/plan-refusal.ts';
import type { MenuNews } from '../../src/plan/regenerated-menu.ts';
import { loadCatalogue } from '../../src/report/messages/catalogue.ts';
import { english } from '../../src/report/messages/en.ts';
import type { CodesOf, InFamily, MessageCode, Sentence } from '../../src/report/messages/sentence.ts';
import { chinese } from '../../src/report/messages/zh-cn.ts';

/** These are compared by `npm run check`: what lacks a sentence, or a value of it, does not compile. */
describe('whole by their types', () => {
  test('grub', () => {
    expectTypeOf<GrubProblemCode>().toExtend<CodesOf<'problem'>>();
    expectTypeOf<PlanProblem['code']>().toEqualTypeOf<CodesOf<'problem'>>();
    expectTypeOf<UnknownCause>().toEqualTypeOf<CodesOf<'unknown'>>();
  });

  test('kernel', () => {
    expectTypeOf<InFamily<'evidence', Seen>>().toExtend<Sentence>();
    expectTypeOf<Seen['code']>().toEqualTypeOf<CodesOf<'evidence'>>();
    expectTypeOf<EvidenceReason>().toEqualTypeOf<CodesOf<'reason'>>();
    expectTypeOf<EvidenceSource>().toEqualTypeOf<CodesOf<'source'>>();
    expectTypeOf<Verdict>().toEqualTypeOf<CodesOf<'verdict'>>();
  });

  test('facts', () => {
    expectTypeOf<UnreadReason>().toEqualTypeOf<CodesOf<'error.unreadable'>>();
    expectTypeOf<HostRefusal>().toExtend<EvidenceReason>();
    expectTypeOf<RefusedLayout>().toEqualTypeOf<CodesOf<'layout'>>();
    expectTypeOf<EntryKind>().toEqualTypeOf<CodesOf<'kind'> | 'normal'>();
    type Told = Exclude<FactsRefusal['code'], 'layout' | 'config-unreadable'>;
    expectTypeOf<`error.${Told}`>().toExtend<MessageCode>();
  });

  test('diagnosis', () => {
    expectTypeOf<ExposureReason>().toExtend<Sentence>();
    expectTypeOf<ChoiceReason>().toEqualTypeOf<CodesOf<'choice'>>();
    expectTypeOf<ChoiceRefusal | 'no-remedy-at-all'>().toEqualTypeOf<CodesOf<'refusal'>>();
    expectTypeOf<HazardId>().toEqualTypeOf<CodesOf<'hazard'>>();
    expectTypeOf<Remedy>().toEqualTypeOf<CodesOf<'remedy'>>();
    expectTypeOf<InFamily<'warning', WordWarning>>().toExtend<Sentence>();
    expectTypeOf<InFamily<'audit', LineFinding & { readonly title: string }>>().toExtend<Sentence>();
    expectTypeOf<`warning.${GoalWarning}`>().toExtend<MessageCode>();
  });

  test('plan', () => {
    type Told = Exclude<
      PlanRefusal['code'],
      | 'guarded-words'
      | 'line-too-long'
      | 'line-not-editable'
      | 'line-of-several-entries'
      | `next-boot-${string}`
    >;
    expectTypeOf<InFamily<'error', Extract<PlanRefusal, { code: Told }>>>().toExtend<Sentence>();
    expectTypeOf<`error.${PlanRefusal['code']}`>().toExtend<MessageCode>();
    expectTypeOf<InFamily<'warning', MenuNews>>().toExtend<Sentence>();
  });

  test('apply', () => {
    expectTypeOf<InFamily<'apply', ApplyNote>>().toExtend<Sentence>();
    expectTypeOf<`apply.${ApplyProblem['code']}`>().toExtend<MessageCode>();
    expectTypeOf<`apply.recovered-${Settlement['direction']}`>().toExtend<MessageCode>();
    expectTypeOf<InFamily<'rollback', BackupProblem>>().toExtend<Sentence>();
    expectTypeOf<WritingNeed>().toEqualTypeOf<CodesOf<'need'>>();
  });

  test('the command line', () => {
    expectTypeOf<CommandName>().toEqualTypeOf<CodesOf<'command'>>();
    expectTypeOf<CommandName>().toEqualTypeOf<CodesOf<'about'>>();
    expectTypeOf<OptionName | 'help' | 'version'>().toEqualTypeOf<CodesOf<'option'>>();
    expect(COMMANDS.map(({ name }) => english[`command.${name}`])).not.toContain(undefined);
    expect(Object.keys(OPTIONS).filter((name) => !(`option.${name}` in english))).toEqual([]);
  });
});

test.each(['en', 'zh-CN'] as const)('a sentence within a sentence is said in %s', async (language) => {
  const say = await loadCatalogue(language);
  const data = { path: '/a', systemCode: 'EACCES', files: 'nothing-written' } as const;
  for (const need of ['directory', 'owner', 'group', 'change'] as const) {
    expect(say('apply.not-writable', { ...data, need })).toContain(say(`need.${need}`));
  }
});

test.each([
  { language: 'English', catalogue: english },
  { language: 'Chinese', catalogue: chinese },
])('every sentence within a sentence has a family in $language', ({ catalogue }) => {
  const families = Object.values(catalogue).flatMap((sentence) =>
    [...sentence.matchAll(/\{@(\w+)\}/g)].map(([, family = '']) => family),
  );
  expect(
    families.filter((family) => !Object.keys(catalogue).some((code) => code.startsWith(`${family}.`))),
  ).toEqual([]);
});
