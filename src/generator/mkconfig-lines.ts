import type { HostFacts } from '../facts/gather.ts';
import { lastAnswer } from '../facts/last-answer.ts';
import {
  type DefaultsSource,
  type DefaultsValue,
  type DefaultsValues,
  evaluateDefaults,
} from '../grub/defaults/evaluate-defaults.ts';
import type { UnknownPiece, ValuePiece } from '../grub/defaults/value.ts';
import type { LaterLine, LaterLineKind, UnknownPart } from './later-line.ts';
import { type FileTexts, fillTemplate, type LineTemplate, type PiecesOf, readLine } from './line-template.ts';
import { linuxScript, type ScriptLines, xenScript } from './mkconfig-script.ts';

/**
 * The lines that grub-mkconfig will make of the defaults files.
 *
 * Sources: util/grub-mkconfig.in, util/grub.d/10_linux.in, 20_linux_xen.in; of Red Hat's the branches rhel-8-main,
 * rhel-9-main and fedora-44, which put the words on entry files instead.
 */
export const mkconfigLines = lastAnswer((facts: HostFacts): readonly LaterLine[] => {
  const [menu] = facts.menus;
  if (menu === undefined || menu.sources.kind !== 'grub2' || facts.defaults.kind === 'not-read') return [];
  const { rules } = menu.sources;
  const files = facts.defaults.kind === 'read' ? facts.defaults.files : [];
  const values = evaluateDefaults(files, rules.mkconfigShell);
  const inputs: Inputs = { facts, values, texts: textsOf(files), piecesOf: defaultsPieces(facts, values) };
  return linesOf(inputs).map((line) => {
    const refused = refusedTerminal(values);
    return refused === undefined ? line : { ...line, unknown: [...line.unknown, refused] };
  });
});

/** A terminal that grub-mkconfig does not know ends it, and the menu stays as it is. Source: util/grub-mkconfig.in. */
function refusedTerminal(values: DefaultsValues): UnknownPart | undefined {
  for (const name of ['GRUB_TERMINAL', 'GRUB_TERMINAL_OUTPUT']) {
    const value = values.get(name);
    if (value.kind !== 'known') continue;
    const isKnown = (word: string) => /^(?:gfxterm|console|serial|ofconsole|vga_text)$/.test(word);
    if (name === 'GRUB_TERMINAL' && value.value === '') continue;
    if (
      !value.value
        .split(/[ \t\n]+/)
        .filter((word) => word !== '')
        .every(isKnown)
    ) {
      return { because: 'terminal', from: `${value.decidedBy.path}:${value.decidedBy.line}` };
    }
  }
  return undefined;
}

function linesOf(inputs: Inputs): readonly LaterLine[] {
  const { facts, values } = inputs;
  if (makesEntryFiles(facts, values)) {
    const also = facts.menus[0]?.sources.rules.mkconfigAlsoWrites;
    if (also === 'nothing') return [];
    const kind = also === 'kernelopts' ? 'kernelopts' : 'entry-file';
    return [lineOf(inputs, { ...ENTRY_FILE_WORDS, kind })];
  }
  return [...linuxLines(inputs), ...xenLines(inputs)];
}

/** Source: `kernelopts="root=${LINUX_ROOT_DEVICE} ro ${args}"` in util/grub.d/10_linux.in of rhboot/grub2. */
const ENTRY_FILE_WORDS: LineTemplate = {
  path: '/etc/grub.d/10_linux',
  text: 'root=${LINUX_ROOT_DEVICE} ro ${GRUB_CMDLINE_LINUX} ${GRUB_CMDLINE_LINUX_DEFAULT}',
};

interface Inputs {
  readonly facts: HostFacts;
  readonly values: DefaultsValues;
  readonly texts: FileTexts;
  readonly piecesOf: PiecesOf;
}

function textsOf(files: readonly DefaultsSource[]): FileTexts {
  return new Map(files.map(({ path, file }) => [path, file.text]));
}

/** Whether 10_linux leaves the entries to blscfg. */
function makesEntryFiles({ menus, generatorScripts }: HostFacts, values: DefaultsValues): boolean {
  const [menu] = menus;
  if (menu?.sources.rules.entryRules !== 'red-hat') return false;
  const script = generatorScripts.scripts?.find(({ name }) => name === '10_linux');
  if (script !== undefined && !script.text.includes('blscfg')) return false;
  const isAsked = values.get('GRUB_ENABLE_BLSCFG');
  if (isAsked.kind === 'known') return isAsked.value === 'true';
  return menu.entries.some(({ lines }) => lines.some(({ format }) => format === 'loader-entry'));
}

function lineOf(
  inputs: Inputs,
  template: LineTemplate & { readonly kind: LaterLineKind },
  piecesOf: PiecesOf = inputs.piecesOf,
): LaterLine {
  const read = readLine(fillTemplate(template, piecesOf), inputs.texts);
  return { by: 'grub-mkconfig', kind: template.kind, entry: undefined, ...read };
}

function linuxLines(inputs: Inputs): readonly LaterLine[] {
  const { family, generatorScripts } = inputs.facts;
  const found = linuxScript(generatorScripts, family);
  if (found === undefined) return [];
  const piecesOf: PiecesOf = (name) => {
    if (name === 'GRUB_CMDLINE_LINUX_RECOVERY') return recoveryPieces(inputs, found);
    const pieces = inputs.piecesOf(name);
    return name === 'GRUB_CMDLINE_LINUX_DEFAULT' ? withHandoff(pieces, found, family) : pieces;
  };
  return wanted(inputs, found).map((template) => lineOf(inputs, template, piecesOf));
}

/** Only where the hypervisor is: its image, or an entry of it. */
function xenLines(inputs: Inputs): readonly LaterLine[] {
  const { menus, generatorScripts } = inputs.facts;
  const roles = menus.flatMap(({ entries }) => entries.flatMap(({ lines }) => lines.map(roleOf)));
  if (!roles.includes('linux-under-xen')) return [];
  const found = xenScript(generatorScripts);
  if (found === undefined) return [];
  const piecesOf: PiecesOf = (name) => {
    if (name === 'GRUB_CMDLINE_LINUX_RECOVERY') return ownRecoveryPieces(inputs, found, 'single');
    const replacing = REPLACING.get(name);
    const isRead = replacing !== undefined && found.script.text.includes(`{${replacing}}`);
    return (isRead ? replacement(inputs.values.get(replacing)) : undefined) ?? inputs.piecesOf(name);
  };
  return wanted(inputs, found).map((template) => lineOf(inputs, template, piecesOf));
}

function roleOf(line: HostFacts['menus'][number]['entries'][number]['lines'][number]): string {
  return line.format === 'grub-script' ? line.line.role : '';
}

/** What stands in for a plain variable where it is not empty. Source: util/grub.d/20_linux_xen.in. */
const REPLACING: ReadonlyMap<string, string> = new Map([
  ['GRUB_CMDLINE_LINUX', 'GRUB_CMDLINE_LINUX_XEN_REPLACE'],
  ['GRUB_CMDLINE_LINUX_DEFAULT', 'GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT'],
]);

/** The pieces of a value that replaces; undefined where it is empty. */
function replacement(value: DefaultsValue): readonly ValuePiece[] | undefined {
  if (value.kind === 'unset' || (value.kind === 'known' && value.value === '')) return undefined;
  return piecesOfValue(value);
}

/** The templates whose entries are made. Source: GRUB_DISABLE_RECOVERY in both scripts. */
function wanted({ values }: Inputs, { templates }: ScriptLines): ScriptLines['templates'] {
  const value = values.get('GRUB_DISABLE_RECOVERY');
  const lacksRecovery = value.kind === 'known' && value.value === 'true';
  return templates.filter(({ kind }) => !lacksRecovery || !kind.endsWith('recovery'));
}

/** Sources: 10_linux of Debian (2.06, 2.14), Ubuntu (nomodeset) and EL 10 (the defaults file's own value, else `single`). */
function recoveryPieces(inputs: Inputs, found: ScriptLines): readonly ValuePiece[] | undefined {
  const { family, generatorScripts } = inputs.facts;
  const { script } = found;
  if (family !== 'debian' && family !== 'ubuntu') return inputs.piecesOf('GRUB_CMDLINE_LINUX_RECOVERY');
  const word = generatorScripts.hasRecoveryMenu ? 'recovery' : 'single';
  const isUbuntu = /^ubuntu_recovery="?1/m.test(script.text);
  const more = isUbuntu
    ? /RECOVERY="\$GRUB_CMDLINE_LINUX_RECOVERY ([a-z_ ]+)"/.exec(script.text)?.[1]
    : undefined;
  const own = ownRecoveryPieces(inputs, found, word);
  return [
    ...own,
    ...(more === undefined ? [] : scriptPieces(script, ` ${more}`)),
    ...microcodePieces(inputs.facts, script),
  ];
}

/** The defaults file's value where the script leaves it one and it is not empty (2.14), else the script's word. */
function ownRecoveryPieces(
  { piecesOf, values }: Inputs,
  { script }: ScriptLines,
  word: string,
): readonly ValuePiece[] {
  const takesOwn = script.text.includes(': ${GRUB_CMDLINE_LINUX_RECOVERY:=');
  const value = values.get('GRUB_CMDLINE_LINUX_RECOVERY');
  const isEmpty = value.kind === 'unset' || (value.kind === 'known' && value.value === '');
  return (
    (takesOwn && !isEmpty ? piecesOf('GRUB_CMDLINE_LINUX_RECOVERY') : undefined) ?? scriptPieces(script, word)
  );
}

/** `dis_ucode_ldr`, which 2.14's 10_linux adds on x86: on a processor that can't be told, not known. */
function microcodePieces({ menus }: HostFacts, script: LineTemplate): readonly ValuePiece[] {
  const adding = /x86\*\) GRUB_CMDLINE_LINUX_RECOVERY="\$GRUB_CMDLINE_LINUX_RECOVERY( [a-z_ ]+)"/.exec(
    script.text,
  );
  if (adding === null) return [];
  const [sources] = menus.map((menu) => menu.sources);
  const processor = sources?.kind === 'grub2' ? sources.platform.processor : undefined;
  if (processor === undefined)
    return [{ kind: 'unknown', because: 'command', path: script.path, offset: adding.index }];
  return processor === 'i386' || processor === 'x86_64' ? scriptPieces(script, adding[1] ?? '') : [];
}

function scriptPieces({ path }: LineTemplate, text: string): readonly ValuePiece[] {
  return fillTemplate({ path, text }, () => undefined);
}

/** Ubuntu hands the screen over to the kernel. Source: `vt_handoff` in Ubuntu's 10_linux. */
function withHandoff(
  pieces: readonly ValuePiece[] | undefined,
  { script }: ScriptLines,
  family: string,
): readonly ValuePiece[] | undefined {
  const isOn =
    /^vt_handoff="?1/m.test(script.text) || (family === 'ubuntu' && !script.text.includes('vt_handoff'));
  const text = (pieces ?? []).map((piece) => (piece.kind === 'literal' ? piece.text : '\0')).join('');
  if (!isOn || pieces === undefined || !text.split(/[ \t\n]+/).includes('splash')) return pieces;
  return [...pieces, ...fillTemplate({ path: script.path, text: ' \\$vt_handoff' }, () => undefined)];
}

/** The pieces of the variables that the defaults files set; undefined for the names of the scripts themselves. */
function defaultsPieces({ defaults }: HostFacts, values: DefaultsValues): PiecesOf {
  return (name) => {
    if (!name.startsWith('GRUB_')) return undefined;
    if (defaults.kind === 'unreadable' || defaults.kind === 'not-parsed') {
      const because = 'source';
      return [{ kind: 'unknown', because, path: defaults.path, offset: 0 }];
    }
    return piecesOfValue(values.get(name));
  };
}

function piecesOfValue(value: DefaultsValue): readonly ValuePiece[] {
  if (value.kind === 'unset') return [];
  const { pieces } = value.expansion;
  if (value.kind === 'known' || pieces.some(({ kind }) => kind === 'unknown')) return pieces;
  const { path, offset } = value.at;
  const piece: UnknownPiece = { kind: 'unknown', because: 'command', path, offset };
  return [...pieces, piece];
}
