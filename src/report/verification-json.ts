import type { Situation } from '../verification/situation.ts';
import type { WordVerification } from '../verification/verify-words.ts';
import { type Say, saySentence } from './messages/catalogue.ts';
import { inFamily } from './messages/sentence.ts';
import type { Report } from './report.ts';
import { decodeText } from './visible-text.ts';

/** The keys of the document that tell of words on the kernel that runs. */
export function verificationJson(
  {
    situation,
    nextEntry,
    verification,
    verified,
    lineDifference,
    rebootNeeded,
    relaxation,
    symptoms,
  }: Report,
  say: Say,
): Readonly<Record<string, unknown>> {
  const { expectedKernel, ...rest } = verified ?? {};
  return {
    situation: situation && situationJson(situation),
    nextEntry: nextEntry && {
      title: decodeText(nextEntry.title),
      kernel: nextEntry.kernel === undefined ? undefined : decodeText(nextEntry.kernel),
    },
    verification: verification?.map((word) => wordJson(word, say)),
    verified: verified && {
      ...rest,
      expectedKernel: expectedKernel === undefined ? undefined : decodeText(expectedKernel),
    },
    lineDifference: lineDifference && {
      onlyRunning: lineDifference.onlyRunning.map(decodeText),
      onlyNextBoot: lineDifference.onlyNextBoot.map(decodeText),
    },
    rebootNeeded,
    symptoms: symptoms && {
      ...symptoms,
      found: symptoms.found.map((symptom) => ({
        ...symptom,
        detail: saySentence(say, inFamily('symptom', symptom)),
      })),
    },
    relaxation: relaxation && { ...relaxation, release: decodeText(relaxation.release) },
  };
}

function situationJson({ state, words, seenBy, isLeaking, pending }: Situation): unknown {
  return {
    state,
    words: words.map(decodeText),
    seenBy: decodeText(seenBy),
    leaking: isLeaking,
    pending: { set: pending.set.map(decodeText), unset: pending.unset.map(decodeText) },
  };
}

function wordJson(
  { word, wanted, isOnLine, inEffect, seenBy, verdict }: WordVerification,
  say: Say,
): unknown {
  return {
    word: decodeText(word),
    wanted,
    onLine: isOnLine,
    inEffect,
    seenBy: seenBy.map(({ path, shows, ...seen }) => ({
      path: decodeText(path),
      shows,
      code: seen.code,
      detail: saySentence(say, inFamily('seen', seen)),
    })),
    verdict,
  };
}
