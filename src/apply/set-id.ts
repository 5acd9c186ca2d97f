const FORM = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]{8}$/;

/** The last second that an id can name. */
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z') / 1000;

/** Whether a name is like the id of a backup set, be its date one or not. */
export function looksLikeSetId(text: string): boolean {
  return FORM.test(text);
}

/** Whether a text is the id of a backup set, and so a safe file name. */
export function isSetId(text: unknown): text is string {
  return typeof text === 'string' && secondsOf(text) !== undefined;
}

/**
 * The id of the next backup set: UTC seconds and eight digits of the plan's id, `20261124T143000Z-1a2b3c4d`.
 *
 * Ids sort in the order of the sets. Where the clock stands still or was set back, the new one is a second after
 * the last; undefined where the last one names the last second that there is.
 */
export function nextSetId(now: Date, planId: string, lastId: string | undefined): string | undefined {
  const last = lastId === undefined ? undefined : secondsOf(lastId);
  const seconds = Math.max(Math.floor(now.getTime() / 1000), last === undefined ? 0 : last + 1);
  if (seconds > LAST_SECOND) return undefined;
  return `${timeText(seconds)}-${planId.slice(0, 8)}`;
}

/** Seconds since 1970; undefined where the text is no id, or its date none. */
function secondsOf(id: string): number | undefined {
  const [, year, month, day, hour, minute, second] = FORM.exec(id) ?? [];
  const seconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
  const isDate = Number.isSafeInteger(seconds) && seconds >= 0 && timeText(seconds) === id.slice(0, 16);
  return isDate ? seconds : undefined;
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
}
