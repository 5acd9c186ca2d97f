import type { GrubSources } from './boot-sources.ts';

/** What GRUB sets to a value of its own that depends on how it was built and started, and on its user. */
const NOT_KNOWN = [
  'root',
  'cmdpath',
  'grub_cpu',
  'grub_platform',
  'grub_prompt',
  'pager',
  'color_normal',
  'color_highlight',
  'lang',
  'locale_dir',
  'secondary_locale_dir',
  'timeout',
];

/**
 * What GRUB's environment holds before it reads its configuration; `$name` stands for what can't be told from here, such as
 * the name that GRUB has for a disk.
 *
 * Sources: GRUB 2.06, grub-core/kern/main.c `grub_set_prefix_and_root` (root, prefix, cmdpath) and grub-core/normal/main.c
 * (grub_cpu, grub_platform, color_normal, color_highlight, pager; the configuration is `$prefix/grub.cfg`).
 */
export function loaderVariables({ prefix, configPath, platform }: GrubSources): ReadonlyMap<string, string> {
  const variables = new Map(NOT_KNOWN.map((name) => [name, `$${name}`]));
  if (platform.name !== undefined) variables.set('grub_platform', platform.name);
  if (platform.processor !== undefined) variables.set('grub_cpu', platform.processor);
  return variables
    .set('prefix', `($root)${prefix}`)
    .set('config_directory', `($root)${prefix}`)
    .set('config_file', `($root)${configPath}`);
}
