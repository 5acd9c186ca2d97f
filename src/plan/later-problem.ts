import { lineSlots } from '../cmdline/line-slots.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import { applyWordEdits, reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { Goal } from '../diagnosis/goal.ts';
import { factsWithTexts } from '../facts/facts-with-texts.ts';
import type { HostFacts } from '../facts/gather.ts';
import { coversLaterKernels, selectEntries } from '../facts/select-entries.ts';
import type { LaterLine, LaterWord } from '../generator/later-line.ts';
import { laterLines } from '../generator/later-lines.ts';
import { lineName, unknownInFiles } from '../generator/line-name.ts';
import type { PlanRefusal } from './plan-refusal.ts';

/**
 * What is wrong with the lines that the generators would make of files with these texts, measured against the goal;
 * undefined where each of them has the goal's words once and otherwise the words that it has now.
 *
 * @param texts the changed files by path, latin1
 */
export function laterProblem(
  facts: HostFacts,
  goal: Goal,
  which: string,
  texts: ReadonlyMap<string, string>,
): PlanRefusal | undefined {
  if (!coversLaterKernels(which)) return undefined;
  const before = laterLines(facts);
  const after = texts.size === 0 ? before : laterLines(factsWithTexts(facts, texts));
  const standing = standingWords(facts);
  for (const [index, old] of before.entries()) {
    const line = after[index];
    if (line === undefined || line.kind !== old.kind) {
      return { code: 'later-line-would-change', line: lineName(old), found: '' };
    }
    const problem = lineProblem(old, line, goalOf(old, facts, goal, which), standing);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What a line is held against: undefined for one that follows the entries, whose words are checked by themselves. */
function goalOf(line: LaterLine, facts: HostFacts, goal: Goal, which: string): WordGoal | undefined {
  const isRecovery = line.kind === 'recovery' || line.kind === 'dom0-recovery';
  if (line.kind === 'copy' || (isRecovery && which !== 'all')) return undefined;
  if (line.kind === 'hypervisor') return { set: [], unset: [] };
  return line.kind === 'literal' ? literalGoal(line, facts, goal, which) : goal.shared;
}

/** The goal of the entry of the menu that a script makes. */
export function literalGoal(
  { entry }: Pick<LaterLine, 'entry'>,
  { menus }: HostFacts,
  goal: Goal,
  which: string,
): WordGoal {
  const entries = menus.flatMap((menu) => selectEntries(menu.entries, which));
  const own = entries.find(({ title, id }) => title === entry?.title && id === entry.id);
  return goal.perKernel.get(own?.release ?? '') ?? { set: [], unset: [] };
}

/** The words that boot next, of all entries. */
function standingWords({ menus }: HostFacts): readonly string[] {
  return menus.flatMap(({ entries }) =>
    entries.flatMap(({ lines }) => lines.flatMap(({ words }) => words.map(({ text }) => text))),
  );
}

function lineProblem(
  before: LaterLine,
  after: LaterLine,
  goal: WordGoal | undefined,
  standing: readonly string[],
): PlanRefusal | undefined {
  if (goal === undefined) return undefined;
  const texts = textsOf(after);
  const edits = reviseWords(texts, goal);
  const line = lineName(after);
  const kept = goal.unset.flatMap((word) => after.words.filter((one) => isMeant(one, word)));
  if (kept[0] !== undefined)
    return { code: 'later-line-keeps-word', line, word: kept[0].text, from: kept[0].from };
  if (edits.length > 0 && after.lost !== undefined) {
    const { from, text } = after.lost;
    return { code: 'later-line-cut', line, words: goal.set.join(' '), from, found: text };
  }
  // Whether other words stand in for the plain ones under Xen is said to be unknown, not taken for a loss.
  const isReplaced = after.kind.startsWith('dom0') && unknownInFiles(after).length > 0;
  if (isReplaced && edits.every(({ kind }) => kind === 'insert')) return undefined;
  if (edits.length > 0) return { code: 'later-line-lacks-word', line, words: goal.set.join(' ') };
  const wanted = applyWordEdits(textsOf(before), reviseWords(textsOf(before), goal));
  const changed = firstDifference(wanted, texts);
  if (changed !== undefined) return { code: 'later-line-would-change', line, found: changed };
  return unknownProblem(before, goal, standing);
}

/** A word that goes, and that nothing but an unknown part can have brought. */
function unknownProblem(
  before: LaterLine,
  goal: WordGoal,
  standing: readonly string[],
): PlanRefusal | undefined {
  const [unknown] = unknownInFiles(before).filter(({ because }) => because !== 'terminal');
  if (unknown === undefined) return undefined;
  const isThere = (word: string) => standing.some((text) => isMeant({ kind: 'plain', text }, word));
  const hidden = goal.unset.find((word) => isThere(word) && !before.words.some((one) => isMeant(one, word)));
  if (hidden === undefined) return undefined;
  const { because, from } = unknown;
  return { code: 'later-line-unknown', line: lineName(before), word: hidden, from, unknown: because };
}

/** Whether an `unset` of the word means this one. */
function isMeant({ kind, text }: Pick<LaterWord, 'kind' | 'text'>, word: string): boolean {
  if (kind === 'unknown') return false;
  return (
    isSameName(parseParameter(text).name, parseParameter(word).name) &&
    reviseWords([text], { set: [], unset: [word] }).length > 0
  );
}

/** What is not known may be any word, and none that the goal names. */
function textsOf({ words }: LaterLine): readonly string[] {
  return words.map(({ kind, text }) => (kind === 'unknown' ? `\0${text}` : text));
}

/** A word that only one of two lines has, in whatever order; with the size that a number of huge pages is for. */
function firstDifference(wanted: readonly string[], found: readonly string[]): string | undefined {
  const slots = (words: readonly string[]): readonly string[] => {
    const places = lineSlots(words.map(parseParameter));
    return words.map((word, index) => `${word}\n${places[index]}`).sort();
  };
  const left = slots(wanted);
  const right = slots(found);
  const at = left.findIndex((word, index) => word !== right[index]);
  if (at === -1 && left.length === right.length) return undefined;
  return (left[at] ?? right[left.length] ?? '').split('\n', 1)[0];
}
