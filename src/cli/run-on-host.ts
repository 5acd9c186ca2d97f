import type { Destination } from '../remote/destination.ts';
import { error } from '../report/message.ts';
import type { Report } from '../report/report.ts';
import { askForConsent } from './ask-for-consent.ts';
import { EXIT } from './exit-code.ts';
import { type Invocation, mayWrite } from './invocation.ts';
import type { ReportOutput } from './report-output.ts';
import { type Reaching, reportThere } from './report-there.ts';

/**
 * Run one command on one other machine. Where a person is to agree, it is a dry run there that is shown, and what is agreed to is
 * that plan: the machine refuses to apply any other.
 */
export async function runOnHost(
  invocation: Invocation,
  destination: Destination,
  reaching: Reaching,
  output: ReportOutput,
): Promise<Report> {
  const { options } = invocation;
  const isAsked = mayWrite(invocation, reaching.canAsk) && !options.yes && !options.json;
  if (!isAsked) return reportThere(invocation, destination, reaching);
  const dryRun = { ...invocation, options: { ...options, 'dry-run': true } };
  const planned = await reportThere(dryRun, destination, reaching);
  if (planned.plan === undefined || planned.outcome !== 'planned') return planned;
  if (planned.messages.some(isObstacle)) return reportThere(invocation, destination, reaching);
  const { outcome: _, ...shown } = planned;
  const context = { ...reaching, invocation, show: output.show, reveal: output.reveal };
  const consent = await askForConsent(context, shown, false);
  if (consent.kind !== 'given') {
    const { code, exitCode } =
      consent.kind === 'missing' ? consent : { code: undefined, exitCode: EXIT.refused };
    const messages = code === undefined ? planned.messages : [...planned.messages, error(code)];
    return { ...planned, outcome: 'refused', exitCode, messages };
  }
  const agreed = { ...invocation, options: { ...options, yes: true, plan: planned.plan.id } };
  return reportThere(agreed, destination, reaching);
}

/** A dry run warns of what the change itself is refused for; there is nothing to be asked then. */
function isObstacle({ level, code }: Report['messages'][number]): boolean {
  return level === 'warning' && code.startsWith('error.');
}
