import { type Labelled, labelledRows, paragraph } from './labelled.ts';
import { saySentence } from './messages/catalogue.ts';
import type { DecisionReport, Report } from './report.ts';
import type { TextOptions } from './text-options.ts';

/** What is not known, why, and the answers by number, each with its proof and its price. */
export function renderDecision({ headline = [], decision = [] }: Report, options: TextOptions): string {
  const { say, paint, columns } = options;
  const sentences = headline.map((sentence) => saySentence(say, sentence));
  const rows = decision.map(
    (answer, at): Labelled => ({ label: `${at + 1}`, text: answerText(answer, options) }),
  );
  return `${paint('bold', paragraph(sentences, columns, say('joint.sentences')))}\n${labelledRows(rows, options, '  ')}`;
}

function answerText({ word, verdict, cost }: DecisionReport, { say }: TextOptions): string {
  if (word === undefined) return say('decide.nothing');
  const proof = say('why.word', { word, verdict: say(`works.${verdict ?? 'unknown'}`) });
  return cost === undefined
    ? proof
    : `${proof}${say('joint.sentences')}${say('label.cost', { cost: say(`hazard.${cost}`) })}`;
}
