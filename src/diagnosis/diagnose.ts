import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import { type BootEntry, decidingLine } from '../facts/boot-entry.ts';
import type { HostFacts } from '../facts/gather.ts';
import type { KernelFacts } from '../facts/kernels.ts';
import { entriesOfAll } from '../facts/select-entries.ts';
import { type ParameterSupport, supportOf } from '../kernel/parameter-support.ts';
import { lookUpSupport, type SupportRow } from '../kernel/support-table.ts';
import { type Exposure, exposureOf } from './exposure.ts';
import { DISABLE, NOKMEM } from './remedy.ts';
import { type WordEffect, wordEffect } from './word-effect.ts';

/** What the facts of a host mean. */
export interface Diagnosis {
  readonly kernels: readonly KernelDiagnosis[];
  readonly entries: readonly EntryDiagnosis[];
}

export interface KernelDiagnosis {
  readonly release: string;
  readonly isRunning: boolean;
  readonly isDefault: boolean;
  /** Some normal entry boots it: it has a say in the choice of remedy. */
  readonly hasNormalEntry: boolean;
  readonly exposure: Exposure;
  readonly nokmem: ParameterSupport;
  readonly disable: ParameterSupport;
  /** Every normal entry of this kernel turns the memory controller off already. */
  readonly isDisabledAlready: boolean;
  /** It reads the command line that it was built with, and no other. */
  readonly isCmdlineFixed: boolean;
}

export interface EntryDiagnosis {
  readonly entry: BootEntry;
  readonly cmdline: string;
  readonly words: readonly { readonly word: string; readonly from: string; readonly effect: WordEffect }[];
}

/** Judge every kernel that the menu boots, and every word of every entry against its own kernel. */
export function diagnose(facts: HostFacts): Diagnosis {
  const entries = entriesOfAll(facts.menus);
  return {
    kernels: facts.kernels.map((kernel) => diagnoseKernel(kernel, entries)),
    entries: entries.map((entry) => diagnoseEntry(entry, facts.kernels)),
  };
}

function diagnoseKernel(kernel: KernelFacts, entries: readonly BootEntry[]): KernelDiagnosis {
  const own = entries.filter(({ release }) => release === kernel.release);
  const normal = own.filter(({ kind }) => kind === 'normal');
  const row = lookUpSupport(kernel.release, kernel.distribution);
  return {
    release: kernel.release,
    isRunning: kernel.isRunning,
    isDefault: own.some(({ isDefault }) => isDefault),
    hasNormalEntry: normal.length > 0,
    exposure: exposureOf(kernel.release, row, kernel.config?.config),
    nokmem: nokmemSupport(kernel, row),
    disable: supportOf(kernel, DISABLE),
    isDisabledAlready: normal.length > 0 && normal.every(turnsControllerOff),
    isCmdlineFixed: isCmdlineFixed(kernel),
  };
}

/** Whether a kernel is built to read no command line but its own (CONFIG_CMDLINE_OVERRIDE, CONFIG_CMDLINE_FORCE). */
export function isCmdlineFixed(kernel: KernelFacts): boolean {
  return supportOf(kernel, DISABLE).decidedBy?.code === 'config.command-line-fixed';
}

/** In 4.5 the token is understood and acts on the unified hierarchy alone: that it stops the leak is not proven. */
function nokmemSupport(kernel: KernelFacts, row: SupportRow | undefined): ParameterSupport {
  const support = supportOf(kernel, NOKMEM);
  if (row?.isNokmemV2Only !== true || support.verdict !== 'supported') return support;
  return { ...support, verdict: 'unknown', decidedBy: undefined };
}

function turnsControllerOff(entry: BootEntry): boolean {
  return entry.lines.every(({ words }) =>
    words.some(({ text }) => {
      const { name, value } = parseParameter(text);
      return isSameName(name, 'cgroup_disable') && listTokens(value).includes('memory');
    }),
  );
}

function diagnoseEntry(entry: BootEntry, kernels: readonly KernelFacts[]): EntryDiagnosis {
  const line = decidingLine(entry);
  const kernel = kernels.find(({ release }) => release === entry.release);
  const words = (line?.words ?? []).map(({ text, from }) => ({
    word: text,
    from,
    effect:
      kernel === undefined
        ? ('unknown' as const)
        : wordEffect(text, (parameter) => supportOf(kernel, parameter)),
  }));
  return { entry, cmdline: line?.cmdline ?? '', words };
}
