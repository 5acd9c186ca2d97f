import type { Place } from '../text-position.ts';
import type { MenuVariable } from './grub-menu.ts';

/** A variable of GRUB's environment; exported ones are seen in submenus and by `configfile`. */
export interface Variable extends MenuVariable {
  readonly exported: boolean;
}

/** GRUB's environment, or what is known of it. */
export type Environment = Map<string, Variable>;

const mostAlternatives = 8;

/** Gives a variable a value; it stays exported if it was. */
export function assign(environment: Environment, name: string, value: MenuVariable): void {
  const exported = environment.get(name)?.exported ?? false;
  environment.set(name, { ...value, exported });
}

/** A value that is known. */
export function knownValue(text: string, assignments: readonly Place[]): MenuVariable {
  return { text, known: true, alternatives: undefined, assignments };
}

/** A value that is not known, shown as `$name`. */
export function unknownValue(name: string, assignments: readonly Place[]): MenuVariable {
  return { text: `$${name}`, known: false, alternatives: undefined, assignments };
}

/** Stands for every variable that is not listed, where something unseen may have set any; no variable has this name. */
const ANY_OTHER = '*';

/** What is known of a variable; undefined where it is not set. */
export function lookUp(environment: Environment, name: string): Variable | undefined {
  const variable = environment.get(name);
  const other = variable === undefined ? environment.get(ANY_OTHER) : undefined;
  return other === undefined ? variable : { ...unknownValue(name, other.assignments), exported: false };
}

/** Unset a variable. */
export function unsetVariable(environment: Environment, name: string): void {
  if (environment.has(ANY_OTHER)) environment.set(name, { ...knownValue('', []), exported: false });
  else environment.delete(name);
}

/** What GRUB itself sets, which no environment block is made to hold. */
const ownVariables = new Set([
  'root',
  'prefix',
  'cmdpath',
  'config_file',
  'config_directory',
  'chosen',
  'grub_cpu',
  'grub_platform',
]);

/** What decides the menu although no command need name it. */
const decidingVariables = ['default', 'fallback', 'timeout', 'saved_entry', 'next_entry', 'kernelopts'];

/** Any variable may have got any value at a place, but for GRUB's own. */
export function forgetVariables(environment: Environment, place: Place): void {
  for (const name of [...environment.keys(), ...decidingVariables]) {
    if (ownVariables.has(name) || name.startsWith('feature_')) continue;
    assign(environment, name, unknownValue(name, [place]));
  }
  environment.set(ANY_OTHER, { ...unknownValue(ANY_OTHER, [place]), exported: false });
}

/** Exports a variable, making it empty if it was not set (grub-core/kern/env.c `grub_env_export`). */
export function exportVariable(environment: Environment, name: string): void {
  const variable = lookUp(environment, name) ?? knownValue('', []);
  environment.set(name, { ...variable, exported: true });
}

/** What a new context begins with (grub-core/normal/context.c `grub_env_new_context`). */
export function exportedVariables(environment: Environment): Environment {
  const exported: Environment = new Map();
  for (const [name, variable] of environment) if (variable.exported) exported.set(name, variable);
  return exported;
}

function alternativesOf(variable: MenuVariable | undefined): readonly string[] | undefined {
  if (variable === undefined) return [''];
  return variable.known ? [variable.text] : variable.alternatives;
}

function mergeVariables(name: string, one: Variable | undefined, other: Variable | undefined): Variable {
  const exported = (one?.exported ?? false) || (other?.exported ?? false);
  const assignments = [...new Set([...(one?.assignments ?? []), ...(other?.assignments ?? [])])];
  if (one?.known && other?.known && one.text === other.text) {
    return { ...knownValue(one.text, assignments), exported };
  }
  const ones = alternativesOf(one);
  const others = alternativesOf(other);
  const all = ones === undefined || others === undefined ? undefined : [...new Set([...ones, ...others])];
  const alternatives = all !== undefined && all.length <= mostAlternatives ? all : undefined;
  return { ...unknownValue(name, assignments), alternatives, exported };
}

/** What is known once either of two ways was taken. */
export function mergeEnvironments(one: Environment, other: Environment): Environment {
  const merged: Environment = new Map();
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const left = lookUp(one, name);
    const right = lookUp(other, name);
    merged.set(name, left !== undefined && left === right ? left : mergeVariables(name, left, right));
  }
  return merged;
}

/** What is known once something was done any number of times. */
export function forgetChanges(before: Environment, after: Environment): Environment {
  const merged: Environment = new Map();
  for (const [name, variable] of mergeEnvironments(before, after)) {
    const changed = before.get(name) !== after.get(name);
    merged.set(name, changed ? { ...variable, ...unknownValue(name, variable.assignments) } : variable);
  }
  return merged;
}
