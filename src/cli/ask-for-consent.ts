import type { Report } from '../report/report.ts';
import type { ReportPart } from '../report/text-options.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import { ask, type Key, NO, YES } from './prompt.ts';

/** What the operator says of a plan. */
export type Consent =
  | { readonly kind: 'given' }
  /** Another remedy is wanted. */
  | { readonly kind: 'other' }
  | {
      readonly kind: 'missing';
      /** What is to be said of it; a no needs no words. */
      readonly code: 'error.needs-yes' | 'error.interrupted' | undefined;
      readonly exitCode: number;
    };

/**
 * Show a plan and ask for it. Parts of it are shown as often as they are asked for.
 *
 * @param hasOther whether another remedy can be asked for
 */
export async function askForConsent(
  { invocation, canAsk, show, reveal, say }: Omit<CommandContext, 'host'>,
  planned: Report,
  hasOther: boolean,
): Promise<Consent> {
  const { yes, json } = invocation.options;
  if (yes) return { kind: 'given' };
  if (!canAsk || json) return { kind: 'missing', code: 'error.needs-yes', exitCode: EXIT.refused };
  const keys = keysFor(planned, hasOther);
  const shown = keys.map(({ answer }) => say(`ask.${answer}`)).join('  ');
  const question = `${say(planned.command === 'rollback' ? 'ask.undo' : 'ask.write')}  ${shown}:`;
  const again = say('ask.again', {
    keys: keys.map(({ typed }) => typed.find((text) => text !== '')).join(' '),
  });
  show(planned);
  for (;;) {
    const answer = await ask(question, keys, again);
    switch (answer) {
      case 'yes':
        return { kind: 'given' };
      case 'no':
        return { kind: 'missing', code: undefined, exitCode: EXIT.refused };
      case 'interrupted':
        return { kind: 'missing', code: 'error.interrupted', exitCode: EXIT.interrupted };
      case 'other':
        return { kind: 'other' };
      default:
        reveal(answer, planned);
    }
  }
}

type Answer = 'yes' | 'no' | 'other' | ReportPart;

/** What can be answered: parts that the report has nothing for are not offered. */
function keysFor({ kernels = [], entries = [] }: Report, hasOther: boolean): readonly Key<Answer>[] {
  const keys: Key<Answer>[] = [YES, NO, { answer: 'diff', typed: ['d', 'diff'] }];
  if (kernels.length > 0) keys.push({ answer: 'why', typed: ['w', 'why'] });
  if (entries.length > 0) keys.push({ answer: 'entries', typed: ['e', 'entries'] });
  if (hasOther) keys.push({ answer: 'other', typed: ['r', 'remedy'] });
  return keys;
}
