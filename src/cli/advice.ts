import { editDistance } from '../cmdline/closest.ts';
import { consoleDevices } from '../cmdline/line-slots.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import { applyWordEdits, reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { BootEntry } from '../facts/boot-entry.ts';
import type { HostFacts } from '../facts/gather.ts';
import { laterLines } from '../generator/later-lines.ts';
import { note } from '../report/message.ts';
import type { Message } from '../report/report.ts';

/** Words to be taken off that stand nowhere: where was looked, and what stands there that is like them. */
export function wordsOfNowhere(facts: HostFacts, unset: readonly string[]): readonly Message[] {
  if (unset.length === 0) return [];
  const entries = facts.menus.flatMap((menu) => menu.entries);
  const next = entries.flatMap(({ lines }) => lines.flatMap(({ words }) => words));
  const later = laterLines(facts).flatMap(({ words }) => words);
  const texts = [...new Set([...next, ...later].map(({ text }) => text))];
  const places = [...new Set([...next, ...later].map(({ from }) => from.replace(/:[0-9]+$/, '')))];
  return unset.flatMap((word): readonly Message[] => {
    const isThere = texts.some((text) => reviseWords([text], { set: [], unset: [word] }).length > 0);
    if (isThere) return [];
    const looked = { word, count: entries.length, places: places.join(', ') };
    const near = texts.filter((text) => isNear(text, word));
    const nearby = near.length === 0 ? [] : [note('note.unset-near', { word, near: near.join(', ') })];
    return [note('note.unset-nowhere', looked), ...nearby];
  });
}

/** The same parameter with another value, or a name that is a slip or two away. */
function isNear(text: string, word: string): boolean {
  const { name } = parseParameter(text);
  const wanted = parseParameter(word).name;
  if (isSameName(name, wanted)) return true;
  return name.length > 2 && editDistance(name, wanted) <= (wanted.length < 6 ? 1 : 2);
}

/** Which of several consoles becomes /dev/console, where consoles are set. */
export function consoleNote(entries: readonly BootEntry[], goal: WordGoal): readonly Message[] {
  if (goal.set.every((word) => parseParameter(word).name !== 'console')) return [];
  for (const { lines } of entries) {
    for (const { words } of lines) {
      const texts = words.map(({ text }) => text);
      const devices = consoleDevices(applyWordEdits(texts, reviseWords(texts, goal)).map(parseParameter));
      if (devices.length > 1) return [note('note.console-device', { device: devices.at(-1) ?? '' })];
    }
  }
  return [];
}
