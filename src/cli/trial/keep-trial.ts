import type { Trial } from '../../apply/trials.ts';
import type { WordGoal } from '../../cmdline/revise-words.ts';
import type { Goal } from '../../diagnosis/goal.ts';
import { gather, type HostFacts } from '../../facts/gather.ts';
import { hostWithTexts } from '../../facts/host-with-texts.ts';
import { readTexts } from '../../facts/layout/read-text.ts';
import type { Host } from '../../host/host.ts';
import { buildPlan, type FileChange } from '../../plan/build-plan.ts';
import { changedWords } from '../../plan/changed-words.ts';
import type { Plan } from '../../plan/plan.ts';
import { AT_BOOT_FILES, atBootRemoval } from '../../plan/trial/at-boot-unit.ts';
import { planFingerprint } from '../../plan/trial/plan-fingerprint.ts';
import { joinedChanges, type TrialFile, trialRemoval } from '../../plan/trial/trial-removal.ts';
import { error, warning } from '../../report/message.ts';
import type { Message, Report } from '../../report/report.ts';
import { carryOutPlan } from '../carry-out-plan.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { factsRefusalMessage } from '../facts-refusal-message.ts';
import { planOrRefuse } from '../plan-or-refuse.ts';
import { targetOf } from '../target.ts';
import { verifyWritten } from '../verify-written.ts';

/**
 * Keep the words of a trial for good: the change that `fix`, `set` or `unset` would have made at once, planned anew on the
 * files as they are without the trial, together with what takes the trial's entry out again.
 */
export async function keepTrial(
  context: CommandContext,
  trial: Trial,
  report: Omit<Report, 'exitCode'>,
): Promise<Report> {
  const { host, invocation } = context;
  const { options } = invocation;
  const refuse = (message: Message, plan?: Plan): Report => {
    const shown = plan === undefined ? {} : { plan };
    const messages = [...report.messages, message];
    return { ...report, ...shown, outcome: 'refused', exitCode: EXIT.refused, messages };
  };
  const { record } = trial;
  const removal = trialRemoval(await trialFiles(host, trial));
  const without = new Map(removal.map(({ path, after }) => [path, after]));
  const gathered = await gather(hostWithTexts(host, without));
  if (!gathered.ok) return refuse(factsRefusalMessage(gathered.refusal));
  const { facts } = gathered;
  const goal = goalOf(trial, facts);
  const planned = planOrRefuse(facts, goal, record.entries, record.isForced);
  if (!planned.ok) return refuse(planned.message);
  const unit = atBootRemoval(await readTexts(host, AT_BOOT_FILES));
  const plan = buildPlan([...joinedChanges(planned.plan.edits, removal), ...unit]);
  const isOther = planFingerprint(planned.plan) !== record.permanent;
  if (isOther && options.yes && options.plan !== plan.id) {
    const command = `bootmend confirm --yes --plan ${plan.id}${targetOf(invocation)}`;
    return refuse(error('error.trial-plan-changed', { command }), plan);
  }
  const messages = [...report.messages, ...(isOther ? [warning('warning.trial-plan-changed')] : [])];
  const how = {
    kind: 'apply',
    words: () => changedWords(facts.menus, planned.plan.edits),
    madeFrom: facts.madeFrom,
    directories: trial.directories,
    trialStep: { of: trial.manifest.id, is: 'confirmed' },
    verify: verifyWritten(facts, goal, record.entries),
  } as const;
  const done = await carryOutPlan(context, plan, facts, how, { ...report, messages });
  if (done.outcome !== 'applied' || done.trial === undefined) return done;
  return { ...done, trial: { ...done.trial, state: 'confirmed' } };
}

/** The files of the trial as they are now; one that can't be read is refused where the plan is applied. */
async function trialFiles(host: Host, { manifest }: Trial): Promise<readonly TrialFile[]> {
  const texts = await readTexts(
    host,
    manifest.files.map(({ path }) => path),
  );
  return manifest.files.map(({ path, beforeSha256 }) => {
    return { path, text: texts.get(path), isOurs: beforeSha256 === undefined };
  });
}

/** The trial's goal; kernels that came since get what the lines that kernels share get. */
function goalOf({ record: { shared, kernels } }: Trial, facts: HostFacts): Goal {
  const perKernel = new Map<string, WordGoal>(facts.kernels.map(({ release }) => [release, shared]));
  for (const { release, set, unset } of kernels) perKernel.set(release, { set, unset });
  return { shared, perKernel };
}

/** The plan that takes the unit of `--at-boot` out; without edits where it is not there. */
export async function planWithoutUnit(host: Host): Promise<Plan> {
  const changes: readonly FileChange[] = atBootRemoval(await readTexts(host, AT_BOOT_FILES));
  return buildPlan(changes);
}
