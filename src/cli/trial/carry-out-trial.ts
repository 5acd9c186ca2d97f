import type { TrialRecord } from '../../apply/trial-record.ts';
import { cmdlineWords } from '../../cmdline/cmdline.ts';
import type { Goal } from '../../diagnosis/goal.ts';
import { decidingLine } from '../../facts/boot-entry.ts';
import { gatherMenus, type HostFacts } from '../../facts/gather.ts';
import { hostWithTexts } from '../../facts/host-with-texts.ts';
import type { Host } from '../../host/host.ts';
import type { Plan } from '../../plan/plan.ts';
import { planFingerprint } from '../../plan/trial/plan-fingerprint.ts';
import { type PlannedTrial, planTrial } from '../../plan/trial/plan-trial.ts';
import { trialMenuProblem } from '../../plan/trial/trial-menu.ts';
import type { TrialRefusal } from '../../plan/trial/trial-refusal.ts';
import { error, note } from '../../report/message.ts';
import { planRefusalMessage } from '../../report/plan-refusal-message.ts';
import type { Message, Report } from '../../report/report.ts';
import { carryOutPlan } from '../carry-out-plan.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import type { InvocationOptions } from '../invocation.ts';
import { targetOf } from '../target.ts';

/**
 * The road of `--trial`: what would be kept for good is planned as ever, and an entry that boots it once is written instead.
 *
 * @param permanent the plan that `confirm` carries out later
 */
export async function carryOutTrial(
  context: CommandContext,
  facts: HostFacts,
  goal: Goal,
  permanent: Plan,
  report: Omit<Report, 'exitCode'>,
): Promise<Report> {
  const { host, invocation } = context;
  const { options } = invocation;
  const refuse = (message: Message): Report => {
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages: [...report.messages, message] };
  };
  if (options.regenerate) return { ...refuse(error('error.trial-regenerate')), exitCode: EXIT.usage };
  if (permanent.edits.length === 0) return { ...report, outcome: 'unchanged', exitCode: EXIT.done };
  const planned = planTrial(facts, goal, options.entries ?? 'normal');
  if (!planned.ok) return refuse(planRefusalMessage(planned.refusal));
  const { plan, trial } = planned;
  const texts = new Map(plan.edits.map(({ path, after }) => [path, after]));
  const judged = await judge(hostWithTexts(host, texts), trial);
  if (!judged.ok) return refuse(planRefusalMessage(judged.refusal));
  const { line, title } = judged;
  const record = recordOf(goal, trial, line, permanent, options);
  const { set, unset } = trial.goal;
  const told = {
    ...report,
    trial: { state: 'planned', id: undefined, set, unset, line } as const,
    messages: [...report.messages, note('note.trial-once', { title, line: line.join(' ') })],
  };
  const verify = async () => problemThere(await judge(host, trial));
  const how = {
    kind: 'apply',
    words: () => [{ kernels: [trial.release], set, unset }],
    madeFrom: facts.madeFrom,
    trial: record,
    verify,
  } as const;
  const done = await carryOutPlan(context, plan, facts, how, told);
  if (done.outcome !== 'applied') return done;
  const command = `bootmend confirm${targetOf(invocation)}`;
  return {
    ...done,
    trial: { ...told.trial, state: 'pending', id: done.backup?.id },
    messages: [...done.messages, note('note.trial-next', { command })],
  };
}

function recordOf(
  { shared, perKernel }: Goal,
  { goal: tried, blockPath }: PlannedTrial,
  line: readonly string[],
  permanent: Plan,
  options: InvocationOptions,
): TrialRecord {
  return {
    tried: { set: tried.set, unset: tried.unset },
    shared: { set: shared.set, unset: shared.unset },
    kernels: [...perKernel].map(([release, { set, unset }]) => ({ release, set, unset })),
    entries: options.entries ?? 'normal',
    isForced: options.force,
    line,
    permanent: planFingerprint(permanent),
    block: blockPath,
  };
}

type Judgement =
  | {
      readonly ok: true;
      readonly title: string;
      /** As /proc/cmdline will show it, but for what the loader puts in front. */
      readonly line: readonly string[];
    }
  | { readonly ok: false; readonly refusal: TrialRefusal };

/** The menu of a host with the trial's files, read as ever and held against the one without them. */
async function judge(host: Host, { menu, words, blockPath }: PlannedTrial): Promise<Judgement> {
  const path = menu.sources.configPath;
  const read = await gatherMenus(host);
  const after = read.ok ? read.menus[0] : undefined;
  if (after === undefined) {
    const found = read.ok ? '' : read.refusal.code;
    return { ok: false, refusal: { code: 'trial-menu-would-change', path, found } };
  }
  const refusal = trialMenuProblem(menu, after, words, blockPath);
  if (refusal !== undefined) return { ok: false, refusal };
  const entry = after.entries.find(({ kind }) => kind === 'trial');
  const line = entry === undefined ? undefined : decidingLine(entry);
  return { ok: true, title: entry?.title ?? '', line: cmdlineWords(line?.cmdline ?? '') };
}

function problemThere(judged: Judgement) {
  if (judged.ok) return undefined;
  const { refusal } = judged;
  return { path: 'path' in refusal ? refusal.path : '', detail: refusal.code };
}
