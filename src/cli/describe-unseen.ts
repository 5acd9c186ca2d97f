import type { UnseenPart } from '../facts/boot-entry.ts';
import type { HostFacts } from '../facts/gather.ts';
import { error, warning } from '../report/message.ts';
import type { Message } from '../report/report.ts';

function unseenIn({ menus }: Pick<HostFacts, 'menus'>): readonly UnseenPart[] {
  return menus.flatMap(({ unseen }) => unseen);
}

function dataOf({ code, place, found }: UnseenPart) {
  const { path, line, column } = place;
  return { path, line, column, found, unseen: code };
}

/** Where a menu goes on in a way that can't be followed. */
export function unseenWarnings(facts: Pick<HostFacts, 'menus'>): readonly Message[] {
  return unseenIn(facts).map((part) =>
    warning(part.hidesEntries ? 'warning.menu-entries-unseen' : 'warning.menu-unseen', dataOf(part)),
  );
}

/** Why a menu is not edited: an entry that is not seen would stay as it is without a word. */
export function unseenRefusal(facts: Pick<HostFacts, 'menus'>): Message | undefined {
  const part = unseenIn(facts).find(({ hidesEntries }) => hidesEntries);
  return part && error('error.menu-entries-unseen', dataOf(part));
}
