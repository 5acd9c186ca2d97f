import { describe, expect, test } from 'vitest';
import { signalReader } from '../../src/remote/signal-lines.ts';

const marker = { halves: ['ab', 'cd'] } as const;

/** What is read of an output that comes in pieces of so many bytes. */
function read(output: string, size: number, limit = 1000) {
  const reader = signalReader(marker, () => limit);
  const bytes = Buffer.from(output, 'latin1');
  const lines = [];
  for (let at = 0; at < bytes.length; at += size) {
    const found = reader.push(bytes.subarray(at, at + size));
    if (found === undefined) return 'too long';
    lines.push(...found);
  }
  return lines.map(({ signal, rest, before }) => [signal, rest, before.toString('latin1')]);
}

describe.each([1, 3, 1000])('in pieces of %i bytes', (size) => {
  test.each([
    ['a greeting', '\nabcd ready\n', [['ready', '', '\n']]],
    ['noise before it', 'Welcome\nto web1\nabcd ready\n', [['ready', '', 'Welcome\nto web1\n']]],
    ['what stands behind a signal', '\nabcd exit 3 \n', [['exit', '3', '\n']]],
    [
      'an answer between two signals',
      '\nabcd missing\n{"a":1}\n\nabcd exit 3\n',
      [
        ['missing', '', '\n'],
        ['exit', '3', '{"a":1}\n\n'],
      ],
    ],
    ['a marker in the middle of a line is none', 'echo abcd ready\n', []],
    ["a marker with a word that is none of ours' is none", '\nabcd hello\n', []],
    ['half a marker is none', '\nab cd ready\n', []],
    ['a line that does not end is not read', '\nabcd ready', []],
  ])('%s', (_rule, output, lines) => {
    expect(read(output, size)).toEqual(lines);
  });

  test.each([
    ['lines', 'y\n'.repeat(600)],
    ['one line', 'y'.repeat(1001)],
  ])('more %s than is allowed', (_rule, output) => {
    expect(read(output, size)).toBe('too long');
  });
});
