import { applyPlan } from '../apply/apply-plan.ts';
import type { Outcome } from '../apply/outcome.ts';
import { missingSpace, scarceSpace } from '../apply/space-for-rollback.ts';
import type { ApplyOptions } from '../apply/transaction.ts';
import { changeHazards, type Hazard, isStandingAgainst } from '../diagnosis/hazard.ts';
import { isReadOnly } from '../facts/mounts.ts';
import { readRunningState } from '../facts/running/running-state.ts';
import type { Surroundings } from '../facts/surroundings.ts';
import { mountHolding } from '../host/mountinfo.ts';
import type { ChangedWords } from '../plan/changed-words.ts';
import type { Plan } from '../plan/plan.ts';
import {
  noteMessages,
  refusedMessage,
  settlementMessages,
  takenBackMessages,
  unrestoredFiles,
} from '../report/apply-messages.ts';
import { error, tell, warning } from '../report/message.ts';
import type { Message, Report } from '../report/report.ts';
import { askForConsent } from './ask-for-consent.ts';
import { commandAgain } from './command-again.ts';
import type { CommandContext } from './command-context.ts';
import { describeHazards } from './describe.ts';
import { EXIT, outcomeExit } from './exit-code.ts';
import { hazardNotAccepted } from './hazard-not-accepted.ts';
import { rebootNeeded } from './reboot-needed.ts';
import { recordChange } from './record-change.ts';
import { waitingNote } from './waiting-note.ts';
import { withSignals } from './with-signals.ts';

/** What `applyPlan` is to know beside the plan; the clock, the signals and the boot are this machine's. */
export type HowToApply = Omit<ApplyOptions, 'clock' | 'signal' | 'purpose'> & {
  /** What the plan does to the lines; none with a rollback. */
  readonly words?: () => readonly ChangedWords[];
};

/**
 * The last stretch of every road that writes: show the plan, ask, apply, say what became of it.
 *
 * @param other what is done where the operator wants another remedy; undefined where there is none
 */
export async function carryOutPlan(
  context: CommandContext,
  plan: Plan,
  surroundings: Surroundings,
  how: HowToApply,
  start: Omit<Report, 'exitCode'>,
  other?: () => Promise<Report>,
): Promise<Report> {
  const { options } = context.invocation;
  if (plan.edits.length === 0) return { ...start, outcome: 'unchanged', exitCode: EXIT.done };
  const report = { ...start, messages: [...start.messages, ...(await spaceWarnings(context, plan, how))] };
  const hazards = changeHazards(surroundings, options.accept);
  const planned = {
    ...report,
    hazards: [...(report.hazards ?? []), ...describeHazards(hazards)],
    plan,
    commandAgain: commandAgain(context.invocation),
  };
  const notAgreed = otherPlan(plan, options.plan);
  if (notAgreed !== undefined) {
    const messages = [...report.messages, notAgreed];
    return { ...planned, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  const obstacle = readOnlyObstacle(plan, surroundings) ?? hazardObstacle(context, hazards);
  if (options['dry-run']) {
    const exitCode = options.check ? EXIT.found : EXIT.done;
    const doubts = obstacle === undefined ? [] : [tell('warning', obstacle.message)];
    return { ...planned, outcome: 'planned', exitCode, messages: [...report.messages, ...doubts] };
  }
  if (obstacle !== undefined) {
    const messages = [...report.messages, obstacle.message];
    return { ...planned, outcome: 'refused', exitCode: obstacle.exitCode, messages };
  }
  const consent = await askForConsent(context, { ...planned, exitCode: EXIT.done }, other !== undefined);
  if (consent.kind === 'other' && other !== undefined) return other();
  if (consent.kind === 'missing') {
    const messages = consent.code === undefined ? report.messages : [...report.messages, error(consent.code)];
    return { ...planned, outcome: 'refused', exitCode: consent.exitCode, messages };
  }
  return applyAndTell(context, plan, how, planned);
}

async function applyAndTell(
  context: CommandContext,
  plan: Plan,
  { words, ...how }: HowToApply,
  planned: Omit<Report, 'exitCode'>,
): Promise<Report> {
  const bootId = (await readRunningState(context.host))?.bootId;
  const purpose = { command: context.invocation.command, words: words?.() ?? [], bootId };
  const outcome = await applyWithSignals(context, plan, { ...how, purpose });
  const report = describeOutcome(outcome, planned);
  const failures = await recordChange(context, { planId: plan.id, words: purpose.words, bootId }, outcome);
  const messages = [...report.messages, ...failures];
  return { ...report, messages, ...(await rebootAfter(context, outcome)) };
}

async function rebootAfter(
  { host }: CommandContext,
  { kind }: Outcome,
): Promise<Pick<Report, 'rebootNeeded'>> {
  const isNeeded = kind === 'applied' ? await rebootNeeded(host) : undefined;
  return isNeeded === undefined ? {} : { rebootNeeded: isNeeded };
}

/** What a rollback may lack is said before the change, and what it does lack before its own question. */
async function spaceWarnings(
  { host }: CommandContext,
  { edits }: Plan,
  { kind }: HowToApply,
): Promise<readonly Message[]> {
  if (kind === 'apply') {
    const scarce = await scarceSpace(host, edits);
    return scarce.map((found) => warning('warning.space-for-rollback', { ...found }));
  }
  const missing = await missingSpace(host, edits);
  return missing.map((found) => warning('warning.no-space-to-restore', { ...found }));
}

interface Obstacle {
  readonly message: Message;
  readonly exitCode: number;
}

/** Where a person, or a program, agreed to one plan and this is another: a plan's id is a hash of all that it does. */
function otherPlan({ id }: Plan, agreed: string | undefined): Message | undefined {
  return agreed === undefined || agreed === id ? undefined : error('error.other-plan', { agreed, id });
}

/** A file of the plan on a mount where nothing can be written. */
function readOnlyObstacle({ edits }: Plan, { mounts }: Surroundings): Obstacle | undefined {
  for (const { path } of edits) {
    const mount = mountHolding(mounts.mounted ?? [], path);
    if (mount === undefined || !isReadOnly(mount)) continue;
    return { message: error('error.mounted-read-only', { path, point: mount.point }), exitCode: EXIT.failed };
  }
  return undefined;
}

function hazardObstacle({ invocation }: CommandContext, hazards: readonly Hazard[]): Obstacle | undefined {
  const standing = hazards.find(isStandingAgainst);
  if (standing === undefined) return undefined;
  return { message: hazardNotAccepted(invocation, standing), exitCode: EXIT.refused };
}

/** A signal ends the transaction at its next safe step; the process then says how it left the files. */
async function applyWithSignals(
  { host, invocation, canAsk, say }: CommandContext,
  plan: Plan,
  how: Omit<ApplyOptions, 'clock' | 'signal'>,
): Promise<Outcome> {
  const isTold = canAsk && !invocation.options.quiet;
  const written = isTold ? waitingNote(say('progress.writing')) : () => undefined;
  try {
    return await withSignals((signal) => applyPlan(host, plan, { ...how, clock: () => new Date(), signal }));
  } finally {
    written();
  }
}

function describeOutcome(outcome: Outcome, planned: Omit<Report, 'exitCode'>): Report {
  const { kind, recovered } = outcome;
  const exitCode = outcomeExit(outcome);
  const messages: Message[] = [...planned.messages];
  if (recovered !== undefined) messages.push(...settlementMessages(recovered));
  switch (outcome.kind) {
    case 'unchanged':
      return { ...planned, outcome: kind, exitCode, messages };
    case 'applied':
      messages.push(...noteMessages(outcome.notes));
      return { ...planned, outcome: kind, exitCode, backup: outcome.backup, messages };
    case 'refused': {
      messages.push(refusedMessage(outcome.problem));
      const files = recovered === undefined ? {} : unrestoredFiles(recovered);
      return { ...planned, outcome: kind, ...files, exitCode, messages };
    }
    case 'failed-restored':
      messages.push(...takenBackMessages(outcome.problem, outcome.takenBack));
      return { ...planned, outcome: kind, ...unrestoredFiles(outcome.takenBack), exitCode, messages };
  }
}
