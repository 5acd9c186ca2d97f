import type { Parameter } from '../cmdline/parameter.ts';
import type { VisibleSetting } from '../facts/running/visible-settings.ts';
import type { Observation } from './observation.ts';

/** Whether what a file says is what a word asks for; `nothing` where both may be true at once. */
type Reading = (text: string, value: string) => Observation['shows'];

/** How the files of `facts/running/visible-settings.ts` are read. */
const READINGS: Readonly<Record<string, Reading>> = {
  transparent_hugepage: (text, value) => shownIf(text.includes(`[${value}]`)),
  crashkernel: (text) => shownIf(/^[1-9]\d*$/.test(text)),
  isolcpus: (text) => shownIf(/^\d/.test(text)),
  nohz_full: (text) => shownIf(/^\d/.test(text)),
  console: (text, value) => {
    const [device = ''] = value.split(',');
    return text.split('\n').some((line) => line.split(' ')[0] === device) ? 'effect' : 'nothing';
  },
};

function shownIf(isSo: boolean): Observation['shows'] {
  return isSo ? 'effect' : 'no-effect';
}

/**
 * What a parameter's own file says. A module's parameter that has the word's value acts; one with another value may have been
 * changed since, or be written in another way.
 */
export function settingSigns(
  { name, value = '' }: Parameter,
  setting: VisibleSetting | undefined,
): readonly Observation[] {
  if (setting === undefined) return [];
  const { path, text } = setting;
  const reading = READINGS[name] ?? sameValue;
  const shows = reading(text, value);
  if (shows === 'nothing' && name === 'console') return [];
  return [{ path, shows, code: 'setting', data: { value: text } }];
}

/** A flag without a value, and `1`, `on`, `y`, are `Y` to sysfs (kernel/params.c, param_get_bool). */
function sameValue(text: string, value: string): Observation['shows'] {
  const isYes = text === 'Y' && /^(?:|1|y|Y|on)$/.test(value);
  const isNo = text === 'N' && /^(?:0|n|N|off)$/.test(value);
  return isYes || isNo || text === value ? 'effect' : 'nothing';
}
