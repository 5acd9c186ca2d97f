import { parseDefaults } from '../grub/defaults/parse-defaults.ts';
import { parseKernelCmdlineFile } from '../grub/loader-entry/kernel-cmdline-file.ts';
import { readBootEntries } from './boot-entries.ts';
import type { BootMenuFacts } from './boot-menu-facts.ts';
import { withTexts } from './boot-sources.ts';
import type { DefaultsReading } from './defaults-files.ts';
import type { HostFacts } from './gather.ts';
import type { KernelCmdlineReading } from './kernel-cmdline.ts';

/**
 * The facts of a host once some files of its boot configuration have other texts, from these texts alone.
 *
 * @param texts by path with links resolved, latin1
 */
export function factsWithTexts(facts: HostFacts, texts: ReadonlyMap<string, string>): HostFacts {
  if (texts.size === 0) return facts;
  const { generatorScripts } = facts;
  const scripts = generatorScripts.scripts?.map((script) => {
    return { ...script, text: texts.get(script.path) ?? script.text };
  });
  return {
    ...facts,
    menus: facts.menus.map((menu) => menuWithTexts(menu, texts)),
    defaults: defaultsWithTexts(facts.defaults, texts),
    kernelCmdline: kernelCmdlineWithTexts(facts.kernelCmdline, texts),
    generatorScripts: { ...generatorScripts, scripts },
  };
}

/** As it was where the texts can't be read. */
function menuWithTexts(menu: BootMenuFacts, texts: ReadonlyMap<string, string>): BootMenuFacts {
  const sources = withTexts(menu.sources, texts);
  const reading = readBootEntries(sources);
  if (!reading.ok) return menu;
  const { entries, choice, environmentPaths, sharedOptions, unseen } = reading;
  return { sources, entries, choice, environmentPaths, sharedOptions, unseen };
}

function defaultsWithTexts(reading: DefaultsReading, texts: ReadonlyMap<string, string>): DefaultsReading {
  if (reading.kind !== 'read') return reading;
  const files = [];
  for (const { path, file } of reading.files) {
    const text = texts.get(path);
    const parsed = text === undefined ? undefined : parseDefaults(text);
    if (parsed?.ok === false) return { kind: 'not-parsed', path, problem: parsed.problem };
    files.push({ path, file: parsed?.value ?? file });
  }
  return { kind: 'read', files };
}

function kernelCmdlineWithTexts(
  reading: KernelCmdlineReading,
  texts: ReadonlyMap<string, string>,
): KernelCmdlineReading {
  if (reading.kind !== 'read' && reading.kind !== 'missing') return reading;
  const { path, reader } = reading;
  const text = texts.get(path);
  if (text === undefined) return reading;
  const parsed = parseKernelCmdlineFile(text);
  if (!parsed.ok) return { kind: 'not-parsed', path, problem: parsed.problem };
  return { kind: 'read', path, reader, file: parsed.value };
}
