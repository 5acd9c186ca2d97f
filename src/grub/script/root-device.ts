import type { Environment } from './environment.ts';

/**
 * A path with `($root)` for the device that `root` names, so that both spellings of one place are the same; another device
 * stays as it is.
 */
export function withRootDevice(environment: Environment, path: string): string {
  const root = environment.get('root');
  const device = `(${root?.text ?? ''})`;
  return root?.known === true && path.startsWith(device) ? `($root)${path.slice(device.length)}` : path;
}

/** What `root` holds once it is given a value: GRUB takes the parentheses off (grub-core/kern/main.c `grub_env_write_root`). */
export function rootValue(text: string): string {
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
}

/** The device that stands in front of a path; undefined without one, and where a variable says which. */
export function deviceInFront(path: string): string | undefined {
  return /^\(([^)$]+)\)/.exec(path)?.[1];
}
