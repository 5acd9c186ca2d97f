import {
  type DefaultsSource,
  type DefaultsValues,
  evaluateDefaults,
} from '../../../src/grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../../../src/grub/defaults/parse-defaults.ts';
import type { ShellName } from './real-shell.ts';

const paths = ['/etc/default/grub', '/etc/default/grub.d/50-a.cfg', '/etc/default/grub.d/60-b.cfg'];

/** The main file and its drop-ins. */
export function sourcesOf(texts: readonly string[]): readonly DefaultsSource[] {
  return texts.map((text, index) => {
    const parsed = parseDefaults(text);
    if (!parsed.ok) throw new Error(`${parsed.problem.code} in ${text}`);
    return { path: paths[index] ?? '', file: parsed.value };
  });
}

export function evaluateTexts(texts: readonly string[], shell: ShellName): DefaultsValues {
  return evaluateDefaults(sourcesOf(texts), shell);
}
