import { systemdBootId } from '../grub/menu/loader-entry-order.ts';
import { findSystemdBootDefault, loaderConfDefault } from '../grub/menu/systemd-boot-default.ts';
import { type BootEntries, type BootEntriesReading, bootEntry, type DefaultChoice } from './boot-entry.ts';
import type { EntryFile, SystemdBootSources } from './boot-sources.ts';
import { entryId, isOfOtherMachine, readEntryFiles } from './entry-files.ts';
import { readOptionsLine } from './options-line.ts';
import { markOtherSystems } from './other-systems.ts';

/**
 * The entries that systemd-boot shows for the entry files of all its directories.
 *
 * Source: systemd's src/boot/boot.c; the Boot Loader Specification.
 */
export function readSystemdBootEntries(sources: SystemdBootSources): BootEntriesReading {
  const files = sources.entryDirectories.flatMap((directory) => directory.files);
  const readings = readEntryFiles(files, sources.texts, 'systemd-boot', 'systemd-boot');
  const ids = readings.map(({ fileName }) => systemdBootId(fileName));
  const choice = {
    ...sources.choice,
    loaderConf: loaderConfDefault(sources.texts.get(sources.configPath) ?? ''),
  };
  const lasting = findSystemdBootDefault(ids, { ...choice, oneShot: undefined });
  const next = findSystemdBootDefault(ids, choice);
  const wantedKernels = new Set<string>();
  const entries = readings.map((file, index) => {
    const image = mountPointOf(sources, file) + file.linux.replace(/^\/*/, '/');
    if (!sources.kernels.has(image)) wantedKernels.add(image);
    const id = entryId(ids[index] ?? file.fileName);
    const line = readOptionsLine(file.entry, file.path, 'systemd-boot', new Map(), false);
    return bootEntry(
      {
        title: file.title ?? id,
        id,
        image,
        initrds: line.images.filter((one) => one !== file.linux),
        lines: [line],
        isOfOtherMachine: isOfOtherMachine(file.fileName, sources.machineId),
        isDefault: index === lasting,
        isNext: index === next && next !== lasting,
      },
      sources,
    );
  });
  const wanted: BootEntries['wanted'] = { entryDirectories: [], kernels: [...wantedKernels] };
  const told = defaultChoice(ids, choice, sources);
  const marked = markOtherSystems(entries, sources.rootSource);
  const none = { environmentPaths: [], sharedOptions: undefined, unseen: [] };
  return { ok: true, entries: marked, choice: told, ...none, wanted };
}

function mountPointOf({ entryDirectories }: SystemdBootSources, { path }: Pick<EntryFile, 'path'>): string {
  const own = entryDirectories.find(({ files }) => files.some((file) => file.path === path));
  return own === undefined || own.mountPoint === '/' ? '' : own.mountPoint;
}

function defaultChoice(
  ids: readonly string[],
  choice: SystemdBootSources['choice'],
  { configPath }: SystemdBootSources,
): DefaultChoice {
  const { variable, loaderConf, lastBooted } = choice;
  const tellers = [
    { value: variable, from: 'LoaderEntryDefault' },
    { value: loaderConf, from: configPath },
  ];
  for (const { value, from } of tellers) {
    if (value === undefined) continue;
    const pattern = value === '@saved' ? lastBooted : value;
    // The first one is taken where the pattern names none; here that is one which no entry bears.
    const isNamed = findSystemdBootDefault(['\0', ...ids], { variable: pattern }) !== 0;
    if (isNamed) return { value, from, matched: 'pattern' };
  }
  return { value: loaderConf, from: loaderConf === undefined ? undefined : configPath, matched: 'first' };
}
