import { isSameName, type Parameter } from '../../cmdline/parameter.ts';
import type { ImageParameter } from './parameter-table.ts';

/** The record that takes a word. */
export interface Match {
  readonly record: ImageParameter;
  /** The record is a mere beginning of the word's name: only the handler knows whether it takes the rest. */
  readonly isPartial: boolean;
}

/**
 * The record that the kernel would give a word to.
 *
 * Sources: parse_one() and parameqn() in kernel/params.c (`__param`: the whole name), do_early_param() in init/main.c
 * (early: the whole name), obsolete_checksetup() there (others: the record is a prefix of `name=value`, so that
 * `foo` takes `foo=1` and `foobar` too).
 */
export function findMatch(records: readonly ImageParameter[], { name, value }: Parameter): Match | undefined {
  const line = value === undefined ? name : `${name}=${value}`;
  let partial: Match | undefined;
  for (const record of records) {
    if (record.table === 'param' || record.isEarly) {
      if (isSameName(record.name, name)) return { record, isPartial: false };
      continue;
    }
    if (!isSameName(line.slice(0, record.name.length), record.name)) continue;
    const rest = line.slice(record.name.length);
    if (rest === '' || rest.startsWith('=') || record.name.endsWith('=')) return { record, isPartial: false };
    partial ??= { record, isPartial: true };
  }
  return partial;
}
