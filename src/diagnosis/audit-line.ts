import { isCommaList } from '../cmdline/comma-list.ts';
import { consoleDevices, lineSlots } from '../cmdline/line-slots.ts';
import { type Parameter, parseParameter } from '../cmdline/parameter.ts';
import { optionTokens } from '../cmdline/slot-rules.ts';
import { isReadInUserSpace } from '../cmdline/user-space.ts';
import type { TogetherFinding } from './contradictions.ts';

/** Something about a line as a whole; `word` and `name` are as they stand there. */
export type LineFinding =
  | TogetherFinding
  /** So many words are handed to init that the kernel panics; at `perhaps`, not all of them could be judged. */
  | { readonly code: 'too-many-variables' | 'too-many-arguments'; readonly count: number }
  | { readonly code: 'perhaps-too-many-variables'; readonly count: number }
  /** One name with different values, of which one counts. */
  | { readonly code: 'last-wins' | 'first-wins'; readonly name: string; readonly word: string }
  /** One name with different values; what its handler makes of that is not known here. */
  | { readonly code: 'given-again'; readonly name: string; readonly count: number }
  /** Of several consoles the last one becomes /dev/console. */
  | { readonly code: 'console-device'; readonly device: string; readonly count: number };

/** What is known of the words that the kernel hands to init. */
export type InitWord = { readonly word: string; readonly isCertain: boolean };

/**
 * Init's environment and its arguments, which start with two variables and one argument of the kernel's own: one more
 * word than this panics.
 *
 * Source: unknown_bootoption() and envp_init in init/main.c; MAX_INIT_ENVS and MAX_INIT_ARGS are
 * CONFIG_INIT_ENV_ARG_LIMIT, 32.
 */
const MOST_VARIABLES = 31;
const MOST_ARGUMENTS = 32;

/** Whether a line hands more words to init than the kernel has room for. */
export function findOverflow(words: readonly InitWord[]): readonly LineFinding[] {
  const certain = new Set<string>();
  const possible = new Set<string>();
  let countOfArguments = 0;
  for (const { word, isCertain } of words) {
    const { name, value } = parseParameter(word);
    const isOwn = name === 'HOME' || name === 'TERM';
    if (value === undefined) countOfArguments += isCertain ? 1 : 0;
    else if (!isOwn) (isCertain ? certain : possible).add(name);
  }
  const findings: LineFinding[] = [];
  const most = new Set([...certain, ...possible]).size;
  if (certain.size > MOST_VARIABLES) findings.push({ code: 'too-many-variables', count: certain.size });
  else if (most > MOST_VARIABLES) findings.push({ code: 'perhaps-too-many-variables', count: most });
  if (countOfArguments > MOST_ARGUMENTS) {
    findings.push({ code: 'too-many-arguments', count: countOfArguments });
  }
  return findings;
}

/**
 * Parameters that keep one value.
 *
 * Sources: init/main.c (init, rdinit, loglevel), init/do_mounts.c, kernel/cpu.c (mitigations), kernel/audit.c,
 * kernel/time/clocksource.c, security/ (selinux, enforcing, apparmor, lsm, security), mm/huge_memory.c,
 * arch/x86/lib/cmdline.c (of what is read by cmdline_find_option, the last counts), systemd's kernel-command-line(7).
 */
const LAST_WINS: readonly string[] = [
  ...[
    'init',
    'rdinit',
    'root',
    'rootfstype',
    'rootflags',
    'rootdelay',
    'loglevel',
    'resume',
    'resume_offset',
  ],
  ...[
    'mitigations',
    'maxcpus',
    'audit',
    'clocksource',
    'selinux',
    'enforcing',
    'apparmor',
    'lsm',
    'security',
  ],
  ...['transparent_hugepage', 'numa_balancing', 'swapaccount', 'psi', 'elevator', 'panic', 'tsx', 'pti'],
  ...['spectre_v2', 'spectre_v2_user', 'spec_store_bypass_disable', 'biosdevname', 'module_blacklist'],
];

/**
 * Sources: kernel/sched/isolation.c (housekeeping_setup()), setup_early_printk() of each architecture,
 * __add_preferred_console() in kernel/printk/printk.c (of one device), hugepages_setup() in mm/hugetlb.c (of one size).
 */
const FIRST_WINS: readonly string[] = ['isolcpus', 'nohz_full', 'earlyprintk', 'console', 'hugepages'];

/**
 * Names that stand on a line with different values.
 *
 * @param words the kernel's and user space's, without those that nobody reads
 */
export function findRepeats(words: readonly string[]): readonly LineFinding[] {
  const parameters = words.map(parseParameter);
  const bySlot = new Map<string, Parameter[]>();
  for (const [index, slot] of lineSlots(parameters).entries()) {
    const parameter = parameters[index];
    if (parameter !== undefined) bySlot.set(slot, [...(bySlot.get(slot) ?? []), parameter]);
  }
  const findings: LineFinding[] = [];
  for (const [slot, values] of bySlot) {
    const name = slot.slice(0, slot.indexOf('\0'));
    const isTold = new Set(values.map(({ value }) => value)).size > 1;
    const addsUp = isCommaList(name) || optionTokens(name, '') !== undefined;
    if (name !== '' && isTold && !addsUp) findings.push(repeatFinding(name, values));
  }
  const devices = consoleDevices(parameters);
  const device = devices.length > 1 ? devices.at(-1) : undefined;
  const last =
    device === undefined ? [] : [{ code: 'console-device' as const, device, count: devices.length }];
  return [...findings, ...last];
}

function repeatFinding(known: string, parameters: readonly Parameter[]): LineFinding {
  const [first] = parameters;
  const last = parameters.at(-1);
  const name = first?.name ?? known;
  if (FIRST_WINS.includes(known)) return { code: 'first-wins', name, word: first?.source ?? '' };
  if (LAST_WINS.includes(known) || known === 'crashkernel' || isPlainModuleParameter(known))
    return { code: 'last-wins', name, word: last?.source ?? '' };
  return { code: 'given-again', name, count: parameters.length };
}

/** Nearly every module parameter keeps its last value; `dyndbg` and what user space reads add up. */
function isPlainModuleParameter(name: string): boolean {
  return name.includes('.') && !name.endsWith('.dyndbg') && !isReadInUserSpace(name);
}
