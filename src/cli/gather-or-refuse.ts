import { gather, type HostFacts } from '../facts/gather.ts';
import type { Report } from '../report/report.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import { factsRefusalMessage } from './facts-refusal-message.ts';

/** The facts of the host with the beginning of a report about it, or the report that says why there are none. */
export type GatheredForCommand =
  | { readonly ok: true; readonly start: Pick<Report, 'command' | 'root'>; readonly facts: HostFacts }
  | { readonly ok: false; readonly report: Report };

/** The facts of the command's host, or the report that refuses it. */
export async function gatherOrRefuse({ invocation, host }: CommandContext): Promise<GatheredForCommand> {
  const start = { command: invocation.command, root: host.root };
  const gathered = await gather(host);
  if (gathered.ok) return { ok: true, start, facts: gathered.facts };
  const messages = [factsRefusalMessage(gathered.refusal)];
  return { ok: false, report: { ...start, outcome: 'refused', exitCode: EXIT.refused, messages } };
}
