import { expect, test } from 'vitest';
import type { Exposure } from '../../src/diagnosis/exposure.ts';
import { readRunningFacts } from '../../src/facts/running/running-facts.ts';
import { readRunningState } from '../../src/facts/running/running-state.ts';
import { situationOf } from '../../src/verification/situation.ts';
import { verifyWords } from '../../src/verification/verify-words.ts';
import { hostOf } from '../facts/tree.ts';

const DISABLE = 'cgroup_disable=memory';
const NOKMEM = 'cgroup.memory=nokmem';

interface Case {
  readonly rule: string;
  readonly line: string;
  readonly next: string | undefined;
  readonly enabled?: 0 | 1;
  readonly exposure?: Exposure['verdict'];
  readonly last?: { readonly set: readonly string[]; readonly unset: readonly string[] };
  readonly state: string;
  readonly words?: readonly string[];
  readonly leaking?: boolean;
}

test.each<Case>([
  { rule: 'no word, and it leaks', line: 'ro', next: 'ro', state: 'leaks', leaking: true },
  {
    rule: 'no word, no leak',
    line: 'ro',
    next: 'ro',
    exposure: 'not-exposed',
    state: 'not-exposed',
    leaking: false,
  },
  { rule: 'no word, not known', line: 'ro', next: 'ro', exposure: 'unknown', state: 'not-known' },
  {
    rule: 'set by whomever, not booted',
    line: 'ro',
    next: `ro ${DISABLE}`,
    state: 'reboot-pending',
    words: [DISABLE],
    leaking: true,
  },
  {
    rule: 'a dead word is replaced with the next boot',
    line: NOKMEM,
    next: DISABLE,
    state: 'reboot-pending',
    words: [DISABLE],
    leaking: true,
  },
  {
    rule: 'another word of the last change waits',
    line: 'ro',
    next: 'ro audit=1',
    last: { set: ['audit=1'], unset: [] },
    state: 'reboot-pending',
    words: ['audit=1'],
    leaking: true,
  },
  {
    rule: 'a remedy goes with the next boot',
    line: DISABLE,
    next: 'ro',
    enabled: 0,
    state: 'reboot-pending',
    words: [],
    leaking: false,
  },
  {
    rule: 'in effect',
    line: DISABLE,
    next: DISABLE,
    enabled: 0,
    state: 'in-effect',
    words: [DISABLE],
    leaking: false,
  },
  {
    rule: 'in effect, the next boot not known',
    line: DISABLE,
    next: undefined,
    enabled: 0,
    state: 'in-effect',
    words: [DISABLE],
    leaking: false,
  },
  {
    rule: 'without effect',
    line: NOKMEM,
    next: NOKMEM,
    state: 'without-effect',
    words: [NOKMEM],
    leaking: true,
  },
])('$rule', async ({ line, next, enabled = 1, exposure = 'exposed', last, state, words, leaking }) => {
  const host = await hostOf({
    'proc/cmdline': `${line}\n`,
    'proc/sys/kernel/osrelease': '3.10.0-514.el7.x86_64\n',
    'proc/cgroups': `memory\t4\t30\t${enabled}\n`,
  });
  const running = await readRunningState(host);
  if (running === undefined) throw new Error('nothing runs');
  const facts = await readRunningFacts(host, running, undefined, [], last?.set ?? []);
  const nextWords = next?.split(' ');
  const verified = last === undefined ? [] : verifyWords(last, facts, nextWords);
  const found = situationOf(facts, { verdict: exposure, because: [] }, nextWords, verified);
  expect([found.state, found.words, found.isLeaking]).toEqual([state, words ?? [], leaking]);
});
