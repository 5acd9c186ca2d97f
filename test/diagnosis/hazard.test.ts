import { expect, test } from 'vitest';
import { isStandingAgainst, remedyHazards } from '../../src/diagnosis/hazard.ts';

const kubelet = { kind: 'kubelet', path: '/var/lib/kubelet/config.yaml', setting: '' } as const;
const workload = { containerRuntimes: ['docker'], memoryLimitUses: [kubelet] };
const quiet = { containerRuntimes: ['docker'], memoryLimitUses: [] };

test.each([
  { rule: 'docker alone blocks nothing', remedies: ['disable'], on: quiet, accepted: [], standing: [] },
  {
    rule: 'a kubelet blocks turning the controller off',
    remedies: ['disable'],
    on: workload,
    accepted: [],
    standing: ['kubelet'],
  },
  { rule: 'a kubelet does not mind nokmem', remedies: ['nokmem'], on: workload, accepted: [], standing: [] },
  {
    rule: 'an accepted hazard stands no longer',
    remedies: ['disable'],
    on: workload,
    accepted: ['kubelet'],
    standing: [],
  },
  {
    rule: '"all" accepts every hazard',
    remedies: ['disable'],
    on: workload,
    accepted: ['all'],
    standing: [],
  },
  {
    rule: 'another name accepts nothing',
    remedies: ['disable'],
    on: workload,
    accepted: ['docker'],
    standing: ['kubelet'],
  },
] as const)('hazard: $rule', ({ remedies, on, accepted, standing }) => {
  const hazards = remedyHazards(remedies, on, accepted);
  expect(hazards.filter(isStandingAgainst).map(({ id }) => id)).toEqual(standing);
});
