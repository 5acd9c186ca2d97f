import { choose } from '../../diagnosis/choose.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { changeHazards } from '../../diagnosis/hazard.ts';
import { THE_LEAK } from '../../diagnosis/remedy.ts';
import type { Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { describeChoice, describeEntries, describeHazards, describeKernels } from '../describe.ts';
import { describeLater, laterWarnings, unreadableLater } from '../describe-later.ts';
import { describeLayout } from '../describe-layout.ts';
import { unseenWarnings } from '../describe-unseen.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';
import { measure } from '../measure.ts';
import { offerMilder } from '../relax.ts';
import { trialState } from '../trial/trial-state.ts';
import { unfinishedChange } from '../unfinished-change.ts';
import { whereWeAre } from '../where-we-are.ts';

/** What boots, with which words, whether this host leaks, and what `fix` would choose. */
export async function status(context: CommandContext): Promise<Report> {
  const gathered = await gatherOrRefuse(context);
  if (!gathered.ok) return gathered.report;
  const { start, facts } = gathered;
  const symptoms = await measure(context.host, facts);
  const diagnosis = diagnose(facts, THE_LEAK, symptoms);
  const choice = choose(diagnosis, facts.workload, 'auto', [], false);
  const chosen = describeChoice(choice.kernels);
  const where = await whereWeAre(context.host, facts);
  const { messages: trialMessages, ...trial } = await trialState(context);
  return {
    ...start,
    exitCode: EXIT.done,
    ...where,
    ...(symptoms === undefined ? {} : { symptoms }),
    layout: describeLayout(facts),
    kernels: describeKernels(diagnosis, choice.kernels),
    entries: describeEntries(diagnosis),
    ...(chosen === undefined ? {} : { choice: chosen }),
    ...offerMilder(diagnosis, context.invocation).report,
    ...describeLater(facts),
    ...trial,
    hazards: describeHazards([...choice.hazards, ...changeHazards(facts, [])]),
    messages: [
      ...trialMessages,
      ...unseenWarnings(facts),
      ...unreadableLater(facts),
      ...laterWarnings(facts),
      ...(await unfinishedChange(context.host)),
    ],
  };
}
