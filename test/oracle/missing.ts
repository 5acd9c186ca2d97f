import { appendFileSync } from 'node:fs';

/** Whether what is missing fails the tests that need it, rather than skip them. */
export const isStrict = process.env['CI'] === 'true';

/**
 * Whether tests may count on something outside the project. In CI they always do, so that its absence fails; elsewhere its
 * absence is said at the end of the run (test/oracle/missing-summary.ts).
 *
 * @param what is missing otherwise
 */
export function counted(there: boolean, what: string): boolean {
  if (!there && !isStrict) noteMissing(what);
  return there || isStrict;
}

/** Have the end of the run say that tests were skipped for the want of this. */
export function noteMissing(what: string): void {
  const list = process.env['BOOTMEND_MISSING'];
  if (list === undefined) console.warn(`skipped: ${what}`);
  else appendFileSync(list, `${what}\n`);
}
