import { expect, test } from 'vitest';
import { parseManifest } from '../../src/apply/manifest.ts';
import { latestTrial } from '../../src/apply/trials.ts';

const ID = '20261130T040000Z-1a2b3c4d';
const HASH = '0'.repeat(64);
const trial = {
  tried: { set: ['a=1'], unset: [] },
  shared: { set: ['a=1'], unset: [] },
  kernels: [{ release: '6.1.0', set: ['a=1'], unset: [] }],
  entries: 'normal',
  isForced: false,
  line: ['ro', 'a=1', 'panic=10'],
  permanent: HASH,
  block: '/boot/grub/grubenv',
};
const manifest = {
  version: 1,
  id: ID,
  createdAt: '2026-11-30T04:00:00.000Z',
  planId: '1a2b3c4d5e6f',
  kind: 'apply',
  undoes: [],
  files: [{ path: '/f', beforeSha256: null, afterSha256: HASH, ownership: null, decides: 'next-boot' }],
  directories: [],
};

const readingOf = (changes: object) =>
  parseManifest(Buffer.from(JSON.stringify({ ...manifest, ...changes })), ID);

test('a trial comes back as it was kept', () => {
  expect(readingOf({ trial })).toMatchObject({ ok: true, value: { trial } });
});

/** What is not as bootmend writes it, and the part that is named for it. */
const damages: readonly (readonly [name: string, changes: object, part: string])[] = [
  ['a word with a newline', { trial: { ...trial, line: ['a\nb'] } }, 'trial.line[0]'],
  ['a word that is none', { trial: { ...trial, line: [1] } }, 'trial.line[0]'],
  ['a hash that is none', { trial: { ...trial, permanent: 'x' } }, 'trial.permanent'],
  ['a block outside of any tree', { trial: { ...trial, block: '/boot/../etc/shadow' } }, 'trial.block'],
  ['more than there should be', { trial: { ...trial, more: 1 } }, 'trial.more'],
  ['less than there should be', { trial: { ...trial, tried: undefined } }, 'trial.tried'],
  ['a trial of a rollback', { kind: 'rollback', trial }, 'trial'],
  ['a step of no set', { trialStep: { of: '../x', is: 'confirmed' } }, 'trialStep.of'],
  ['a step that there is not', { trialStep: { of: ID, is: 'done' } }, 'trialStep.is'],
  ['a trial that is a step as well', { trial, trialStep: { of: ID, is: 'confirmed' } }, 'trialStep'],
];

test.each(damages)('not used: %s', (_, changes, part) => {
  expect(readingOf(changes)).toEqual({ ok: false, fault: { code: 'damaged', part } });
});

test('the newest trial counts that was not taken back, with what became of it', () => {
  const reading = readingOf({ trial });
  const first = reading.ok ? reading.value : undefined;
  if (first === undefined) throw new Error('not read');
  const listed = (changes: object, undoneBy?: string) => {
    return { id: ID, isDamaged: false, undoneBy, manifest: { ...first, ...changes } } as const;
  };
  const step = (is: 'confirmed' | 'at-boot' | 'not-at-boot') =>
    listed({ id: '20261130T050000Z-1a2b3c4d', trial: undefined, trialStep: { of: ID, is } });
  expect(latestTrial([])).toBeUndefined();
  expect(latestTrial([listed({}, 'other')])).toBeUndefined();
  expect(latestTrial([listed({})])).toMatchObject({ isConfirmed: false, isAtBoot: false });
  expect(latestTrial([listed({}), step('at-boot')])).toMatchObject({ isConfirmed: false, isAtBoot: true });
  expect(latestTrial([listed({}), step('at-boot'), step('not-at-boot')])?.isAtBoot).toBe(false);
  expect(latestTrial([listed({}), step('at-boot'), step('confirmed')])).toMatchObject({
    isConfirmed: true,
    isAtBoot: false,
  });
});
