import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  judgeRecording,
  judgeRecoveries,
  judgeWithDamagedJournal,
  makeScratch,
  type Recording,
  recordApply,
} from './crash-replay.ts';
import type { Operation } from './operations.ts';
import { planCases } from './plans.ts';
import { requirePlan } from './sides.ts';

/** Up to so many subsets of unsynced names are tried exhaustively at each operation. */
const SUBSETS = 16;

const LEAST_STATES = 5_000;

let scratch = '';
beforeAll(() => {
  scratch = makeScratch();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a power cut at any instant leaves old or new, and recovery makes all one', () => {
  let states = 0;
  test.each(planCases)('$name', async (planCase) => {
    const recording = await recordApply(planCase);
    const verdict = await judgeRecording(recording, planCase.plan, scratch, SUBSETS);
    expect(verdict.violations).toEqual([]);
    states += verdict.states;
    console.log(
      `crash replay: ${planCase.name}: ${recording.operations.length} operations, ${verdict.states} states, ${verdict.distinct} distinct`,
    );
  });

  test(`at least ${LEAST_STATES} states were tried`, () => {
    expect(states).toBeGreaterThanOrEqual(LEAST_STATES);
  });
});

test('a second power cut, during recovery, is recovered from as well', async () => {
  const planCase = requirePlan('a small file alone');
  const recording = await recordApply(planCase);
  const verdict = await judgeRecoveries(recording, planCase.plan, scratch, 2);
  expect(verdict.violations).toEqual([]);
  expect(verdict.distinct).toBeGreaterThan(100);
});

test.each(planCases)('with a damaged journal the backup set tells what to do: $name', async (planCase) => {
  const recording = await recordApply(planCase);
  const verdict = await judgeWithDamagedJournal(recording, planCase.plan, scratch);
  expect(verdict.violations).toEqual([]);
  expect(verdict.states).toBeGreaterThan(10);
});

/** What the same transaction would do to the disk had its author forgotten something. */
const mistakes: readonly { readonly name: string; readonly forgets: (operation: Operation) => boolean }[] = [
  { name: 'fsync of files', forgets: ({ kind }) => kind === 'sync-file' },
  { name: 'fsync of directories', forgets: ({ kind }) => kind === 'sync-directory' },
  {
    name: 'the journal',
    forgets: (operation) => touches(operation, '/var/lib/bootmend', /^journal/),
  },
  {
    name: 'fsync of the state directory',
    forgets: (operation) =>
      operation.kind === 'sync-directory' && operation.directory === '/var/lib/bootmend',
  },
  {
    name: 'the originals beside the files and in the backup set',
    forgets: (operation) => keepsOriginal(operation),
  },
];

function touches(operation: Operation, directory: string, name: RegExp): boolean {
  if (!('directory' in operation) || operation.directory !== directory) return false;
  if ('name' in operation) return name.test(operation.name);
  return 'from' in operation && name.test(operation.from);
}

function keepsOriginal(operation: Operation): boolean {
  if (operation.kind === 'link') return true;
  return operation.kind === 'create' && operation.name.endsWith('.before');
}

test.each(mistakes)('the replay notices a transaction that forgets $name', async ({ forgets }) => {
  const planCase = requirePlan('defaults and grub.cfg (EL7, Debian)');
  const sound = await recordApply(planCase);
  const broken: Recording = {
    ...sound,
    operations: sound.operations.filter((operation) => !forgets(operation)),
  };
  const verdict = await judgeRecording(broken, planCase.plan, scratch, SUBSETS);
  expect(verdict.violations.length).toBeGreaterThan(0);
});
