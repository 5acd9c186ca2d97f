import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { listBackups } from '../../src/apply/backup-set.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { inspectJournal, recoverUnderLock } from '../../src/apply/recover.ts';
import { readRollback } from '../../src/apply/rollback.ts';
import { STATE_PATH } from '../../src/apply/state-directory.ts';
import { openHost } from '../../src/host/root-host.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { makeTree, plainOptions, removeTree } from '../apply/tree.ts';
import { crashStates, type Disk, fingerprint, materialise, readDisk } from './disk-model.ts';
import { interceptOperations, type Operation } from './operations.ts';
import type { PlanCase } from './plans.ts';

/** Many small trees are made and removed: in memory where there is such a place. */
export function makeScratch(): string {
  const memory = '/dev/shm';
  const parent = readdirSync('/dev').includes('shm') ? memory : tmpdir();
  return mkdtempSync(join(parent, 'bootmend-fault-'));
}

/** A disk before, and what an apply or a recovery did to it. */
export interface Recording {
  readonly start: Disk;
  readonly operations: readonly Operation[];
  /** Whether the plan must be found applied once all operations are done. */
  readonly isApplied: boolean;
}

/** Applies a plan for real and records every operation. */
export async function recordApply({ files, plan }: PlanCase): Promise<Recording> {
  const root = makeTree(files);
  const host = await openHost(root);
  try {
    const start = readDisk(root);
    const operations: Operation[] = [];
    const recorder = interceptOperations(host, (operation) => operations.push(operation));
    const outcome = await applyPlan(recorder, plan, plainOptions);
    if (outcome.kind !== 'applied') throw new Error(`not applied: ${JSON.stringify(outcome)}`);
    return { start, operations, isApplied: true };
  } finally {
    host.close();
    removeTree(root);
  }
}

export interface Verdict {
  readonly states: number;
  readonly distinct: number;
  readonly violations: readonly string[];
}

/** Cuts the power after every operation, in every way the model knows, and lets recovery run on what is left. */
export async function judgeRecording(
  recording: Recording,
  plan: Plan,
  scratch: string,
  limit: number,
): Promise<Verdict> {
  const seen = new Set<string>();
  const violations: string[] = [];
  const random = numbersFrom(1);
  let states = 0;
  for (let done = 0; done <= recording.operations.length; done += 1) {
    const operations = recording.operations.slice(0, done);
    for (const disk of crashStates(recording.start, operations, limit, random)) {
      states += 1;
      const isAtEnd = recording.isApplied && done === recording.operations.length;
      const print = `${isAtEnd} ${fingerprint(disk)}`;
      if (seen.has(print)) continue;
      seen.add(print);
      for (const violation of await judgeDisk(disk, plan, scratch, isAtEnd ? 'new' : 'either')) {
        violations.push(`after operation ${done}: ${violation}`);
      }
    }
  }
  return { states, distinct: seen.size, violations };
}

/** Cuts the power a second time, while recovery from the first cut is at work. */
export async function judgeRecoveries(
  recording: Recording,
  plan: Plan,
  scratch: string,
  limit: number,
): Promise<Verdict> {
  const random = numbersFrom(2);
  const started = new Set<string>();
  const violations: string[] = [];
  let states = 0;
  let distinct = 0;
  for (let done = 0; done <= recording.operations.length; done += 1) {
    for (const disk of crashStates(recording.start, recording.operations.slice(0, done), limit, random)) {
      const print = fingerprint(disk);
      if (started.has(print)) continue;
      started.add(print);
      const recovery = await recordRecovery(disk, scratch);
      const verdict = await judgeRecording(recovery, plan, scratch, limit);
      states += verdict.states;
      distinct += verdict.distinct;
      violations.push(...verdict.violations.map((violation) => `cut at ${done}, recovery ${violation}`));
    }
  }
  return { states, distinct, violations };
}

/** As `judgeRecording`, with a journal that is only noise by the time recovery reads it. */
export async function judgeWithDamagedJournal(
  recording: Recording,
  plan: Plan,
  scratch: string,
): Promise<Verdict> {
  const violations: string[] = [];
  const random = numbersFrom(3);
  let states = 0;
  for (let done = 0; done <= recording.operations.length; done += 1) {
    const [disk] = crashStates(recording.start, recording.operations.slice(0, done), 1, random);
    if (disk === undefined) continue;
    const journal = [...disk.names].find(([path]) => /\/journal(?:-undo)?\.json$/.test(path));
    if (journal === undefined) continue;
    states += 1;
    const contents = new Map([...disk.contents, [journal[1], Buffer.from('\0\0\0')]]);
    for (const violation of await judgeDisk({ ...disk, contents }, plan, scratch, 'files-only')) {
      violations.push(`after operation ${done}: ${violation}`);
    }
  }
  return { states, distinct: states, violations };
}

async function recordRecovery(disk: Disk, scratch: string): Promise<Recording> {
  const root = materialise(disk, scratch);
  const host = await openHost(root);
  try {
    const start = readDisk(root);
    const operations: Operation[] = [];
    await recoverWithoutLock(interceptOperations(host, (operation) => operations.push(operation)));
    return { start, operations, isApplied: false };
  } finally {
    host.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** What must hold after recovery beside that all files are of one side; `files-only`: nothing about the state. */
type Expectation = 'either' | 'new' | 'files-only';

/** What is wrong with a disk that a power cut left behind, before and after recovery. */
export async function judgeDisk(
  disk: Disk,
  plan: Plan,
  scratch: string,
  expected: Expectation,
): Promise<readonly string[]> {
  const root = materialise(disk, scratch);
  const host = await openHost(root);
  try {
    const sidesBefore = diskSides(readDisk(root), plan);
    if (sidesBefore.includes('neither')) return [`a file is neither old nor new: ${sidesBefore.join(' ')}`];
    await recoverWithoutLock(host);
    return [...(await judgeRecovered(host, readDisk(root), plan, expected))];
  } finally {
    host.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** The lock is an flock(1) process; thousands of trees that nobody shares go without. */
export async function recoverWithoutLock(host: ChangeableHost): Promise<void> {
  const opened = await host.openDirectory(STATE_PATH);
  if (!opened.ok) return;
  try {
    await recoverUnderLock(host, opened.directory);
  } finally {
    opened.directory.close();
  }
}

async function judgeRecovered(
  host: ChangeableHost,
  disk: Disk,
  plan: Plan,
  expected: Expectation,
): Promise<readonly string[]> {
  const violations: string[] = [];
  const sides = new Set(diskSides(disk, plan));
  if (sides.size > 1) violations.push(`files are ${[...sides].join(' and ')} after recovery`);
  const isNew = sides.has('new');
  if (expected === 'new' && !isNew) violations.push('an applied plan is lost');
  const leftovers = [...disk.names.keys()].filter((path) => /bootmend-.*\.(?:new|old)$/.test(path));
  if (leftovers.length > 0) violations.push(`left behind: ${leftovers.join(' ')}`);
  if (expected !== 'files-only') violations.push(...emptyDirectories(disk));
  if ((await inspectJournal(host)).kind !== 'none') violations.push('the journal is still there');
  if (expected === 'files-only') return violations;
  const backups = await listBackups(host);
  const count = backups.ok ? backups.sets.length : -1;
  if (count !== (isNew ? 1 : 0)) violations.push(`${count} backup sets with ${isNew ? 'new' : 'old'} files`);
  if (isNew && !(await readRollback(host, 'latest')).ok) violations.push('the change cannot be taken back');
  return violations;
}

/** Trees start without any; what holds our state is ours for good. */
function emptyDirectories({ directories, names }: Disk): readonly string[] {
  const taken = [...directories, ...names.keys()];
  const empty = [...directories].filter(
    (directory) => !taken.some((path) => path.startsWith(directory === '/' ? '/' : `${directory}/`)),
  );
  return empty
    .filter((directory) => !/^\/var(?:\/|$)/.test(directory))
    .map((directory) => `an empty directory: ${directory}`);
}

type SideFound = 'old' | 'new' | 'neither';

function diskSides(disk: Disk, plan: Plan): readonly SideFound[] {
  return plan.edits.map(({ path, before, after }) => {
    const id = disk.names.get(path);
    const text = id === undefined ? undefined : disk.contents.get(id)?.toString('latin1');
    if (text === before) return 'old';
    return text === after ? 'new' : 'neither';
  });
}

/** Random numbers that are the same in every run: a linear congruential generator, Numerical Recipes. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
