import type { Diagnosis } from '../diagnosis/diagnose.ts';
import { type Relaxation, relaxationOf } from '../diagnosis/relaxation.ts';
import { REMEDIES, THE_LEAK } from '../diagnosis/remedy.ts';
import { note } from '../report/message.ts';
import type { Message, Report } from '../report/report.ts';
import type { Invocation } from './invocation.ts';
import { targetOf } from './target.ts';

/** What is offered, as a part of the report and as a message. */
interface Offer {
  readonly report: Pick<Report, 'relaxation'>;
  readonly notes: readonly Message[];
}

const NOTHING_MILDER: Offer = { report: {}, notes: [] };

/** The milder words that would do by now, with the command that puts them in place; nothing where a remedy was asked for. */
export function offerMilder({ problem, kernels }: Diagnosis, invocation: Invocation): Offer {
  const { remedy = 'auto' } = invocation.options;
  const isOpen = problem === THE_LEAK && remedy === 'auto';
  const relaxation = isOpen ? relaxationOf(kernels) : undefined;
  if (relaxation === undefined) return NOTHING_MILDER;
  const { release, milder } = relaxation;
  const command = `bootmend ${wordsFor(relaxation, targetOf(invocation))}`;
  return {
    report: { relaxation: { release, milder, command } },
    notes: [note(`relax.${milder}`, { release, command })],
  };
}

function wordsFor({ milder, isForAll }: Relaxation, where: string): string {
  const [nokmem, disable] = [REMEDIES.nokmem.word, REMEDIES.disable.word];
  const which = isForAll ? '' : ' --entries default';
  if (milder === 'none') return `unset${where}${which} ${disable}`;
  return isForAll ? `fix${where} --remedy nokmem` : `set${where}${which} ${nokmem} --unset ${disable}`;
}
