import { describe, expect, test } from 'vitest';
import { type FileOwnership, ownershipChanges, withoutPrivileges } from '../../src/apply/ownership.ts';

const LABEL = 'security.selinux';
const recorded: FileOwnership = { mode: 0o640, uid: 0, gid: 4, attributes: {} };
const labelled = { ...recorded, attributes: { [LABEL]: '0x61' } };

describe('what became of a file beside its content', () => {
  test.each([
    { name: 'nothing', before: recorded, now: recorded, changes: [] },
    { name: 'its mode', before: recorded, now: { ...recorded, mode: 0o600 }, changes: ['mode 0640 0600'] },
    { name: 'its owner', before: recorded, now: { ...recorded, uid: 7 }, changes: ['uid 0 7'] },
    { name: 'its group', before: recorded, now: { ...recorded, gid: 7 }, changes: ['gid 4 7'] },
    {
      name: 'an attribute came',
      before: recorded,
      now: { ...recorded, attributes: { 'user.a': '0x61' } },
      changes: ['user.a undefined 0x61'],
    },
    {
      name: 'an attribute went',
      before: { ...recorded, attributes: { 'user.a': '0x61' } },
      now: recorded,
      changes: ['user.a 0x61 undefined'],
    },
    {
      name: 'a label where none was recorded is the system’s own',
      before: recorded,
      now: labelled,
      changes: [],
    },
    {
      name: 'another label than the recorded one',
      before: labelled,
      now: { ...recorded, attributes: { [LABEL]: '0x62' } },
      changes: [`${LABEL} 0x61 0x62`],
    },
    { name: 'a recorded label went', before: labelled, now: recorded, changes: [`${LABEL} 0x61 undefined`] },
  ])('$name', ({ before, now, changes }) => {
    const found = ownershipChanges(before, now);
    expect(found.map((change) => `${change.what} ${change.before} ${change.after}`)).toEqual(changes);
  });
});

test('set-id bits, the sticky bit and capabilities are given to no file', () => {
  const attributes = { 'security.capability': '0x01', 'user.a': '0x61' };
  expect(withoutPrivileges({ mode: 0o7755, uid: 1, gid: 2, attributes })).toEqual({
    mode: 0o755,
    uid: 1,
    gid: 2,
    attributes: { 'user.a': '0x61' },
  });
});
