/** What systemd-boot is told about the default; each may be a pattern. */
export interface SystemdBootChoice {
  /** EFI variable LoaderEntryOneShot: for the next boot only. */
  readonly oneShot?: string | undefined;
  /** EFI variable LoaderEntryDefault. */
  readonly variable?: string | undefined;
  /** `default` of loader.conf. */
  readonly loaderConf?: string | undefined;
  /** EFI variable LoaderEntryLastBooted, which `@saved` stands for. */
  readonly lastBooted?: string | undefined;
}

/**
 * Which entry systemd-boot starts by itself; the first that nothing else names. Undefined where there is none.
 *
 * Source: config_select_default_entry and config_find_entry, systemd's src/boot/boot.c.
 *
 * @param ids file names with `.conf` and without boot counters, in menu order
 */
export function findSystemdBootDefault(
  ids: readonly string[],
  choice: SystemdBootChoice,
): number | undefined {
  for (const told of [choice.oneShot, choice.variable, choice.loaderConf]) {
    const pattern = told === '@saved' ? choice.lastBooted : told;
    const index = pattern === undefined ? -1 : ids.findIndex((id) => isMatch(pattern, id));
    if (index !== -1) return index;
  }
  return ids.length === 0 ? undefined : 0;
}

/**
 * The value of `default` in loader.conf, the last one; undefined where it is not set.
 *
 * Source: loader.conf(5); line_get_key_value and config_defaults_load_from_file in systemd's src/boot/boot.c.
 *
 * @param text latin1
 */
export function loaderConfDefault(text: string): string | undefined {
  let value: string | undefined;
  for (const line of text.split(/[\r\n]/)) {
    const setting = /^[ \t]*default[ \t]+(\S.*)$/.exec(line)?.[1]?.trim();
    if (setting === undefined || (setting.startsWith('@') && setting !== '@saved')) continue;
    value = setting;
  }
  return value;
}

/** Letters of either case are the same, as ids come from a FAT file system. `*`, `?` and `[…]` as in a shell. */
function isMatch(pattern: string, id: string): boolean {
  const wanted = pattern.toLowerCase();
  const name = id.toLowerCase();
  let at = 0;
  let star: { readonly pattern: number; readonly name: number } | undefined;
  let nameAt = 0;
  while (nameAt < name.length || at < wanted.length) {
    const step = nameAt < name.length ? stepOver(wanted, at, name.charAt(nameAt)) : 0;
    if (wanted[at] === '*') {
      star = { pattern: at + 1, name: nameAt };
      at += 1;
    } else if (step > 0) {
      at += step;
      nameAt += 1;
    } else if (star !== undefined && star.name < name.length) {
      star = { pattern: star.pattern, name: star.name + 1 };
      at = star.pattern;
      nameAt = star.name;
    } else return false;
  }
  return true;
}

/** How many characters of the pattern stand for this one; 0 where they stand for another. */
function stepOver(pattern: string, at: number, character: string): number {
  if (pattern[at] === '?') return 1;
  if (pattern[at] === '\\') return pattern[at + 1] === character ? 2 : 0;
  const end = pattern[at] === '[' ? pattern.indexOf(']', at + 2) : -1;
  if (end === -1) return pattern[at] === character ? 1 : 0;
  for (let member = at + 1; member < end; member += 1) {
    const isRange = pattern[member + 1] === '-' && member + 2 < end;
    const last = isRange ? member + 2 : member;
    if (character >= pattern.charAt(member) && character <= pattern.charAt(last)) return end - at + 1;
    member = last;
  }
  return 0;
}
