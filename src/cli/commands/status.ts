import { choose } from '../../diagnosis/choose.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { gather } from '../../facts/gather.ts';
import type { Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import {
  describeChoice,
  describeEntries,
  describeHazards,
  describeKernels,
  describeLayout,
} from '../describe.ts';
import { EXIT } from '../exit-code.ts';
import { factsRefusalMessage } from '../refusal-messages.ts';

/** What boots, with which words, whether this host leaks, and what `fix` would choose. */
export async function status({ invocation, host }: CommandContext): Promise<Report> {
  const { command } = invocation;
  const { root } = host;
  const gathered = await gather(host);
  if (!gathered.ok) {
    const messages = [factsRefusalMessage(gathered.refusal)];
    return { command, root, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  const { facts } = gathered;
  const diagnosis = diagnose(facts);
  const choice = choose(diagnosis, facts.workload, 'auto', [], false);
  const chosen = describeChoice(choice.kernels);
  return {
    command,
    root,
    exitCode: EXIT.done,
    layout: describeLayout(facts),
    kernels: describeKernels(diagnosis, choice.kernels),
    entries: describeEntries(diagnosis),
    ...(chosen === undefined ? {} : { choice: chosen }),
    hazards: describeHazards(choice.hazards),
    messages: [],
  };
}
