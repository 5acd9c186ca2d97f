import { expect, test } from 'vitest';
import { parseManifest } from '../../src/apply/manifest.ts';

const ID = '20261130T040000Z-1a2b3c4d';
const purpose = {
  command: 'set',
  words: [{ kernels: ['6.1.0'], set: ['a=1'], unset: [] }],
  bootId: '0b64e7d9-1f83-4c2a-95e0-a8d23b6f7c41',
};
const manifest = {
  version: 1,
  id: ID,
  createdAt: '2026-11-30T04:00:00.000Z',
  planId: '1a2b3c4d5e6f',
  kind: 'apply',
  undoes: [],
  files: [
    { path: '/f', beforeSha256: null, afterSha256: '0'.repeat(64), ownership: null, decides: 'next-boot' },
  ],
  directories: [],
};

const readingOf = (changed: object) =>
  parseManifest(Buffer.from(JSON.stringify({ ...manifest, purpose: { ...purpose, ...changed } })), ID);

test('what a change was for comes back as it was kept', () => {
  expect(readingOf({})).toMatchObject({ ok: true, value: { purpose } });
});

test.each([
  ['a command that is none', { command: 'set; reboot' }, 'purpose.command'],
  ['a command that is no text', { command: 1 }, 'purpose.command'],
  ['an empty command', { command: '' }, 'purpose.command'],
  ['a word that is no text', { words: [{ kernels: [], set: [1], unset: [] }] }, 'purpose.words[0].set[0]'],
  ['a boot that is none', { bootId: 'today' }, 'purpose.bootId'],
  ['more than there should be', { more: 1 }, 'purpose.more'],
])('not used: %s', (_, changed, part) => {
  expect(readingOf(changed)).toEqual({ ok: false, fault: { code: 'damaged', part } });
});
