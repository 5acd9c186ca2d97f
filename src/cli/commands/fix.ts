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
import { askKernels } from '../../facts/kernels.ts';
import { error, note, warning } from '../../report/message.ts';
import type { CodesOf } from '../../report/messages/sentence.ts';
import type { Message, Report } from '../../report/report.ts';
import { carryOut } from '../carry-out.ts';
import type { CommandContext } from '../command-context.ts';
import { describeChoice, describeEntries, describeHazards, describeKernels } from '../describe.ts';
import { describeLayout } from '../describe-layout.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';
import { measure } from '../measure.ts';
import { choose as ask } from '../prompt.ts';
import { offerMilder } from '../relax.ts';
import { targetOf } from '../target.ts';

/** Stop the leak: the whole road, from the host's files to the written change. */
export async function fix(context: CommandContext): Promise<Report> {
  const { invocation } = context;
  const { options } = invocation;
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
  const chooseWith = (remedy: RequestedRemedy) =>
    choose(diagnosis, facts.workload, remedy, options.accept, options.force);
  let choice = chooseWith(requested);
  const undecided = choice.kernels.find(isForAPerson);
  const answer =
    undecided && canAskFor(context) ? await askForRemedy(context, undecided, problem) : undefined;
  if (answer !== undefined && answer !== 'none') choice = chooseWith(answer);
  const chosen = describeChoice(choice.kernels, problem);
  const milder = offerMilder(diagnosis, invocation);
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
  if (answer === 'none') {
    const messages = [...report.messages, note('note.measure-first')];
    return { ...report, outcome: 'unchanged', exitCode: EXIT.done, messages };
  }
  if (choice.goal === undefined) {
    const messages = [...report.messages, ...refusals(choice, diagnosis, context)];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  return carryOut(context, facts, choice.goal, report);
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
type UndecidedKernel = KernelChoice & { readonly refusal: CodesOf<'ask.remedy'> };

function isForAPerson(kernel: KernelChoice): kernel is UndecidedKernel {
  return kernel.refusal === 'exposure-unknown' || kernel.refusal === 'remedy-too-hard';
}

/** The first answer offered changes nothing: what is not known, or nearly cured, is measured first. */
async function askForRemedy(
  { say }: CommandContext,
  { release, refusal }: UndecidedKernel,
  problem: ProblemName,
): Promise<RemedyName | 'none' | undefined> {
  const answer = await ask(
    say(problem === THE_LEAK ? `ask.remedy.${refusal}` : 'ask.affected', { release }),
    ['none', ...remediesOf(problem)],
  );
  return answer === 'none' ? 'none' : REMEDY_NAMES.find((name) => name === answer);
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

/** A command that can be pasted as it is. */
function command({ invocation }: CommandContext, options: string): string {
  const { problem } = invocation.options;
  return `bootmend fix${targetOf(invocation)}${problem === undefined ? '' : ` --problem ${problem}`} ${options}`;
}
