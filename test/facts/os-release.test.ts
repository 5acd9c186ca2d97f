import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOsRelease } from '../../src/facts/os-release.ts';

const cases: readonly { name: string; text: string; id: string; versionId?: string }[] = [
  { name: 'plain values', text: 'ID=debian\nVERSION_ID=12\n', id: 'debian', versionId: '12' },
  { name: 'double quotes', text: 'ID="centos"\nVERSION_ID="7"\n', id: 'centos', versionId: '7' },
  { name: 'single quotes', text: "ID='ol'\nVERSION_ID='8.9'\n", id: 'ol', versionId: '8.9' },
  { name: 'no file text at all', text: '', id: 'linux' },
  { name: 'an empty value is no value', text: 'ID=\nVERSION_ID=""\n', id: 'linux' },
  { name: 'the last of a name counts', text: 'ID=a\nID=b', id: 'b' },
  { name: 'comments and lines that are no assignment', text: '#ID=a\nnonsense\nID=b\n', id: 'b' },
  { name: 'CRLF', text: 'ID=arch\r\nVERSION_ID=1\r\n', id: 'arch', versionId: '1' },
  { name: 'ID_LIKE is another name', text: 'ID_LIKE=debian\nXID=a\n', id: 'linux' },
  { name: 'backslashes in double quotes', text: 'ID="a\\"b\\$c\\d"\n', id: 'a"b$c\\d' },
  { name: 'backslashes outside quotes', text: 'ID=a\\ b\n', id: 'a b' },
  { name: 'pieces are joined', text: 'ID=a"b"\'c\'\n', id: 'abc' },
  { name: 'an unclosed quote is no assignment', text: 'ID="a\nVERSION_ID=3\n', id: 'linux', versionId: '3' },
  { name: 'nothing is expanded', text: 'ID=$(reboot)\n', id: '$(reboot)' },
];

describe('os-release', () => {
  test.each(cases)('$name', ({ text, id, versionId }) => {
    const release = parseOsRelease(text);
    expect([release.id, release.versionId]).toEqual([id, versionId]);
  });

  test('ID_LIKE is a list', () => {
    expect(parseOsRelease('ID=rocky\nID_LIKE="rhel  centos fedora"\n').idLike).toEqual([
      'rhel',
      'centos',
      'fedora',
    ]);
  });

  test('any quoted value comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', minLength: 1 }), (value) => {
        fc.pre(!/[\n\r\0]/.test(value));
        const quoted = `"${value.replace(/["$`\\]/g, '\\$&')}"`;
        expect(parseOsRelease(`NAME=${quoted}\n`).name).toBe(value);
      }),
    );
  });
});
