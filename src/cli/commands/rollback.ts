import { type FileOwnership, keepsOwnership, readOwnership } from '../../apply/ownership.ts';
import { type Rollback, type RollbackConflict, readRollback, rollbackEdits } from '../../apply/rollback.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { remedyOfWord } from '../../diagnosis/remedy.ts';
import { deadWords } from '../../diagnosis/word-warnings.ts';
import { gather, gatherMenus, laterKernelsRefusal } from '../../facts/gather.ts';
import { hostWithTexts } from '../../facts/host-with-texts.ts';
import { missingImages } from '../../facts/missing-images.ts';
import { readSurroundings } from '../../facts/surroundings.ts';
import type { Host } from '../../host/host.ts';
import { type Reading, recordReadings } from '../../host/readings.ts';
import { buildPlan, type FileChange } from '../../plan/build-plan.ts';
import { planGoal } from '../../plan/plan-goal.ts';
import { goalTakenBack } from '../../plan/words-taken-back.ts';
import { error, tell, warning } from '../../report/message.ts';
import { inFamily, type Sentence } from '../../report/messages/sentence.ts';
import { planRefusalMessage } from '../../report/plan-refusal-message.ts';
import type { ChangedFile, Message, Report } from '../../report/report.ts';
import { carryOutPlan, type HowToApply } from '../carry-out-plan.ts';
import type { CommandContext } from '../command-context.ts';
import { unseenRefusal } from '../describe-unseen.ts';
import { EXIT, rollbackExit } from '../exit-code.ts';
import { factsRefusalMessage } from '../facts-refusal-message.ts';

type Changes =
  | {
      readonly ok: true;
      readonly changes: readonly FileChange[];
      /** What they were made from, and what was found to stand in the way of none. */
      readonly madeFrom: readonly Reading[];
    }
  | {
      readonly ok: false;
      readonly message: Message;
      /** What the decision that is asked for is about. */
      readonly shown?: Pick<Report, 'changedSince' | 'plan'>;
    };

/** Undo changes: a backup set turned into a plan, shown, asked about and applied like any other. */
export async function rollback(context: CommandContext): Promise<Report> {
  const { invocation, host } = context;
  const start = { command: invocation.command, root: host.root };
  const { force } = invocation.options;
  const read = await readRollback(host, invocation.words[0] ?? 'latest', force);
  if (!read.ok) {
    const { problem } = read;
    const outcome = problem.code === 'nothing-to-undo' ? 'unchanged' : 'refused';
    const sentence =
      problem.code === 'state-not-trusted' ? inFamily('apply', problem) : inFamily('rollback', problem);
    return { ...start, outcome, exitCode: rollbackExit(problem), messages: [tell('error', sentence)] };
  }
  const found = await changesFor(context, read.rollback);
  if (!found.ok) {
    const { message, shown } = found;
    return { ...start, outcome: 'refused', exitCode: EXIT.refused, ...shown, messages: [message] };
  }
  const how: HowToApply = {
    kind: 'rollback',
    undoes: read.rollback.undoes,
    directories: read.rollback.directories,
    ownerships: await ownershipsThen(context, read.rollback),
    madeFrom: found.madeFrom,
    verify: async () => undefined,
  };
  const surroundings = await readSurroundings(host);
  const passedOver = read.rollback.passedOver.map((id) => warning('rollback.passed-over', { id }));
  const messages = [...passedOver, ...(await wordsComingBack(context, found.changes))];
  const headline = describeUndoing(read.rollback);
  return carryOutPlan(context, buildPlan(found.changes), surroundings, how, { ...start, headline, messages });
}

/** Which change is undone, and how many after it. */
function describeUndoing({ setId, undoes }: Rollback): readonly Sentence[] {
  const when = setId.replace(/^(....)(..)(..)T(..)(..)(..)Z.*$/, '$1-$2-$3 $4:$5:$6');
  const undoing: Sentence = { code: 'rollback.undoing', data: { when, id: setId } };
  const later = undoes.filter((id) => id !== setId).length;
  return later === 0 ? [undoing] : [undoing, { code: 'rollback.undoing-later', data: { count: later } }];
}

/** Remedies' words that stand there again, on kernels that ignore them. What can't be told of the files then is no obstacle. */
async function wordsComingBack(
  { host }: CommandContext,
  changes: readonly FileChange[],
): Promise<readonly Message[]> {
  const then = await gather(hostWithTexts(host, new Map(changes.map(({ path, after }) => [path, after]))));
  if (!then.ok) return [];
  const comeBack = deadWords(diagnose(then.facts).entries).filter(
    ({ word }) =>
      remedyOfWord(word) !== undefined && changes.some(({ before }) => before?.includes(word) === false),
  );
  return comeBack.map(({ word, count }) => warning('warning.word-comes-back', { word, count }));
}

/** Whose the files are to be: as they were, but where their file system has one owner and mode for all files. */
async function ownershipsThen(
  { host }: CommandContext,
  { files }: Rollback,
): Promise<ReadonlyMap<string, FileOwnership>> {
  const then = new Map<string, FileOwnership>();
  for (const { path, ownership } of files) {
    if (ownership !== undefined && (await keepsOwnership(host, path))) then.set(path, ownership);
  }
  return then;
}

async function changesFor(context: CommandContext, { files }: Rollback): Promise<Changes> {
  const { invocation } = context;
  const { host, readings } = recordReadings(context.host);
  const current = new Map<string, string | undefined>();
  const ownerships = new Map<string, FileOwnership>();
  for (const { path } of files) {
    const file = await host.read(path);
    if (!file.ok && file.reason !== 'missing') {
      return { ok: false, message: error(`error.unreadable.${file.reason}`, { path }) };
    }
    current.set(path, file.ok ? file.bytes.toString('latin1') : undefined);
    const ownership = await readOwnership(host, path);
    if (ownership !== undefined) ownerships.set(path, ownership);
  }
  const { changes, conflicts } = rollbackEdits(files, current, ownerships);
  const [conflict] = conflicts;
  if (conflict !== undefined && invocation.options['words-only'])
    return wordsOnly(context, files, readings());
  const restored = inOrder(files, [...changes, ...conflicts.map(restoring)]);
  const obstacle = restored.length === 0 ? undefined : await standsAgainst(host, restored);
  if (obstacle !== undefined) return { ok: false, message: obstacle };
  if (conflict === undefined || invocation.options.force) {
    return { ok: true, changes: restored, madeFrom: readings() };
  }
  const shown = { changedSince: conflicts.flatMap(changeSince), plan: buildPlan(restored) };
  return { ok: false, message: error('rollback.changed-since', { path: conflict.path }), shown };
}

function restoring({ path, current, original }: RollbackConflict): FileChange {
  return { path, before: current, after: original, decides: 'restore' };
}

/** As the files are to be written, so that the host boots at every instant in between. */
function inOrder(files: Rollback['files'], changes: readonly FileChange[]): readonly FileChange[] {
  return files.flatMap(({ path }) => changes.filter((change) => change.path === path));
}

/** What became of a file after we wrote it; nothing where that can't be told. */
function changeSince(conflict: RollbackConflict): readonly ChangedFile[] {
  const { path, ours, oursSha256, current, ownershipChanges } = conflict;
  const isKnown = ours !== undefined || oursSha256 === undefined;
  const before = isKnown ? ours : current;
  if (before === current && ownershipChanges.length === 0) return [];
  return [{ path, before, after: current, ...(ownershipChanges.length === 0 ? {} : { ownershipChanges }) }];
}

/** Take out our own words and leave everything else that became of the files. */
async function wordsOnly(
  { host }: CommandContext,
  files: Rollback['files'],
  compared: readonly Reading[],
): Promise<Changes> {
  const gathered = await gather(host);
  if (!gathered.ok) return { ok: false, message: factsRefusalMessage(gathered.refusal) };
  const changed = files.flatMap(({ path, original, ours }) =>
    original === undefined || ours === undefined ? [] : [{ path, original, ours }],
  );
  const unreadable = laterKernelsRefusal(gathered.facts);
  const refusal = unseenRefusal(gathered.facts) ?? (unreadable && factsRefusalMessage(unreadable));
  if (refusal !== undefined) return { ok: false, message: refusal };
  const changes: FileChange[] = [];
  for (const menu of gathered.facts.menus) {
    const { goal, which } = goalTakenBack(menu.sources, changed);
    const planned = planGoal({ ...gathered.facts, menus: [menu] }, goal, which, true);
    if (!planned.ok) return { ok: false, message: planRefusalMessage(planned.refusal) };
    changes.push(...planned.plan.edits.filter(({ path }) => !changes.some((change) => change.path === path)));
  }
  return { ok: true, changes, madeFrom: [...compared, ...gathered.facts.madeFrom] };
}

/**
 * A menu that can't be read, or that names kernels which are gone, must not come back, whatever was forced. What is gone
 * already now is no reason; where the menu of now can't be read, nothing is known to be.
 */
async function standsAgainst(host: Host, changes: readonly FileChange[]): Promise<Message | undefined> {
  const texts = new Map(changes.map(({ path, after }) => [path, after]));
  const then = await gatherMenus(hostWithTexts(host, texts));
  if (!then.ok) return factsRefusalMessage(then.refusal);
  const now = await gatherMenus(host);
  const known = new Set<string>();
  for (const { sources } of now.ok ? now.menus : []) {
    for (const image of await missingImages(host, sources, new Map())) known.add(image);
  }
  for (const { sources } of then.menus) {
    const missing = await missingImages(host, sources, new Map());
    const gone = missing.filter((image) => !known.has(image));
    if (gone.length > 0)
      return error('rollback.images-gone', { path: sources.configPath, images: gone.join(' ') });
  }
  return undefined;
}
