import { isNameCharacter } from '../word/name-characters.ts';

/**
 * What GRUB's blscfg and blsuki make of an entry's `options` before they run it as GRUB script: `$name` becomes the
 * variable's value and a blank, a blank behind the name is swallowed, and a variable that is not set vanishes. Names
 * are letters, digits and underscores; quotes and `${name}` mean nothing here.
 *
 * Two oddities belong to it: a piece of one character is lost in front of a variable and at the end behind one, and
 * a variable that is not set makes the whole value undefined where another follows it directly and nothing stands in
 * front of them.
 *
 * Source: expand_val() and field_append() of grub-core/commands/blscfg.c (Red Hat), blsuki_expand_val() of
 * grub-core/commands/blsuki.c (GRUB 2.14).
 *
 * @returns undefined where GRUB counts the entry as having no options; Red Hat's then takes `default_kernelopts`
 */
export function expandOptions(options: string, variables: ReadonlyMap<string, string>): string | undefined {
  let result: string | undefined;
  let start = 0;
  let end = 0;
  let isVariable = false;
  const append = (): void => {
    const piece = options.slice(start, end + 1);
    if (!isVariable) result = (result ?? '') + piece;
    else if (variables.has(piece)) result = `${result ?? ''}${variables.get(piece)} `;
  };
  for (let at = 0; at < options.length; at += 1) {
    const character = options.charAt(at);
    if (character === '$') {
      if (start !== end) {
        append();
        if (result === undefined) return undefined;
      }
      isVariable = true;
      start = at + 1;
    } else if (isVariable && !isNameCharacter(character)) {
      append();
      isVariable = false;
      start = character === ' ' ? at + 1 : at;
    }
    end = at;
  }
  if (start !== end) append();
  return result;
}

/** The variables that `expandOptions` would ask for. */
export function optionVariables(options: string): readonly string[] {
  const names: string[] = [];
  for (let dollar = options.indexOf('$'); dollar !== -1; dollar = options.indexOf('$', dollar + 1)) {
    let end = dollar + 1;
    while (isNameCharacter(options.charAt(end))) end += 1;
    if (end > dollar + 1) names.push(options.slice(dollar + 1, end));
  }
  return names;
}
