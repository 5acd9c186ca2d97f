import type { Goal } from '../diagnosis/goal.ts';
import { readBootEntries } from '../facts/boot-entries.ts';
import type { BootEntry } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import { type GrubSources, withTexts } from '../facts/boot-sources.ts';
import type { HostFacts } from '../facts/gather.ts';
import { readGrubSources } from '../facts/read-boot-sources.ts';
import { selectEntries } from '../facts/select-entries.ts';
import type { Host } from '../host/host.ts';
import { buildPlan } from '../plan/build-plan.ts';
import { type Plan, textsAfter } from '../plan/plan.ts';
import { entriesWith, menuProblem } from '../plan/plan-goal.ts';
import { goalWithNewKernels, menuNews, otherDefault, otherRootMount } from '../plan/regenerated-menu.ts';
import { error, problemMessage, tell, warning } from '../report/message.ts';
import { inFamily } from '../report/messages/sentence.ts';
import type { Message } from '../report/report.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';

/** A plan whose grub.cfg is what the family's own grub-mkconfig makes. */
export type Regeneration =
  | {
      readonly ok: true;
      readonly plan: Plan;
      /** The menu as it will be, and what it was measured by. */
      readonly menu: BootMenuFacts;
      readonly goal: Goal;
      /** What comes with it beyond the words. */
      readonly messages: readonly Message[];
    }
  | Refusal;

interface Refusal {
  readonly ok: false;
  readonly exitCode: number;
  readonly message: Message;
}

/**
 * Let the family's own grub-mkconfig make the grub.cfg of a plan, from the planned defaults files. What it makes must give
 * the entries their words; what else it changes is told. Nothing is written.
 */
export async function regenerateMenu(
  { host, invocation }: CommandContext,
  facts: HostFacts,
  goal: Goal,
  which: string,
  plan: Plan,
): Promise<Regeneration> {
  const found = await findProgram(host, facts);
  if (!found.ok) return found;
  const { program, menu, sources } = found;
  const made = await makeConfig(host, program, plan, invocation.options.force);
  if (!made.ok) return made;
  const planned = textsAfter(plan.edits);
  const read = await readMenu(host, sources, new Map([...planned, [sources.configPath, made.text]]));
  if (!read.ok) return read;
  const expected = entriesWith(menu, planned);
  const judged = goalWithNewKernels(goal, read.menu.entries);
  const against =
    missedGoal(read.menu, judged, which) ??
    (invocation.options.force ? undefined : danger(expected, read.menu.entries));
  if (against !== undefined) return refuse(against);
  const before = sources.texts.get(sources.configPath);
  const messages = newsOf(expected, read.menu.entries);
  const isMore = made.text !== (planned.get(sources.configPath) ?? before);
  return {
    ok: true,
    plan: withConfig(plan, sources.configPath, before, made.text),
    menu: read.menu,
    goal: judged,
    messages: isMore ? [warning('warning.regenerate-more', { program }), ...messages] : messages,
  };
}

function refuse(message: Message, exitCode: number = EXIT.refused): Refusal {
  return { ok: false, exitCode, message };
}

type Found =
  | {
      readonly ok: true;
      readonly program: string;
      readonly menu: BootMenuFacts;
      readonly sources: GrubSources;
    }
  | Refusal;

const PROGRAM_DIRECTORIES = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The program that makes this host's one grub.cfg and nothing else; update-grub itself would write it. */
async function findProgram(host: CommandContext['host'], { menus }: HostFacts): Promise<Found> {
  const [menu, ...others] = menus;
  if (menu?.sources.kind !== 'grub2') return refuse(error('error.regenerate-no-grub'));
  if (others.length > 0) return refuse(error('error.regenerate-several-configs'));
  if (host.user.uid !== 0) return refuse(error('error.regenerate-needs-root'));
  const { sources } = menu;
  const names = sources.rules.mkconfigPrograms.filter((name) => name.endsWith('mkconfig'));
  for (const program of names.flatMap((name) => PROGRAM_DIRECTORIES.map((path) => `${path}/${name}`))) {
    const { ok } = await host.status(program);
    if (ok && sources.rules.mkconfigAlsoWrites !== 'nothing') {
      return refuse(error('error.regenerate-writes-more', { program }));
    }
    if (ok) return { ok, program, menu, sources };
  }
  return refuse(error('error.regenerate-no-program', { programs: names.join(', ') }));
}

type Made = { readonly ok: true; readonly text: string } | Refusal;

/** The grub.cfg that the planned files make. A file that the plan makes anew is none that grub-mkconfig reads. */
async function makeConfig(host: Host, program: string, plan: Plan, isTrusted: boolean): Promise<Made> {
  const shown = new Map<string, string>();
  for (const { path, before, after } of plan.edits) {
    if (before !== undefined && after !== undefined) shown.set(path, after);
  }
  const run = await host.runInRoot(program, shown, isTrusted);
  if (!run.ok) return refuse(error(`error.regenerate-${run.reason}`, { program, detail: run.detail }));
  const { exitCode, stdout, stderr, isMissing } = run;
  if (exitCode === 0) return { ok: true, text: stdout.toString('latin1') };
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const detail = isMissing ? 'unshare(1)' : said;
  return refuse(error('error.regenerate-failed', { program, detail }), EXIT.failed);
}

type Read = { readonly ok: true; readonly menu: BootMenuFacts } | Refusal;

/** The menu with what it names that the one before did not: new kernels, other files. */
async function readMenu(
  host: Host,
  { rules, platform, configPath, rootSource }: GrubSources,
  texts: ReadonlyMap<string, string>,
): Promise<Read> {
  const config = { path: configPath, text: texts.get(configPath) ?? '' };
  const read = await readGrubSources(host, rules, platform, config, rootSource);
  const sources = withTexts(read.sources, texts);
  const reading = readBootEntries(sources);
  if (reading.ok) return { ok: true, menu: { sources, ...reading } };
  return refuse(problemMessage('regenerate-not-parsed', reading.path, reading.problem));
}

function missedGoal(menu: BootMenuFacts, goal: Goal, which: string): Message | undefined {
  if (selectEntries(menu.entries, which).length === 0) return error('error.regenerate-no-entry', { which });
  const title = menuProblem(menu, goal, which, new Map());
  return title === undefined ? undefined : error('error.regenerate-goal-missed', { title });
}

/** What may keep the machine from coming up, or bring up something else. */
function danger(expected: readonly BootEntry[], made: readonly BootEntry[]): Message | undefined {
  const mount = otherRootMount(expected, made);
  if (mount !== undefined) return error('error.regenerate-root-words', mount);
  const chosen = otherDefault(expected, made);
  return chosen && error('error.regenerate-other-default', chosen);
}

function newsOf(expected: readonly BootEntry[], made: readonly BootEntry[]): readonly Message[] {
  return menuNews(expected, made).map((news) => tell('warning', inFamily('warning', news)));
}

function withConfig(plan: Plan, path: string, before: string | undefined, after: string): Plan {
  const others = plan.edits.filter((edit) => edit.path !== path);
  return buildPlan([...others, { path, before, after, decides: 'next-boot' }]);
}
