import { type Choice, choose } from '../../diagnosis/choose.ts';
import type { RequestedRemedy } from '../../diagnosis/choose-remedy.ts';
import { type Diagnosis, diagnose } from '../../diagnosis/diagnose.ts';
import { REMEDY_NAMES } from '../../diagnosis/remedy.ts';
import { contradictoryWords, deadWords } from '../../diagnosis/word-warnings.ts';
import type { Message, Report } from '../../report/report.ts';
import { carryOut } from '../carry-out.ts';
import type { CommandContext } from '../command-context.ts';
import { describeChoice, describeEntries, describeHazards, describeKernels } from '../describe.ts';
import { describeLayout } from '../describe-layout.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';
import { choose as ask } from '../prompt.ts';
import { error, warning } from '../refusal-messages.ts';

/** Stop the leak: the whole road, from the host's files to the written change. */
export async function fix(context: CommandContext): Promise<Report> {
  const { invocation } = context;
  const { options } = invocation;
  const gathered = await gatherOrRefuse(context);
  if (!gathered.ok) return gathered.report;
  const { start, facts } = gathered;
  const diagnosis = diagnose(facts);
  const chooseWith = (remedy: RequestedRemedy) =>
    choose(diagnosis, facts.workload, remedy, options.accept, options.force);
  let choice = chooseWith(requestedRemedy(options.remedy));
  if (choice.kernels.some(({ refusal }) => refusal === 'exposure-unknown') && canAskFor(context)) {
    const answer = await askForRemedy(context, choice);
    if (answer !== undefined) choice = chooseWith(answer);
  }
  const chosen = describeChoice(choice.kernels);
  const report = {
    ...start,
    layout: describeLayout(facts),
    kernels: describeKernels(diagnosis, choice.kernels),
    entries: describeEntries(diagnosis),
    ...(chosen === undefined ? {} : { choice: chosen }),
    hazards: describeHazards(choice.hazards),
    messages: [
      ...choice.warnings.map((code) => warning(`warning.${code}`)),
      ...wordWarnings(diagnosis, choice),
    ],
  };
  if (choice.goal === undefined) {
    const messages = [...report.messages, ...refusals(choice)];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  return carryOut(context, facts, choice.goal, report);
}

/** Words that stand there and do not do what they seem to. */
function wordWarnings({ entries }: Diagnosis, { kernels }: Choice): readonly Message[] {
  const remedies = kernels.map(({ remedy }) => remedy);
  const warnings = [...deadWords(entries), ...contradictoryWords(entries, remedies)];
  return warnings.map(({ code, word, count }) => warning(`warning.${code}`, { word, count }));
}

function requestedRemedy(remedy: string | undefined): RequestedRemedy {
  return REMEDY_NAMES.find((name) => name === remedy) ?? 'auto';
}

function canAskFor({ canAsk, invocation: { options } }: CommandContext): boolean {
  return canAsk && !options.yes && !options.json && !options['dry-run'];
}

async function askForRemedy({ say }: CommandContext, choice: Choice): Promise<RequestedRemedy | undefined> {
  const release = choice.kernels.find(({ refusal }) => refusal === 'exposure-unknown')?.release ?? '';
  const answer = await ask(say('ask.remedy', { release }), REMEDY_NAMES);
  return answer === undefined ? undefined : requestedRemedy(answer);
}

function refusals(choice: Choice): readonly Message[] {
  return choice.kernels.flatMap(({ release, refusal }) =>
    refusal === undefined ? [] : [error(`refusal.${refusal}`, { release })],
  );
}
