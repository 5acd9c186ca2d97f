import type { Trial } from '../../apply/trials.ts';
import { readSurroundings } from '../../facts/surroundings.ts';
import { error, note } from '../../report/message.ts';
import type { Message, Report } from '../../report/report.ts';
import { carryOutPlan } from '../carry-out-plan.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { targetOf } from '../target.ts';
import { runCheckCommand } from '../trial/check-command.ts';
import { describeTrial, findTrial } from '../trial/find-trial.ts';
import { installAtBoot } from '../trial/install-at-boot.ts';
import { keepTrial, planWithoutUnit } from '../trial/keep-trial.ts';
import { type BootFacts, verifyRunning } from '../verify-running.ts';

/** Keep the words of a trial that booted, or have that done once the next boot is up. */
export async function confirm(context: CommandContext): Promise<Report> {
  const { invocation, host } = context;
  const { options, command } = invocation;
  const start = { command, root: host.root };
  const found = await findTrial(host);
  if (!found.ok) {
    const { message, exitCode } = found;
    return { ...start, outcome: 'refused', exitCode, messages: [message] };
  }
  const { trial, progress } = found;
  if (trial === undefined) {
    return { ...start, outcome: 'refused', exitCode: EXIT.refused, messages: [error('error.trial-none')] };
  }
  const report = { ...start, trial: describeTrial(trial, progress), messages: [] };
  const refuse = (exitCode: number, message: Message): Report => {
    return { ...report, outcome: 'refused', exitCode, messages: [message] };
  };
  if (trial.isConfirmed) {
    const messages = [note('note.trial-kept-already')];
    return { ...report, outcome: 'unchanged', exitCode: EXIT.done, messages };
  }
  if (options['at-boot']) return installAtBoot(context, trial, progress, report);
  if (progress === 'unknown') return refuse(EXIT.refused, error('error.trial-not-seen'));
  if (progress === 'pending') return refuse(EXIT.pending, error('error.trial-pending'));
  const rollback = `bootmend rollback ${trial.manifest.id}${targetOf(invocation)}`;
  if (progress === 'failed') {
    return leaveTrial(context, trial, refuse(EXIT.found, error('error.trial-failed', { command: rollback })));
  }
  const { words: verification } = await verifyRunning(host, NOTHING_ELSE, () => trial.record.tried);
  const dead = verification.filter(({ verdict }) => verdict === 'without-effect').map(({ word }) => word);
  if (dead.length > 0) {
    const message = error('error.trial-without-effect', { words: dead.join(' '), command: rollback });
    return leaveTrial(context, trial, { ...refuse(EXIT.found, message), verification });
  }
  const check = options['check-command'];
  if (check !== undefined && !host.isRunningSystem) {
    return refuse(EXIT.refused, error('error.trial-check-root'));
  }
  const { isWell, status } =
    check === undefined || options['dry-run'] ? { isWell: true, status: 0 } : await runCheckCommand(check);
  if (isWell) return keepTrial(context, trial, { ...report, verification });
  const message = error('error.trial-check-failed', { status: status ?? '-', command: rollback });
  return leaveTrial(context, trial, refuse(EXIT.found, message));
}

/** What the running kernel does with the words is asked of it alone, whatever boots next. */
const NOTHING_ELSE: BootFacts = { menus: [], kernels: [] };

/** The words are not kept. The unit that was to keep them has done its work, and goes with the same leave. */
async function leaveTrial(context: CommandContext, trial: Trial, left: Report): Promise<Report> {
  const { host, invocation } = context;
  const { options } = invocation;
  if (!trial.isAtBoot || !options.yes || options['dry-run']) return left;
  const how = {
    kind: 'apply',
    directories: trial.directories,
    trialStep: { of: trial.manifest.id, is: 'not-at-boot' },
    verify: async () => undefined,
  } as const;
  const done = await carryOutPlan(
    context,
    await planWithoutUnit(host),
    await readSurroundings(host),
    how,
    left,
  );
  return { ...done, exitCode: done.exitCode === EXIT.done ? left.exitCode : done.exitCode };
}
