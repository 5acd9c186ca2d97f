import { expect, test } from 'vitest';
import type { KernelDiagnosis } from '../../src/diagnosis/diagnose.ts';
import { relaxationOf } from '../../src/diagnosis/relaxation.ts';
import { forEachRemedy } from '../../src/diagnosis/remedy.ts';
import type { Verdict } from '../../src/kernel/parameter-support.ts';

interface Given {
  readonly exposure: 'exposed' | 'not-exposed' | 'unknown';
  readonly nokmem: Verdict;
  readonly isDefault?: boolean;
  readonly isDisabled?: boolean;
}

function kernel(
  { exposure, nokmem, isDefault = false, isDisabled = true }: Given,
  index: number,
): KernelDiagnosis {
  const support = (verdict: Verdict) => ({ parameter: '', verdict, evidence: [], decidedBy: undefined });
  return {
    release: `k${index}`,
    isRunning: false,
    isDefault,
    hasNormalEntry: true,
    exposure: { verdict: exposure, because: [] },
    support: forEachRemedy((remedy) => support(remedy === 'nokmem' ? nokmem : 'supported')),
    inPlace: isDisabled ? ['disable'] : [],
    isCmdlineFixed: false,
  };
}

const fresh: Given = { exposure: 'exposed', nokmem: 'supported', isDefault: true };

test.each<{ rule: string; kernels: readonly Given[]; found: object | undefined }>([
  {
    rule: 'the default kernel takes the milder word',
    kernels: [fresh],
    found: { milder: 'nokmem', isForAll: true },
  },
  {
    rule: 'it does not leak',
    kernels: [{ ...fresh, exposure: 'not-exposed' }],
    found: { milder: 'none', isForAll: true },
  },
  {
    rule: 'whether it leaks is not known',
    kernels: [{ ...fresh, exposure: 'unknown' }],
    found: { milder: 'nokmem' },
  },
  {
    rule: 'an older kernel still needs the hard one',
    kernels: [fresh, { exposure: 'exposed', nokmem: 'absent' }],
    found: { milder: 'nokmem', isForAll: false },
  },
  {
    rule: 'only an older kernel would be relaxed',
    kernels: [
      { ...fresh, nokmem: 'absent' },
      { exposure: 'exposed', nokmem: 'supported' },
    ],
    found: undefined,
  },
  { rule: 'the milder word is not proven', kernels: [{ ...fresh, nokmem: 'unknown' }], found: undefined },
  { rule: 'the hard remedy is not in place', kernels: [{ ...fresh, isDisabled: false }], found: undefined },
])('$rule', ({ kernels, found }) => {
  const relaxation = relaxationOf(kernels.map(kernel));
  if (found === undefined) expect(relaxation).toBeUndefined();
  else expect(relaxation).toMatchObject({ release: 'k0', ...found });
});
