import type { KernelChoice } from '../diagnosis/choose.ts';
import type { Diagnosis, KernelDiagnosis } from '../diagnosis/diagnose.ts';
import type { Hazard } from '../diagnosis/hazard.ts';
import { type ProblemName, REMEDIES, remediesOf, remedyWords, THE_LEAK } from '../diagnosis/remedy.ts';
import { inFamily } from '../report/messages/sentence.ts';
import type { ChoiceReport, EntryReport, HazardReport, KernelReport } from '../report/report.ts';

/** The parts of a report that facts, diagnosis, choice and plan make. */

/** The entries of a diagnosis as the report shows them. */
export function describeEntries({ entries }: Diagnosis): readonly EntryReport[] {
  return entries.map(({ entry, cmdline, words }) => ({
    title: entry.title,
    id: entry.id,
    kernel: entry.release,
    image: entry.image,
    initrd: entry.initrds,
    kind: entry.kind,
    default: entry.isDefault,
    next: entry.isNext,
    cmdline,
    words: words.map(({ word, effect, from }) => ({ word, effect, from })),
  }));
}

/** The kernels of a diagnosis as the report shows them, each with the remedy that was chosen for it. */
export function describeKernels(
  { kernels, problem }: Diagnosis,
  choices: readonly KernelChoice[],
): readonly KernelReport[] {
  return kernels.map((kernel) => {
    const remedy = choices.find(({ release }) => release === kernel.release)?.remedy;
    return { ...describeKernel(kernel, problem), ...(remedy === undefined ? {} : { remedy }) };
  });
}

function describeKernel(
  { release, isRunning, isDefault, exposure, support }: KernelDiagnosis,
  problem: ProblemName,
): KernelReport {
  return {
    release,
    running: isRunning,
    default: isDefault,
    exposure: { ...exposure, problem },
    support: Object.fromEntries(
      remediesOf(problem).map((remedy) => [REMEDIES[remedy].word, support[remedy]]),
    ),
  };
}

/** The default kernel's choice; the first one's where the default is no kernel of ours. */
export function describeChoice(
  choices: readonly KernelChoice[],
  problem: ProblemName = THE_LEAK,
): ChoiceReport | undefined {
  const choice = choices.find(({ isDefault }) => isDefault) ?? choices[0];
  if (choice?.remedy === undefined) return undefined;
  const because = choice.because.map((code) =>
    code === 'not-exposed' && problem !== THE_LEAK
      ? ({ code: 'affected.needs-nothing', data: {} } as const)
      : inFamily('choice', { code, data: {} }),
  );
  return { remedy: choice.remedy, words: remedyWords(choice.remedy), because };
}

/** Hazards as the report shows them. */
export function describeHazards(hazards: readonly Hazard[]): readonly HazardReport[] {
  return hazards.map(({ id, isBlocking, isAccepted, path, setting }) => ({
    id,
    blocking: isBlocking,
    accepted: isAccepted,
    data: { path, setting },
  }));
}
