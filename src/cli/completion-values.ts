import { listSetIds } from '../apply/backup-set.ts';
import { userSpaceNames } from '../cmdline/user-space.ts';
import { HAZARD_IDS } from '../diagnosis/hazard-id.ts';
import { gatherMenus } from '../facts/gather.ts';
import { installedKernels } from '../facts/installed-kernels.ts';
import { gatherKernels } from '../facts/kernels.ts';
import { readOsRelease } from '../facts/os-release.ts';
import { entryNames } from '../facts/select-entries.ts';
import type { Host } from '../host/host.ts';
import type { WritableHost } from '../host/writable-host.ts';
import { decodeText, visibleText } from '../report/visible-text.ts';

/** What a shell can be offered of the machine itself. */
export type ValueList = 'kernels' | 'entries' | 'hazards' | 'backups' | 'parameters' | 'words';

type ListHost = Host & WritableHost;

const LISTS: Readonly<Record<ValueList, (host: ListHost) => Promise<readonly string[]>>> = {
  kernels: async (host) => (await installedKernels(host)).map(({ release }) => release),
  entries: async (host) => entryNames(await entriesOf(host)),
  hazards: async () => [...HAZARD_IDS, 'all'],
  backups: async (host) => ['latest', 'first', ...(await listSetIds(host)).toReversed()],
  parameters: parameterNames,
  words: async (host) =>
    (await entriesOf(host)).flatMap(({ lines }) =>
      lines.flatMap(({ words }) => words.map(({ text }) => text)),
    ),
};

/** The names of the lists, as `bootmend completion` takes them. */
export const VALUE_LISTS = Object.keys(LISTS) as readonly ValueList[];

/**
 * The values of a list, each once. What would break the line that it is offered on is left out, and so is all of a
 * machine that can't be read: a shell has no place for a complaint.
 */
export async function completionValues(host: ListHost, list: ValueList): Promise<readonly string[]> {
  const values = await LISTS[list](host);
  return [...new Set(values)].map(decodeText).filter((value) => value !== '' && visibleText(value) === value);
}

async function entriesOf(host: ListHost) {
  const gathered = await gatherMenus(host);
  return gathered.ok ? gathered.menus.flatMap(({ entries }) => entries) : [];
}

/** Every name that an installed kernel's image takes, and those of user space. */
async function parameterNames(host: ListHost): Promise<readonly string[]> {
  const kernels = await gatherKernels(host, await readOsRelease(host), await installedKernels(host), []);
  const names = kernels.flatMap(({ image }) =>
    image?.outcome.ok ? image.outcome.reading.parameters.map(({ name }) => name) : [],
  );
  return [...names, ...userSpaceNames];
}
