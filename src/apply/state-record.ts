/** Where a value breaks a rule: nothing for the value itself, `.field` or `[3].field` for a part of it; undefined where it keeps it. */
export type Rule = (value: unknown) => string | undefined;

/** Why a record of ours is not used. */
export type StateFault =
  /** Its first part that is not as bootmend writes it, `files[0].ownership.mode`; `-` for the whole. */
  { readonly code: 'damaged'; readonly part: string } | { readonly code: 'newer'; readonly version: number };

/** A record of our state, or what is wrong with it. */
export type RecordReading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: StateFault };

/**
 * What is written in a JSON record of our state, checked whole: nothing that was read is used where a part of it is missing,
 * of another form, or more than there should be.
 *
 * @param version the one that is written today; a higher one was written by a newer bootmend
 */
export function readRecord(
  bytes: Buffer,
  version: number,
  fields: Readonly<Record<string, Rule>>,
): RecordReading<Readonly<Record<string, unknown>>> {
  const value = parseJson(bytes);
  if (!isRecord(value)) return damaged('-');
  const found = value['version'];
  if (typeof found === 'number' && Number.isSafeInteger(found) && found > version) {
    return { ok: false, fault: { code: 'newer', version: found } };
  }
  const part = recordOf({ version: that((number) => number === version), ...fields })(value);
  return part === undefined ? { ok: true, value } : damaged(part.replace(/^\./, ''));
}

/** The refusal of a record for one part of it. */
export function damaged(part: string): { readonly ok: false; readonly fault: StateFault } {
  return { ok: false, fault: { code: 'damaged', part } };
}

/** A rule of one condition. */
export function that(holds: (value: unknown) => boolean): Rule {
  return (value) => (holds(value) ? undefined : '');
}

/** These fields, and no other. */
export function recordOf(fields: Readonly<Record<string, Rule>>): Rule {
  return (value) => {
    if (!isRecord(value)) return '';
    for (const [name, rule] of Object.entries(fields)) {
      const broken = rule(Object.hasOwn(value, name) ? value[name] : undefined);
      if (broken !== undefined) return `.${name}${broken}`;
    }
    const other = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    return other === undefined ? undefined : `.${other}`;
  };
}

/** An array of at least so many items that all keep a rule. */
export function listOf(rule: Rule, fewest = 0): Rule {
  return (value) => {
    if (!Array.isArray(value) || value.length < fewest) return '';
    for (const [index, item] of value.entries()) {
      const broken = rule(item);
      if (broken !== undefined) return `[${index}]${broken}`;
    }
    return undefined;
  };
}

/** Null, or what keeps a rule. */
export function orNull(rule: Rule): Rule {
  return (value) => (value === null ? undefined : rule(value));
}

/** A field that earlier builds did not write. */
export function optional(rule: Rule): Rule {
  return (value) => (value === undefined ? undefined : rule(value));
}

/** A hash in hexadecimal. */
export const isHash: Rule = that((value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));

/** Of `buildPlan`. */
export const isPlanId: Rule = that((value) => typeof value === 'string' && /^[0-9a-f]{8,64}$/.test(value));

/** A word, or a name: one line of bytes. */
export const isText: Rule = that(
  (value) => typeof value === 'string' && /^[^\0-\x08\x0a-\x1f\u0100-\uffff]{1,4096}$/.test(value),
);

/** An absolute path without detours; latin1, so that every character is a byte. */
export const isPath: Rule = that((value) => {
  if (typeof value !== 'string' || value.length > 4096 || !/^(?:\/[ -~\x80-\xff]+)$/.test(value))
    return false;
  return value
    .slice(1)
    .split('/')
    .every((name) => name !== '' && name !== '.' && name !== '..');
});

/** Whether a value of JSON is an object, which arrays and null are not. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
