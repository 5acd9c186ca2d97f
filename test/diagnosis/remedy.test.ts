import { expect, test } from 'vitest';
import { OPTIONS } from '../../src/cli/command-table.ts';
import { parseParameter } from '../../src/cmdline/parameter.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import {
  REMEDIES,
  REMEDY_NAMES,
  remediesOf,
  remedyOfWord,
  remedyWordGoal,
} from '../../src/diagnosis/remedy.ts';
import { gather } from '../../src/facts/gather.ts';
import { hostOf } from '../facts/tree.ts';

test.each(REMEDY_NAMES)('%s plans its own word and takes the others away', (remedy) => {
  const { word } = REMEDIES[remedy];
  const others = remediesOf(REMEDIES[remedy].problem)
    .filter((other) => other !== remedy)
    .map((other) => REMEDIES[other].word);
  expect(remedyWordGoal(remedy)).toEqual({ set: [word], unset: others });
});

test('every remedy can be asked for, and nothing else', () => {
  expect(OPTIONS.remedy.choices).toEqual(['auto', ...REMEDY_NAMES]);
});

test.each(REMEDY_NAMES)('the word of %s is known in any spelling and among other tokens', (remedy) => {
  const { name, value = '' } = parseParameter(REMEDIES[remedy].word);
  for (const word of [
    `${name}=${value}`,
    `${name}=other,${value}`,
    `${name.replaceAll('_', '-')}=${value}`,
  ]) {
    expect([word, remedyOfWord(word)]).toEqual([word, remedy]);
  }
  expect(remedyOfWord(`${name}=other`)).toBeUndefined();
});

test.each([
  ['4.5.7', 'unknown'],
  ['4.6.0', 'supported'],
])(
  'nokmem is no proven remedy where the token acts on the unified hierarchy alone: %s is %s',
  async (release, verdict) => {
    const entry = `menuentry 'x' { linux /vmlinuz-${release} root=/dev/a ro }\n`;
    const tree = { '/etc/default/grub': 'GRUB_TIMEOUT=1\n', '/boot/grub2/grub.cfg': entry };
    const kernel = { [`/boot/vmlinuz-${release}`]: '', [`/lib/modules/${release}/modules.builtin`]: '' };
    const gathered = await gather(await hostOf({ ...tree, ...kernel }));
    if (!gathered.ok) throw new Error(JSON.stringify(gathered.refusal));
    const [diagnosed] = diagnose(gathered.facts).kernels;
    expect(diagnosed?.support.nokmem.verdict).toBe(verdict);
  },
);
