import type { FileChange } from '../build-plan.ts';

/** The unit that keeps a trial's words once the system is up, and what has systemd start it. */
export const AT_BOOT_PATHS = {
  unit: '/etc/systemd/system/bootmend-confirm.service',
  /** A drop-in, so that nothing but regular files is written: it wants what a link in multi-user.target.wants would. */
  wants: '/etc/systemd/system/multi-user.target.d/bootmend-confirm.conf',
} as const;

/** The paths of both, in the order in which they are written: the unit is there before it is wanted. */
export const AT_BOOT_FILES: readonly string[] = [AT_BOOT_PATHS.unit, AT_BOOT_PATHS.wants];

/**
 * The texts of both files. Ordered after multi-user.target, the unit starts when everything that the target wants has started.
 *
 * Sources: systemd.unit(5), systemd.service(5), bootup(7).
 *
 * @param command the program and its arguments, latin1
 */
export function atBootTexts(command: readonly string[]): Readonly<Record<'unit' | 'wants', string>> {
  const unit = [
    '[Unit]',
    'Description=Keep the kernel parameters that this boot tries (bootmend)',
    'Documentation=man:bootmend(8)',
    'After=multi-user.target',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${command.map(unitWord).join(' ')}`,
    '',
  ];
  return { unit: unit.join('\n'), wants: '[Unit]\nWants=bootmend-confirm.service\n' };
}

/**
 * A word of a command line in a unit, so that systemd hands over exactly that word.
 *
 * Sources: systemd.service(5), "Command lines"; systemd.unit(5), "Specifiers"; systemd.syntax(7), "Quoting".
 *
 * @param word without control characters, but for tabs and newlines
 */
export function unitWord(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$');
  return /^[A-Za-z0-9_/.:=+-]+$/.test(word) ? word : `"${escaped}"`;
}

/** What takes the files out again, those that are there: the wish for the unit goes before the unit. */
export function atBootRemoval(texts: ReadonlyMap<string, string>): readonly FileChange[] {
  return AT_BOOT_FILES.toReversed().flatMap((path) => {
    const before = texts.get(path);
    return before === undefined ? [] : [{ path, before, after: undefined, decides: 'next-boot' as const }];
  });
}
