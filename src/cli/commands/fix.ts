import { type Choice, choose, type KernelChoice } from '../../diagnosis/choose.ts';
import type { RequestedRemedy } from '../../diagnosis/choose-remedy.ts';
import { type Diagnosis, diagnose } from '../../diagnosis/diagnose.ts';
import { isStandingAgainst } from '../../diagnosis/hazard.ts';
import { PROBLEM_NAMES } from '../../diagnosis/known-problem.ts';
import {
  type ProblemName,
  REMEDIES,
  REMEDY_NAMES,
  type RemedyName,
  remediesOf,
  remedyWords,
  THE_LEAK,
} from '../../diagnosis/remedy.ts';
import { contradictoryWords, deadWords } from '../../diagnosis/word-warnings.ts';
import type { HostFacts } from '../../facts/gather.ts';
import { askKernels } from '../../facts/kernels.ts';
import { error, note, warning } from '../../report/message.ts';
import type { CodesOf } from '../../report/messages/sentence.ts';
import type { Message, Report } from '../../report/report.ts';
import { carryOut } from '../carry-out.ts';
import { commandAgain } from '../command-again.ts';
import type { CommandContext } from '../command-context.ts';
import { describeChoice, describeEntries, describeHazards, describeKernels } from '../describe.ts';
import { describeLayout } from '../describe-layout.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';
import { measure } from '../measure.ts';
import { mergeKernels } from '../merge-kernels.ts';
import { ask } from '../prompt.ts';
import { offerMilder } from '../relax.ts';

/** Stop the leak: the whole road, from the host's files to the written change. */
export async function fix(context: CommandContext): Promise<Report> {
  const { options } = context.invocation;
  const gathered = await gatherOrRefuse(context);
  if (!gathered.ok) return gathered.report;
  const { start, facts } = gathered;
  const problem = problemNamed(options.problem);
  const requested = requestedRemedy(options.remedy);
  if (requested !== 'auto' && REMEDIES[requested].problem !== problem) {
    const of = REMEDIES[requested].problem;
    const messages = [error('error.remedy-of-another', { remedy: requested, problem, of })];
    return { ...start, exitCode: EXIT.usage, messages };
  }
  const kernels = await askKernels(context.host, facts.kernels, remediesOf(problem).flatMap(remedyWords));
  const symptoms = await measure(context.host, facts);
  const diagnosis = diagnose({ ...facts, kernels }, problem, symptoms);
  return fixWith(requested, { context, start, facts, diagnosis });
}

/** What a remedy is chosen and planned from. */
interface Diagnosed {
  readonly context: CommandContext;
  readonly start: Pick<Report, 'command' | 'root'>;
  readonly facts: HostFacts;
  readonly diagnosis: Diagnosis;
}

async function fixWith(requested: RequestedRemedy, diagnosed: Diagnosed): Promise<Report> {
  const { context, start, facts, diagnosis } = diagnosed;
  const { accept, force } = context.invocation.options;
  const choice = choose(diagnosis, facts.workload, requested, accept, force);
  const undecided = choice.kernels.filter(isForAPerson);
  if (undecided.length > 0 && canAskFor(context)) return decide(diagnosed, undecided);
  const chosen = describeChoice(choice.kernels, diagnosis.problem);
  const milder = offerMilder(diagnosis, context.invocation);
  const report = {
    ...start,
    layout: describeLayout(facts),
    kernels: describeKernels(diagnosis, choice.kernels),
    entries: describeEntries(diagnosis),
    ...(chosen === undefined ? {} : { choice: chosen }),
    ...milder.report,
    hazards: describeHazards(choice.hazards),
    messages: [...choiceWarnings(diagnosis, choice), ...milder.notes],
  };
  if (choice.goal === undefined) {
    const messages = [...report.messages, ...mergeKernels(refusals(choice, diagnosis, context))];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  return carryOut(context, facts, choice.goal, report, () => decide(diagnosed, []));
}

/** Let a person choose between the remedies; the first answer, which Enter gives too, changes nothing. */
async function decide(diagnosed: Diagnosed, undecided: readonly UndecidedKernel[]): Promise<Report> {
  const { context, start, diagnosis } = diagnosed;
  const report = { ...start, ...describeDecision(diagnosis, undecided) };
  const answer = await askForRemedy(context, diagnosis.problem, {
    ...report,
    exitCode: EXIT.done,
    messages: [],
  });
  if (answer === 'interrupted') {
    const messages = [error('error.interrupted')];
    return { ...report, outcome: 'refused', exitCode: EXIT.interrupted, messages };
  }
  if (answer !== 'none') return fixWith(answer, diagnosed);
  const messages = undecided.length === 0 ? [] : [note('note.measure-first')];
  return { ...report, outcome: 'unchanged', exitCode: EXIT.done, messages };
}

/** What the choice leaves open, and words that stand there and do not do what they seem to. */
function choiceWarnings({ entries }: Diagnosis, { kernels, warnings }: Choice): readonly Message[] {
  const remedies = kernels.map(({ remedy }) => remedy);
  const words = [...deadWords(entries), ...contradictoryWords(entries, remedies)];
  return [
    ...warnings.map((code) => warning(`warning.${code}`)),
    ...words.map(({ code, word, count }) => warning(`warning.${code}`, { word, count })),
  ];
}

function problemNamed(problem: string | undefined): ProblemName {
  return PROBLEM_NAMES.find((name) => name === problem) ?? THE_LEAK;
}

function requestedRemedy(remedy: string | undefined): RequestedRemedy {
  return REMEDY_NAMES.find((name) => name === remedy) ?? 'auto';
}

function canAskFor({ canAsk, invocation: { options } }: CommandContext): boolean {
  return canAsk && !options.yes && !options.json && !options['dry-run'];
}

/** A kernel whose refusal a person who knows the host can lift by a decision. */
type UndecidedKernel = KernelChoice & { readonly refusal: 'exposure-unknown' | 'remedy-too-hard' };

function isForAPerson(kernel: KernelChoice): kernel is UndecidedKernel {
  return kernel.refusal === 'exposure-unknown' || kernel.refusal === 'remedy-too-hard';
}

/** What is to be decided: the remedies of the problem, after changing nothing. */
function describeDecision(
  { problem, kernels }: Diagnosis,
  undecided: readonly UndecidedKernel[],
): Pick<Report, 'headline' | 'decision'> {
  const judged = kernels.filter(({ hasNormalEntry }) => hasNormalEntry);
  const decision = remediesOf(problem).map((remedy) => {
    const verdicts = new Set(judged.map(({ support }) => support[remedy].verdict));
    const [verdict] = verdicts.size === 1 ? verdicts : [];
    return { word: REMEDIES[remedy].word, verdict: verdict ?? 'unknown', cost: REMEDIES[remedy].cost };
  });
  const [first] = undecided;
  const releases = undecided.map(({ release }) => release).join(', ');
  const code =
    problem === THE_LEAK && first !== undefined ? (`decide.${first.refusal}` as const) : 'decide.affected';
  return {
    headline: first === undefined ? [] : [{ code, data: { releases } }],
    decision: [{ word: undefined, verdict: undefined, cost: undefined }, ...decision],
  };
}

async function askForRemedy(
  { say, show }: CommandContext,
  problem: ProblemName,
  report: Report,
): Promise<RemedyName | 'none' | 'interrupted'> {
  const answers = ['none', ...remediesOf(problem)] as const;
  const keys = answers.map((answer, at) => ({ answer, typed: at === 0 ? ['', '1'] : [`${at + 1}`] }));
  show(report);
  return ask(
    say('ask.which'),
    keys,
    say('ask.again', { keys: keys.map(({ typed }) => typed.at(-1)).join(' ') }),
  );
}

/** Why nothing was chosen, with commands that would really do something on that kernel. */
function refusals(choice: Choice, diagnosis: Diagnosis, context: CommandContext): readonly Message[] {
  const standing = choice.hazards.filter(isStandingAgainst).map(({ id }) => id);
  const hazards = [...new Set(standing)];
  return choice.kernels.flatMap(({ release, refusal, because }): readonly Message[] => {
    if (refusal === undefined) return [];
    const support = diagnosis.kernels.find((kernel) => kernel.release === release)?.support;
    const notDead = remediesOf(diagnosis.problem).filter((remedy) => support?.[remedy].verdict !== 'absent');
    const ways =
      refusal === 'hazard-not-accepted'
        ? [
            hazards.map((id) => `--accept ${id}`).join(' '),
            ...notDead.filter((remedy) => remedy === 'nokmem').map((remedy) => `--remedy ${remedy}`),
          ]
        : notDead.map((remedy) => `--remedy ${remedy}`);
    const data = {
      release,
      hazards: hazards.join(', '),
      ways: ways.map((way) => command(context, way)).join('; '),
    };
    const isStuck = refusal === 'no-proven-remedy' && notDead.length === 0;
    const notes = because.map((code) => note(`choice.${code}`));
    return [
      ...notes,
      error(isStuck ? 'refusal.no-remedy-at-all' : refusalCode(refusal, diagnosis.problem), data),
    ];
  });
}

function refusalCode(
  refusal: CodesOf<'refusal'>,
  problem: ProblemName,
): `refusal.${CodesOf<'refusal'>}` | 'affected.undecided' {
  return refusal === 'exposure-unknown' && problem !== THE_LEAK ? 'affected.undecided' : `refusal.${refusal}`;
}

/** This command once more with other options. */
function command({ invocation }: CommandContext, options: string): string {
  const isOtherRemedy = options.includes('--remedy');
  const again = isOtherRemedy ? { ...invocation.options, remedy: undefined } : invocation.options;
  return `${commandAgain({ ...invocation, options: again })} ${options}`;
}
