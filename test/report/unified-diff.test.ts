import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/report/unified-diff.ts';

const numbered = (count: number, text: string) =>
  Array.from({ length: count }, (_line, index) => `${text} ${index}\n`).join('');

test.each([
  { rule: 'of a line', before: 'old\n', after: 'new\n' },
  { rule: 'of more lines than are compared', before: numbered(1500, 'old'), after: numbered(1500, 'new') },
])('the bytes of a path stand in the headers as git quotes them: $rule', ({ before, after }) => {
  const [minus, plus] = unifiedDiff('/boot/\xc3\xa9.conf', before, after).split('\n');
  expect([minus, plus]).toEqual(['--- "a/boot/\\303\\251.conf"', '+++ "b/boot/\\303\\251.conf"']);
});

test('more lines than are compared are replaced as a whole', () => {
  const lines = unifiedDiff('/f', numbered(1500, 'old'), numbered(1500, 'new')).split('\n');
  expect(lines.slice(0, 4)).toEqual(['--- a/f', '+++ b/f', '@@ -1,1501 +1,1501 @@', '-old 0']);
  expect(lines).toHaveLength(3 + 2 * 1501 + 1);
});
