import { expect, test } from 'vitest';
import {
  chooseRemedy,
  type RemedyQuestion,
  type RequestedRemedy,
} from '../../src/diagnosis/choose-remedy.ts';
import { remediesOf, THE_LEAK } from '../../src/diagnosis/remedy.ts';

const exposed: RemedyQuestion = {
  remedies: remediesOf(THE_LEAK),
  exposure: { verdict: 'exposed', because: [] },
  verdicts: { nokmem: 'absent', disable: 'supported' },
  inPlace: [],
  isCmdlineFixed: false,
  hazardous: [],
};

interface Case {
  readonly rule: string;
  readonly question?: Partial<RemedyQuestion>;
  readonly requested?: RequestedRemedy;
  readonly isForced?: boolean;
  readonly remedy?: string;
  readonly refusal?: string;
}

const notExposed = { verdict: 'not-exposed', because: [] } as const;
const partly = {
  verdict: 'exposed',
  because: [{ code: 'exposure.leak-partly-fixed', data: { source: '', confidence: '' } }],
} as const;
const unknown = { verdict: 'unknown', because: [] } as const;

test.each<Case>([
  { rule: 'a kernel that does not leak needs nothing', question: { exposure: notExposed }, remedy: 'none' },
  {
    rule: 'the milder word wins where it is proven',
    question: { verdicts: { nokmem: 'supported', disable: 'supported' } },
    remedy: 'nokmem',
  },
  {
    rule: 'a leak that is mostly cured is no reason to take every limit away',
    question: { exposure: partly },
    refusal: 'remedy-too-hard',
  },
  {
    rule: 'but the milder word is taken',
    question: { exposure: partly, verdicts: { nokmem: 'supported', disable: 'supported' } },
    remedy: 'nokmem',
  },
  {
    rule: 'and the harder one, where a person decides',
    question: { exposure: partly },
    requested: 'disable',
    remedy: 'disable',
  },
  { rule: 'the word that works is taken where the milder does nothing', remedy: 'disable' },
  {
    rule: 'what is not proven is not guessed: the proven word is taken',
    question: { verdicts: { nokmem: 'unknown', disable: 'supported' } },
    remedy: 'disable',
  },
  {
    rule: 'a kernel with a command line of its own is refused',
    question: { isCmdlineFixed: true },
    refusal: 'command-line-fixed',
  },
  {
    rule: 'whatever is asked for',
    question: { isCmdlineFixed: true },
    requested: 'disable',
    refusal: 'command-line-fixed',
  },
  {
    rule: 'unless it does not leak',
    question: { isCmdlineFixed: true, exposure: notExposed },
    remedy: 'none',
  },
  {
    rule: 'conflicting evidence counts as unknown',
    question: { verdicts: { nokmem: 'conflicting', disable: 'supported' } },
    remedy: 'disable',
  },
  {
    rule: 'nothing proven is refused',
    question: { verdicts: { nokmem: 'unknown', disable: 'unknown' } },
    refusal: 'no-proven-remedy',
  },
  {
    rule: 'a hazard stands against turning the controller off',
    question: { hazardous: ['disable'] },
    refusal: 'hazard-not-accepted',
  },
  {
    rule: 'a hazard of the other remedy is no matter',
    question: { verdicts: { nokmem: 'supported', disable: 'supported' }, hazardous: ['disable'] },
    remedy: 'nokmem',
  },
  { rule: 'unknown exposure is asked about', question: { exposure: unknown }, refusal: 'exposure-unknown' },
  {
    rule: 'a controller that is off already stays off',
    question: { verdicts: { nokmem: 'supported', disable: 'supported' }, inPlace: ['disable'] },
    remedy: 'disable',
  },
  {
    rule: 'a request overrides unknown exposure',
    question: { exposure: unknown },
    requested: 'disable',
    remedy: 'disable',
  },
  {
    rule: 'a request for an unproven word is granted',
    question: { verdicts: { nokmem: 'unknown', disable: 'supported' } },
    requested: 'nokmem',
    remedy: 'nokmem',
  },
  { rule: 'a request for a dead word is refused', requested: 'nokmem', refusal: 'remedy-without-effect' },
  { rule: 'force writes even a dead word', requested: 'nokmem', isForced: true, remedy: 'nokmem' },
  {
    rule: 'a request does not accept a hazard',
    question: { hazardous: ['disable'] },
    requested: 'disable',
    refusal: 'hazard-not-accepted',
  },
])('remedy: $rule', ({ question, requested = 'auto', isForced = false, remedy, refusal }) => {
  const choice = chooseRemedy({ ...exposed, ...question }, requested, isForced);
  if (choice.ok) expect(choice.remedy).toBe(remedy);
  else expect(choice.refusal).toBe(refusal);
  expect(choice.ok).toBe(refusal === undefined);
});
