import { listTokens } from '../../cmdline/comma-list.ts';
import { isSameName, type Parameter, parseParameter } from '../../cmdline/parameter.ts';
import type { Evidence, EvidenceReason, EvidenceSays, Seen } from '../evidence.ts';
import { earlyReader, isComposed } from './early-readers.ts';
import type { ImageReading, ImageResult } from './image-reading.ts';
import { findMatch } from './matching-record.ts';
import { longestInlineComparison, type NamePlace, type NameReading } from './name-places.ts';
import type { TokenAnswer, TokenQuestion } from './token.ts';

type Observation = Seen & { readonly says: EvidenceSays };

/**
 * What a kernel image says about one word of a command line: `name=value`, or `name` alone.
 *
 * `absent` needs both tables, and that the name's text stands nowhere else where code could compare with it. It is about the image
 * only: a dotted name may still be a loadable module's parameter.
 * Where the code is `image.parameter-missing`, `reason` says why a similar record does not count: `value-required` (the
 * kernel knows `name=` and is not asked without `=`), `obsolete` (a record without a handler).
 *
 * @param path the image's path as the host sees it
 */
export function imageEvidence(result: ImageResult, word: string, path: string): Evidence {
  const observation = result.ok ? observe(result.reading, word) : unreadable(result.reason, result.data);
  return { source: 'image', path, strength: 'observation', ...observation };
}

/** The questions about tokens that a word raises; `readKernelImage` has to be asked them for `imageEvidence` to answer. */
export function tokenQuestions(word: string): readonly TokenQuestion[] {
  const { name, value } = parseParameter(word);
  const parameter = tokenParameters.find((known) => isSameName(known, `${name}=`));
  return parameter === undefined ? [] : listTokens(value).map((token) => ({ parameter, token }));
}

/** Whether a reading, perhaps from a cache, was asked all that a word asks. */
export function isAnswered(reading: ImageReading, word: string): boolean {
  const areTokensAnswered = tokenQuestions(word).every(
    (question) => answerTo(reading, question).code !== 'not-asked',
  );
  const { data } = observe(reading, word);
  return areTokensAnswered && !('reason' in data && data.reason === 'text-not-searched');
}

/** Parameters whose value is nothing but tokens that the kernel compares one by one, and ignores if it knows them not. */
const tokenParameters = ['cgroup.memory=', 'cgroup_disable='];

function answerTo({ tokens }: ImageReading, { parameter, token }: TokenQuestion): TokenAnswer {
  const asked = tokens.find((one) => one.parameter === parameter && one.token === token);
  return asked?.answer ?? { says: 'inconclusive', code: 'not-asked' };
}

function unreadable(reason: EvidenceReason, data: Readonly<Record<string, string>>): Observation {
  return { says: 'inconclusive', code: 'image.unreadable', data: { ...data, reason } };
}

function observe(reading: ImageReading, word: string): Observation {
  const parameter = parseParameter(word);
  const match = findMatch(reading.parameters, parameter);
  if (match === undefined) return observeMissing(reading, parameter);
  const { name } = match.record;
  if (match.record.table === 'setup' && match.record.handler === undefined) {
    const missing = observeMissing(reading, parameter);
    if (missing.code !== 'image.parameter-missing') return missing;
    return { ...missing, data: { name, reason: 'obsolete' } };
  }
  if (match.isPartial) return unreadable('handler-decides', { name });
  return (
    observeTokens(reading, word, name) ?? { says: 'present', code: 'image.parameter-listed', data: { name } }
  );
}

/**
 * What is said of a name that no table has. Only that its text is nowhere proves that nothing reads it; code that is known to read
 * it counts where the text is there, too.
 */
function observeMissing(reading: ImageReading, { name, value }: Parameter): Observation {
  if (isComposed(name)) return unreadable('read-outside-tables', { name });
  if (reading.paramTable === undefined) return unreadable('no-param-table', { name });
  const found = reading.names.find((one) => one.name === name);
  if (found === undefined) return unreadable('text-not-searched', { name });
  const reader = earlyReader(reading.architecture, reading.release, name);
  if (reader !== undefined && found.places.some(({ isWhole, form }) => isWhole && form === 'name')) {
    return { says: 'present', code: 'image.read-by-early-code', data: { name, source: reader.source } };
  }
  if (found.count > 0) return textElsewhere(found);
  if (name.length <= longestInlineComparison) return unreadable('name-too-short', { name });
  const isValueMissing =
    value === undefined && reading.parameters.some((record) => isSameName(record.name, `${name}=`));
  const reason = isValueMissing ? { reason: 'value-required' } : {};
  return { says: 'absent', code: 'image.parameter-missing', data: { name, ...reason } };
}

function textElsewhere({ name, count, places }: NameReading): Observation {
  const shown = places.map(({ part, offset }: NamePlace) => `${part} +0x${offset.toString(16)}`).join(', ');
  return {
    says: 'inconclusive',
    code: 'image.text-elsewhere',
    data: { name, count, places: count > places.length ? `${shown} …` : shown },
  };
}

/** What the tokens of a word say together: the first that is not proven, else that they are. */
function observeTokens(reading: ImageReading, word: string, name: string): Observation | undefined {
  const observations = tokenQuestions(word).map((question) =>
    tokenObservation(answerTo(reading, question), name, question.token),
  );
  for (const says of ['absent', 'inconclusive', 'present'] as const) {
    const found = observations.find((observation) => observation.says === says);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tokenObservation({ says, code }: TokenAnswer, name: string, token: string): Observation {
  switch (code) {
    case 'referenced':
      return { says, code: 'image.token-referenced', data: { name, token } };
    case 'controller-built-in':
      return { says, code: 'image.parameter-listed', data: { name, token } };
    case 'no-handler':
      return { says, code: 'image.parameter-missing', data: { name } };
    case 'not-referenced':
      return { says, code: 'image.token-missing', data: { name, token, reason: code } };
    case 'no-string':
      return { says, code: 'image.token-missing', data: { name, token } };
    default:
      return { says, code: 'image.token-string-only', data: { name, token, reason: code } };
  }
}
