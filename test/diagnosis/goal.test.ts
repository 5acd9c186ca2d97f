import { expect, test } from 'vitest';
import { type KernelRemedy, remedyGoal } from '../../src/diagnosis/goal.ts';
import { REMEDIES, type RemedyName } from '../../src/diagnosis/remedy.ts';

const NOKMEM = REMEDIES.nokmem.word;
const DISABLE = REMEDIES.disable.word;

const kernel = (
  remedy: KernelRemedy['remedy'],
  isDefault = false,
  proven: readonly RemedyName[] = ['disable'],
): KernelRemedy => ({
  release: `${remedy}-${isDefault}`,
  isDefault,
  remedy,
  proven,
});

test.each([
  {
    rule: 'no kernel in need leaves the shared line alone',
    kernels: [kernel('none', true)],
    set: [],
    warnings: [],
  },
  {
    rule: 'one remedy for all is the shared one',
    kernels: [kernel('nokmem', true), kernel('nokmem')],
    set: [NOKMEM],
    warnings: [],
  },
  {
    rule: 'two remedies share the word that works on both',
    kernels: [kernel('nokmem', true), kernel('disable')],
    set: [DISABLE],
    warnings: [],
  },
  {
    rule: 'where no word works on all, the default kernel decides',
    kernels: [kernel('nokmem', true, []), kernel('disable')],
    set: [NOKMEM],
    warnings: ['shared-line-serves-default-only'],
  },
  {
    rule: 'a kernel that does not leak is warned about',
    kernels: [kernel('none', true), kernel('disable')],
    set: [DISABLE],
    warnings: ['shared-line-serves-unexposed'],
  },
])('shared line: $rule', ({ kernels, set, warnings }) => {
  const result = remedyGoal(kernels);
  expect(result.goal.shared.set).toEqual(set);
  expect(result.warnings).toEqual(warnings);
});

test('each kernel gets its own remedy, and the word that would do nothing goes', () => {
  const { goal } = remedyGoal([kernel('nokmem', true), kernel('disable')]);
  expect(goal.perKernel.get('nokmem-true')).toEqual({ set: [NOKMEM], unset: [DISABLE] });
  expect(goal.perKernel.get('disable-false')).toEqual({ set: [DISABLE], unset: [NOKMEM] });
});
