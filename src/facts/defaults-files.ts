import type { DefaultsSource } from '../grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../grub/defaults/parse-defaults.ts';
import type { GrubProblem } from '../grub/grub-problem.ts';
import type { Host } from '../host/host.ts';
import type { FamilyRules } from './family.ts';
import type { UnreadReason } from './layout/loader-finding.ts';
import { namesIn, readText } from './layout/read-text.ts';

/** /etc/default/grub and the drop-ins that are read after it, in the order of grub-mkconfig. */
export type DefaultsReading =
  /** Nothing on this host reads them. */
  | { readonly kind: 'not-read' }
  | { readonly kind: 'read'; readonly files: readonly DefaultsSource[] }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: UnreadReason }
  | { readonly kind: 'not-parsed'; readonly path: string; readonly problem: GrubProblem };

const DEFAULTS_FILE = '/etc/default/grub';
/** See docs/limits.md. */
const MAXIMUM_BYTES = 256 << 10;
const MAXIMUM_DROP_INS = 1000;
const DROP_IN_DIRECTORY = '/etc/default/grub.d';

/**
 * Read the files that a new grub.cfg is made from. Paths are those that links lead to.
 *
 * Source: util/grub-mkconfig.in, and Debian's default-grub-d.patch for the drop-ins (`*.cfg` in the shell's order).
 */
export async function readDefaultsFiles(host: Host, rules: FamilyRules): Promise<DefaultsReading> {
  const main = await readText(host, DEFAULTS_FILE, MAXIMUM_BYTES);
  if (!main.ok) return { ...main, kind: main.reason === 'missing' ? 'missing' : 'unreadable' };
  const texts = [main];
  const listed = rules.readsDropIns ? await namesIn(host, DROP_IN_DIRECTORY) : [];
  const names = listed.filter((name) => name.endsWith('.cfg') && !name.startsWith('.'));
  if (names.length > MAXIMUM_DROP_INS) {
    return { kind: 'unreadable', path: DROP_IN_DIRECTORY, reason: 'too-many' };
  }
  for (const name of names) {
    const dropIn = await readText(host, `${DROP_IN_DIRECTORY}/${name}`, MAXIMUM_BYTES);
    // `[ -e ]` of a link that leads nowhere is false; what is no file, such as /dev/null, is read as nothing.
    if (!dropIn.ok && (dropIn.reason === 'missing' || dropIn.reason === 'not-a-file')) continue;
    if (!dropIn.ok) return { kind: 'unreadable', ...dropIn };
    texts.push(dropIn);
  }
  const files: DefaultsSource[] = [];
  for (const { realPath, text } of texts) {
    const parsed = parseDefaults(text);
    if (!parsed.ok) return { kind: 'not-parsed', path: realPath, problem: parsed.problem };
    files.push({ path: realPath, file: parsed.value });
  }
  return { kind: 'read', files };
}
