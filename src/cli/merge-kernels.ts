import { groupBy } from '../report/group-by.ts';
import type { Message } from '../report/report.ts';

/** Of kernels that a message is about, as many are named. */
const MOST_NAMED = 3;

/** One message where several say the same of different kernels: their releases stand in it together, or are counted. */
export function mergeKernels(messages: readonly Message[]): readonly Message[] {
  return [...groupBy(messages, subjectOf).values()].map(merged);
}

function subjectOf(message: Message): string {
  const { release: _, ...others } = dataOf(message);
  return JSON.stringify([message.level, message.code, 'release' in message.data, others]);
}

function merged(group: readonly [Message, ...Message[]]): Message {
  const [first] = group;
  const releases = [...new Set(group.map((message) => String(dataOf(message)['release'])))];
  if (!('release' in first.data) || releases.length < 2) return first;
  const more = releases.length - MOST_NAMED;
  const release = releases.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` … (+${more})` : '');
  return { ...first, data: { ...first.data, release } } as Message;
}

function dataOf({ data }: Message): Readonly<Record<string, string | number>> {
  return data;
}
