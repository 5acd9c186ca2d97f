import { applyPatch } from 'diff';
import fc from 'fast-check';
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
  const [before, after] = [numbered(1500, 'old'), numbered(1501, 'new')];
  const patch = unifiedDiff('/f', before, after);
  const lines = patch.split('\n');
  expect(lines.slice(0, 4)).toEqual(['--- a/f', '+++ b/f', '@@ -1,1500 +1,1501 @@', '-old 0']);
  expect(lines).toHaveLength(3 + 1500 + 1501 + 1);
  expect(applyPatch(before, patch)).toBe(after);
});

test('a line without an end is told, in a whole replacement too', () => {
  const after = `${numbered(1500, 'new')}end`;
  expect(applyPatch(numbered(1500, 'old'), unifiedDiff('/f', numbered(1500, 'old'), after))).toBe(after);
});

test('thousands of lines that changed where they stand are told each, and patch(1) makes the new text of it', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.boolean()), fc.integer({ min: 0, max: 9 }), (coins, more) => {
      const lines = Array.from({ length: 2000 + more }, (_, index) => `line ${index}`);
      const changed = lines.map((line) => (coins.next().value ? `${line} changed` : line));
      const [before, after] = [`${lines.join('\n')}\n`, `${changed.join('\n')}\n`];
      const patch = unifiedDiff('/f', before, after);
      expect(applyPatch(before, patch)).toBe(after);
      expect(patch.match(/^\+line/gm)?.length ?? 0).toBe(
        changed.filter((line) => line.endsWith('changed')).length,
      );
    }),
    { numRuns: 10 },
  );
});
