import { joinValues, type ShellValue, type UnknownPiece, unknownValue, unset } from './value.ts';

/** What the shell knows at one point of the run. */
export interface State {
  readonly variables: Map<string, ShellValue>;
  /** What names outside `variables` hold: as at the start, or unknown since a command that could set any. */
  rest: UnknownPiece | undefined;
  readonly readOnly: Set<string>;
  /** `set -e`: grub-mkconfig has it on. */
  stopsOnError: boolean;
}

/** What the shell of grub-mkconfig begins with, which runs under `set -e`. */
export function initialState(): State {
  return {
    variables: new Map(),
    rest: undefined,
    readOnly: new Set(),
    stopsOnError: true,
  };
}

/** A state that can be changed without changing the other. */
export function copyState(state: State): State {
  return {
    variables: new Map(state.variables),
    rest: state.rest,
    readOnly: new Set(state.readOnly),
    stopsOnError: state.stopsOnError,
  };
}

/** Set by grub-mkconfig before it sources the file (util/grub-mkconfig.in), so not unset at its start. */
const setByMkconfig = new Set([
  'GRUB_DEVICE',
  'GRUB_DEVICE_UUID',
  'GRUB_DEVICE_PARTUUID',
  'GRUB_DEVICE_BOOT',
  'GRUB_DEVICE_BOOT_UUID',
  'GRUB_DISABLE_OS_PROBER',
  'GRUB_FS',
  'GRUB_PREFIX',
  'GRUB_EARLY_INITRD_LINUX_STOCK',
]);

/**
 * A variable's value. GRUB_* and SUSE_* names that nothing has assigned are unset: the file is what sets them.
 * Any other name may come from the environment.
 */
export function variableValue(state: State, name: string): ShellValue {
  const value = state.variables.get(name);
  if (value !== undefined) return value;
  if (state.rest !== undefined) return unknownValue(state.rest);
  const isOwn = name.startsWith('GRUB_') || name.startsWith('SUSE_');
  if (isOwn && !setByMkconfig.has(name)) return unset;
  return unknownValue({ kind: 'unknown', because: 'environment', path: '', offset: 0 });
}

/** Any variable may have been set, and any function defined: from now on, every command may be one. */
export function forgetEverything(state: State, piece: UnknownPiece): void {
  state.variables.clear();
  state.rest = piece;
}

/** What holds after either of two branches; a branch that never ends here is undefined. */
export function joinStates(
  left: State | undefined,
  right: State | undefined,
  difference: UnknownPiece,
): State | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  const joined = copyState(left);
  joined.rest = left.rest ?? right.rest;
  // Only what is certain ends the shell; where it may end, what follows counts if it does not.
  joined.stopsOnError = left.stopsOnError && right.stopsOnError;
  for (const name of left.readOnly) if (!right.readOnly.has(name)) joined.readOnly.delete(name);
  for (const name of new Set([...left.variables.keys(), ...right.variables.keys()])) {
    joined.variables.set(name, joinValues(variableValue(left, name), variableValue(right, name), difference));
  }
  return joined;
}
