import type { Situation } from '../verification/situation.ts';
import type { Sentence } from './messages/sentence.ts';
import type { Report } from './report.ts';
import { statusHeadline } from './status-headline.ts';

/** Where the running kernel is between leak and cure; nothing where the entries alone say it. */
export function situationHeadline(report: Report): readonly Sentence[] {
  const { situation, nextEntry } = report;
  if (situation === undefined) return [];
  const { state, pending, seenBy, isLeaking } = situation;
  const words = situation.words.join(', ');
  const title = nextEntry?.title ?? '';
  switch (state) {
    case 'reboot-pending':
      return [
        ...sentenceOf(
          isLeaking === true ? 'situation.pending-leaks' : 'situation.pending',
          pending.set,
          title,
        ),
        ...removal(pending, title),
      ];
    case 'in-effect':
      return [{ code: 'situation.in-effect', data: { words, path: seenBy } }];
    case 'on-line':
      return [{ code: 'situation.on-line', data: { words } }];
    case 'without-effect':
      return seenBy === ''
        ? [{ code: 'situation.without-effect-known', data: { words } }]
        : [{ code: 'situation.without-effect', data: { words, path: seenBy } }];
    case 'leaks':
      return LEAKING.some((code) => statusHeadline(report).some((said) => said.code === code))
        ? []
        : [{ code: 'situation.leaks', data: { release: report.running?.kernel ?? '' } }];
    default:
      return [];
  }
}

/** What says it of the entries' kernels already. */
const LEAKING = ['headline.leaks', 'headline.still-leaks', 'headline.leaks-on-some'];

function removal({ set, unset }: Situation['pending'], title: string): readonly Sentence[] {
  if (set.length === 0) return sentenceOf('situation.pending-removal', unset, title);
  return unset.length === 0
    ? []
    : [{ code: 'situation.pending-removal-too', data: { words: unset.join(', ') } }];
}

function sentenceOf(
  code: 'situation.pending' | 'situation.pending-leaks' | 'situation.pending-removal',
  words: readonly string[],
  title: string,
): readonly Sentence[] {
  return words.length === 0 ? [] : [{ code, data: { words: words.join(', '), title } }];
}
