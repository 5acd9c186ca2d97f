import { type Rollback, type RollbackConflict, readRollback, rollbackEdits } from '../../apply/rollback.ts';
import { gather } from '../../facts/gather.ts';
import { missingImages } from '../../facts/missing-images.ts';
import { readSurroundings } from '../../facts/surroundings.ts';
import { buildPlan, type FileChange } from '../../plan/build-plan.ts';
import { planGoal } from '../../plan/plan-goal.ts';
import { goalTakenBack } from '../../plan/words-taken-back.ts';
import type { ChangedFile, Message, Report } from '../../report/report.ts';
import { carryOutPlan, type HowToApply } from '../carry-out-plan.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { error, factsRefusalMessage, planRefusalMessage } from '../refusal-messages.ts';

type Changes =
  | { readonly ok: true; readonly changes: readonly FileChange[] }
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
  const read = await readRollback(host, invocation.words[0] ?? 'latest');
  if (!read.ok) {
    const { code, data, exitCode } = read.problem;
    const outcome = code === 'nothing-to-undo' ? ('unchanged' as const) : ('refused' as const);
    return { ...start, outcome, exitCode, messages: [error(`rollback.${code}`, data)] };
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
    ownerships: new Map(
      read.rollback.files.flatMap(({ path, ownership }) =>
        ownership === undefined ? [] : [[path, ownership] as const],
      ),
    ),
    verify: async () => undefined,
  };
  const surroundings = await readSurroundings(host);
  return carryOutPlan(context, buildPlan(found.changes), surroundings, how, { ...start, messages: [] });
}

async function changesFor(context: CommandContext, { files }: Rollback): Promise<Changes> {
  const { host, invocation } = context;
  const current = new Map<string, string | undefined>();
  for (const { path } of files) {
    const file = await host.read(path);
    if (!file.ok && file.reason !== 'missing') {
      return { ok: false, message: error(`error.unreadable.${file.reason}`, { path }) };
    }
    current.set(path, file.ok ? file.bytes.toString('latin1') : undefined);
  }
  const { changes, conflicts } = rollbackEdits(files, current);
  const [conflict] = conflicts;
  if (conflict !== undefined && invocation.options['words-only']) return wordsOnly(context, files);
  const restored = inOrder(files, [...changes, ...conflicts.map(restoring)]);
  const gone = await imagesGone(context, restored);
  if (gone !== undefined) return { ok: false, message: gone };
  if (conflict === undefined || invocation.options.force) return { ok: true, changes: restored };
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
function changeSince({ path, ours, oursSha256, current }: RollbackConflict): readonly ChangedFile[] {
  const isKnown = ours !== undefined || oursSha256 === undefined;
  return isKnown && ours !== current ? [{ path, before: ours, after: current }] : [];
}

/** Take out our own words and leave everything else that became of the files. */
async function wordsOnly({ host }: CommandContext, files: Rollback['files']): Promise<Changes> {
  const gathered = await gather(host);
  if (!gathered.ok) return { ok: false, message: factsRefusalMessage(gathered.refusal) };
  const changed = files.flatMap(({ path, original, ours }) =>
    original === undefined || ours === undefined ? [] : [{ path, original, ours }],
  );
  const changes: FileChange[] = [];
  for (const menu of gathered.facts.menus) {
    const { goal, which } = goalTakenBack(menu.sources, changed);
    const planned = planGoal({ ...gathered.facts, menus: [menu] }, goal, which, true);
    if (!planned.ok) return { ok: false, message: planRefusalMessage(planned.refusal) };
    changes.push(...planned.plan.edits.filter(({ path }) => !changes.some((change) => change.path === path)));
  }
  return { ok: true, changes };
}

/** A menu that names kernels which are gone must not come back, whatever was forced. */
async function imagesGone(
  { host }: CommandContext,
  changes: readonly FileChange[],
): Promise<Message | undefined> {
  const gathered = await gather(host);
  if (!gathered.ok) return undefined;
  for (const { sources } of gathered.facts.menus) {
    const texts = new Map(
      changes.flatMap(({ path, after }) =>
        after !== undefined && sources.texts.has(path) ? [[path, after] as const] : [],
      ),
    );
    if (texts.size === 0) continue;
    const before = await missingImages(host, sources, new Map());
    const after = await missingImages(host, sources, texts);
    const gone = after.filter((image) => !before.includes(image));
    if (gone.length > 0)
      return error('rollback.images-gone', { path: sources.configPath, images: gone.join(' ') });
  }
  return undefined;
}
