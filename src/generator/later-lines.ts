import { decidingLine } from '../facts/boot-entry.ts';
import type { BootSources } from '../facts/boot-sources.ts';
import type { HostFacts } from '../facts/gather.ts';
import { lastAnswer } from '../facts/last-answer.ts';
import { kernelCmdlineWords } from '../grub/loader-entry/kernel-cmdline-file.ts';
import { positionAt } from '../grub/text-position.ts';
import { grubWords } from '../grub/word/grub-words.ts';
import type { LaterLine, LaterWord } from './later-line.ts';
import { literalLine, literalLines } from './literal-script.ts';
import { mkconfigLines } from './mkconfig-lines.ts';

/**
 * The lines that this system's own programs will make for kernels still to come, and anew for those that are here:
 * first what a new kernel gets, then what grub-mkconfig makes. None of a system that makes them from a place of its own.
 *
 * A pure function of the facts: of facts with other texts it tells what an edit would bring. Several ask it of the same.
 */
export const laterLines = lastAnswer((facts: HostFacts): readonly LaterLine[] => {
  if (facts.keeper !== undefined) return [];
  return [...newKernelLines(facts), ...mkconfigLines(facts), ...literalScriptLines(facts)];
});

function newKernelLines(facts: HostFacts): readonly LaterLine[] {
  return [...kernelInstallLines(facts), ...sharedLines(facts), ...copiedLines(facts)];
}

/**
 * What kernel-install puts into a new entry file.
 *
 * Sources: systemd's 90-loaderentry.install; Red Hat's 20-grub.install.
 */
function kernelInstallLines({ kernelCmdline: reading, menus }: HostFacts): readonly LaterLine[] {
  if (reading.kind === 'not-read') return [];
  const base = { by: 'kernel-install', kind: 'entry-file', entry: undefined, lost: undefined } as const;
  if (reading.kind === 'unreadable' || reading.kind === 'not-parsed') {
    return [{ ...base, words: [], unknown: [{ because: 'source', from: reading.path }] }];
  }
  const file = reading.kind === 'read' ? reading.file : reading.model;
  const path = reading.kind === 'read' ? reading.path : (reading.vendorPath ?? RUNNING);
  const words = kernelCmdlineWords(file, reading.reader).map(({ kind, text, start }): LaterWord => {
    return { kind, text, from: `${path}:${positionAt(file.text, start).line}`, variable: undefined };
  });
  const machine = menus[0] === undefined ? undefined : machineIdWord(menus[0].sources, words);
  const all = machine === undefined ? words : [...words, machine];
  return [
    { ...base, words: all, unknown: path === RUNNING ? [{ because: 'running-kernel', from: path }] : [] },
  ];
}

/**
 * systemd's plug-in adds the machine's id where the entries are named by it.
 *
 * Source: `systemd.machine_id=` in 90-loaderentry.install; Red Hat's plug-in has nothing of the kind.
 */
function machineIdWord(sources: BootSources, words: readonly LaterWord[]): LaterWord | undefined {
  const { machineId } = sources;
  if (sources.kind !== 'systemd-boot' || machineId === undefined) return undefined;
  const files = sources.entryDirectories.flatMap((directory) => directory.files);
  const isToken = files.some(({ name }) => name.startsWith(`${machineId}-`));
  if (!isToken || words.some(({ text }) => text.startsWith('systemd.machine_id='))) return undefined;
  const from = '/usr/lib/kernel/install.d/90-loaderentry.install';
  return { kind: 'fixed', text: `systemd.machine_id=${machineId}`, from, variable: undefined };
}

/** Without any file a new entry gets what the running kernel was started with. */
const RUNNING = '/proc/cmdline';

/** RHEL 8: a new entry file names the variable that all of them share. */
function sharedLines({ menus }: HostFacts): readonly LaterLine[] {
  return menus.flatMap(({ sources, sharedOptions }): readonly LaterLine[] => {
    if (sources.rules.laterKernels !== 'kernelopts' || sharedOptions === undefined) return [];
    const { value, from } = sharedOptions;
    const words = grubWords(value, true).words.map(({ kind, text }): LaterWord => {
      return { kind, text, from, variable: 'kernelopts' };
    });
    return [{ by: 'grubby', kind: 'kernelopts', words, unknown: [], lost: undefined, entry: undefined }];
  });
}

/** RHEL 7: `new-kernel-pkg --copy-default`. */
function copiedLines({ menus }: HostFacts): readonly LaterLine[] {
  return menus.flatMap(({ sources, entries }): readonly LaterLine[] => {
    const entry = entries.find(({ isDefault }) => isDefault);
    const line = entry && decidingLine(entry);
    if (sources.kind !== 'grub2' || sources.rules.laterKernels !== 'default-entry' || line === undefined)
      return [];
    const words = line.words.map(({ text, from }): LaterWord => {
      return { kind: 'plain', text, from, variable: undefined };
    });
    const { title, id } = entry ?? { title: '', id: '' };
    return [
      { by: 'new-kernel-pkg', kind: 'copy', words, unknown: [], lost: undefined, entry: { title, id } },
    ];
  });
}

function literalScriptLines({ menus, generatorScripts, defaults }: HostFacts): readonly LaterLine[] {
  const isMade = defaults.kind !== 'not-read' && menus.some(({ sources }) => sources.kind === 'grub2');
  if (!isMade) return [];
  return (generatorScripts.scripts ?? []).flatMap((script) => literalLines(script).map(literalLine));
}
