import { decidingLine, type EntryLine } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import type { HostFacts } from '../facts/gather.ts';
import { type CodesOf, inFamily } from '../report/messages/sentence.ts';
import type { LayoutFile, LayoutReport } from '../report/report.ts';

/** Which files decide the next boot and the boots of later kernels, and why the default entry is the default. */
export function describeLayout(facts: HostFacts): LayoutReport {
  const { menus, loader } = facts;
  const inactive = loader.kind === 'grub2' ? loader.inactive : [];
  const entry = defaultEntry(facts);
  return {
    family: facts.family,
    loader: loader.kind,
    ...(entry === undefined ? {} : { default: entry }),
    nextBoot: distinct([...stubs(facts), ...menus.flatMap(menuFiles)]),
    laterKernels: distinct([...defaultsFiles(facts), ...menus.flatMap(copiedFrom), ...kernelCmdline(facts)]),
    ...(facts.keeper === undefined ? {} : { keptBy: facts.keeper }),
    inactive: inactive.map((path) => ({ path, role: 'inactive', data: {} })),
  };
}

function defaultEntry({ menus }: HostFacts): LayoutReport['default'] {
  const [menu] = menus;
  const entry = menu?.entries.find(({ isDefault }) => isDefault);
  if (menu === undefined || entry === undefined) return undefined;
  const { value, from, matched } = menu.choice;
  const code: CodesOf<'default'> = !value
    ? 'untold'
    : matched === 'first'
      ? 'unmatched'
      : (`by-${matched}` as const);
  const because = inFamily('default', { code, data: { value: value ?? '', from: from ?? '' } });
  return { title: entry.title, id: entry.id, because };
}

function stubs({ loader }: HostFacts): readonly LayoutFile[] {
  if (loader.kind !== 'grub2') return [];
  return loader.configs.flatMap(({ through, path }) =>
    through === undefined ? [] : [{ path: through, role: 'stub', data: { path } }],
  );
}

function menuFiles({ sources, entries, choice, environmentPaths }: BootMenuFacts): readonly LayoutFile[] {
  const lines = entries.flatMap((entry) => entry.lines);
  const role = sources.kind === 'systemd-boot' ? 'settings' : 'menu';
  const files: LayoutFile[] = [{ path: sources.configPath, role, data: {} }];
  const hasShared = lines.some(namesSharedWords);
  for (const path of environmentPaths) {
    const isShared = hasShared && lines.some((line) => sharedFrom(line)?.startsWith(`${path}:`) === true);
    if (isShared) files.push({ path, role: 'shared-words', data: {} });
    else if (choice.from?.startsWith(`${path}:`) === true)
      files.push({ path, role: 'saved-entry', data: {} });
  }
  for (const { path, format } of lines) {
    files.push({ path, role: format === 'loader-entry' ? 'entry' : 'script', data: {} });
  }
  return files;
}

function namesSharedWords(line: EntryLine): boolean {
  return sharedFrom(line) !== undefined;
}

/** Where the words come from that entries of RHEL 8 share. */
function sharedFrom(line: EntryLine): string | undefined {
  if (line.format !== 'loader-entry') return undefined;
  return line.words.find(({ place }) => place.kind === 'variable' && place.name === 'kernelopts')?.from;
}

function defaultsFiles({ defaults, menus }: HostFacts): readonly LayoutFile[] {
  const rules = menus[0]?.sources.rules;
  if (defaults.kind !== 'read' || rules === undefined) return [];
  const data = { program: rules.mkconfigPrograms[0] ?? '', variable: rules.defaultsVariable };
  return defaults.files.map(({ path }) => ({ path, role: 'mkconfig', data }));
}

/** EL7's tools copy the default entry, EL8's entries name the line that they share. */
function copiedFrom({ sources, entries }: BootMenuFacts): readonly LayoutFile[] {
  const { laterKernels } = sources.rules;
  const defaultOne = entries.find(({ isDefault }) => isDefault) ?? entries[0];
  const line = defaultOne && decidingLine(defaultOne);
  if (line === undefined || sources.kind !== 'grub2') return [];
  if (laterKernels === 'default-entry') return [{ path: line.path, role: 'copied-entry', data: {} }];
  const shared = laterKernels === 'kernelopts' ? sharedFrom(line) : undefined;
  if (shared === undefined) return [];
  return [{ path: shared.slice(0, shared.lastIndexOf(':')), role: 'shared-words', data: {} }];
}

function kernelCmdline({ kernelCmdline: reading }: HostFacts): readonly LayoutFile[] {
  if (reading.kind === 'read') return [{ path: reading.path, role: 'kernel-install', data: {} }];
  if (reading.kind !== 'missing') return [];
  const { path, vendorPath } = reading;
  if (vendorPath !== undefined) return [{ path: vendorPath, role: 'kernel-install-vendor', data: {} }];
  return [{ path, role: 'kernel-install-missing', data: {} }];
}

/** Each path once, by what was said of it first. */
function distinct(files: readonly LayoutFile[]): readonly LayoutFile[] {
  return files.filter(({ path }, index) => files.findIndex((file) => file.path === path) === index);
}
