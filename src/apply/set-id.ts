const FORM = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]{8}$/;

/** Whether a text is the id of a backup set, and so a safe file name. */
export function isSetId(text: unknown): text is string {
  return typeof text === 'string' && FORM.test(text);
}

/**
 * The id of the next backup set: UTC seconds and eight digits of the plan's id, `20261124T143000Z-1a2b3c4d`.
 *
 * Ids sort in the order of the sets. Where the clock stands still or was set back, the new one is a second after
 * the last.
 */
export function nextSetId(now: Date, planId: string, lastId: string | undefined): string {
  const earliest = lastId === undefined ? 0 : secondsOf(lastId) + 1;
  const seconds = Math.max(Math.floor(now.getTime() / 1000), earliest);
  const time = new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${planId.slice(0, 8)}`;
}

function secondsOf(id: string): number {
  const [, year, month, day, hour, minute, second] = FORM.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
}
