import { parseParameter } from '../cmdline/parameter.ts';
import type { Evidence } from './evidence.ts';

/**
 * The options of a kernel's build that are on: `y`, `m`, a number, or a string without its quotes. What is off is not
 * in it.
 */
export type KernelConfig = ReadonlyMap<string, string>;

/** The names until 3.5, kept here under those that followed (commit c255a458055e). */
const RENAMED = new Map([
  ['CONFIG_CGROUP_MEM_RES_CTLR', 'CONFIG_MEMCG'],
  ['CONFIG_CGROUP_MEM_RES_CTLR_SWAP', 'CONFIG_MEMCG_SWAP'],
  ['CONFIG_CGROUP_MEM_RES_CTLR_KMEM', 'CONFIG_MEMCG_KMEM'],
]);

/**
 * Said in every config, on or off: the first before the options that count here, the second behind them. Kconfig writes
 * the general setup first and the crypto menu near the end (init/Kconfig, crypto/Kconfig).
 */
const LANDMARKS = ['CONFIG_CGROUPS', 'CONFIG_CRYPTO'];

/**
 * Read a kernel's config as `make` writes it (`/boot/config-*`, `/proc/config.gz`).
 *
 * @param text the config, unpacked
 * @returns undefined where the text is no whole config, so that a missing line would prove nothing
 *
 * Source: conf_write_symbol() in scripts/kconfig/confdata.c; an option that is off stands as `# CONFIG_X is not set`,
 * and one whose dependencies are off doesn't stand at all.
 */
export function readKernelConfig(text: string): KernelConfig | undefined {
  const options = new Map<string, string>();
  const said = new Set<string>();
  for (const [, off, name, value] of text.matchAll(
    /^(?:# (CONFIG_\w+) is not set|(CONFIG_\w+)=(.*?))\r?$/gm,
  )) {
    if (off !== undefined) said.add(off);
    if (name === undefined || value === undefined) continue;
    said.add(name);
    options.set(RENAMED.get(name) ?? name, unquoted(value));
  }
  const isWhole = !text.includes('\0') && LANDMARKS.every((landmark) => said.has(landmark));
  return isWhole ? options : undefined;
}

function unquoted(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"') || value.length < 2) return value;
  return value.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** With one of these the kernel reads its built-in command line and nothing that the boot loader hands over. */
const FIXED_COMMAND_LINE = ['CONFIG_CMDLINE_OVERRIDE', 'CONFIG_CMDLINE_FORCE'];

/**
 * Options without which nothing reads the parameter, for a token or for the whole word.
 *
 * Sources: mm/Makefile (memcontrol.o under CONFIG_MEMCG), kernel/Makefile (cgroup/ under CONFIG_CGROUPS).
 */
const NEEDED_OPTION: readonly (readonly [name: string, token: string | undefined, option: string])[] = [
  ['cgroup.memory', undefined, 'CONFIG_MEMCG'],
  ['cgroup_disable', 'memory', 'CONFIG_MEMCG'],
  ['cgroup_disable', undefined, 'CONFIG_CGROUPS'],
  ['cgroup_no_v1', undefined, 'CONFIG_CGROUPS'],
  ['swapaccount', undefined, 'CONFIG_MEMCG'],
];

/**
 * What a kernel's config says against a parameter: it can rule one out, never prove it.
 *
 * @param parameter one word, with one token at most where its value is a list
 * @returns undefined where the config doesn't rule it out
 */
export function configEvidence(config: KernelConfig, path: string, parameter: string): Evidence | undefined {
  const evidence = { source: 'config', path, says: 'absent', strength: 'observation' } as const;
  for (const option of FIXED_COMMAND_LINE) {
    if (config.has(option)) return { ...evidence, code: 'config.command-line-fixed', data: { option } };
  }
  const { name, value } = parseParameter(parameter);
  for (const [known, token, option] of NEEDED_OPTION) {
    if (known !== name.replaceAll('-', '_') || (token !== undefined && token !== value)) continue;
    if (!config.has(option)) return { ...evidence, code: 'config.option-off', data: { option } };
  }
  return undefined;
}

/**
 * Whether a kernel is built to account kernel memory per cgroup: the option was a choice until 4.4 and in RHEL 7, did
 * nothing from 4.5, follows from CONFIG_MEMCG from 4.19, and is gone since 6.11.
 *
 * Sources: commits 127424c86bb6 (4.5), 84c07d11aa61 (4.19), 3a3b7fec3974 (6.11); init/Kconfig.
 *
 * @param version the first two numbers of the kernel's release
 */
export function accountsKernelMemory(config: KernelConfig, version: readonly [number, number]): boolean {
  if (!config.has('CONFIG_MEMCG')) return false;
  const [major, minor] = version;
  const isChoice = major < 4 || (major === 4 && minor < 5);
  const isDerived = (major === 4 && minor >= 19) || major === 5 || (major === 6 && minor < 11);
  return config.has('CONFIG_MEMCG_KMEM') || !(isChoice || isDerived);
}
