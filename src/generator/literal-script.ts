import type { ScriptText } from '../facts/generator-scripts.ts';
import type { BootLine } from '../grub/script/boot-line.ts';
import { evaluateMenu } from '../grub/script/evaluate-menu.ts';
import type { GrubMenuItem, MenuEntry } from '../grub/script/grub-menu.ts';
import { parseGrubScript } from '../grub/script/parser.ts';
import { positionAt } from '../grub/text-position.ts';
import type { LaterLine } from './later-line.ts';

/** A stretch of a script of /etc/grub.d that goes into grub.cfg as it stands. */
export interface LiteralText {
  readonly text: string;
  /** Of its first byte in the script. */
  readonly offset: number;
}

/** One `linux` line of such a stretch. */
export interface LiteralLine {
  readonly script: ScriptText;
  readonly literal: LiteralText;
  readonly entry: MenuEntry;
  readonly line: BootLine;
}

/**
 * What a script prints whatever happens: what stands behind `exec tail -n +N $0`, as in 40_custom, or in here-documents
 * without any expansion. Undefined where the script does more than that.
 */
export function literalTexts({ text }: ScriptText): readonly LiteralText[] | undefined {
  const lines = text.split('\n');
  const rest: string[] = [];
  const literals: LiteralText[] = [];
  let offset = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const start = offset + line.length + 1;
    const tail = /^[ \t]*exec[ \t]+tail[ \t]+-n[ \t]*\+([0-9]+)[ \t]+"?\$\{?0\}?"?[ \t]*$/.exec(line);
    if (tail !== null) {
      const from = startOfLine(text, Number(tail[1]) - 1);
      return rest.every(isIdle) ? [{ offset: from, text: text.slice(from) }] : undefined;
    }
    const opening = /^[ \t]*cat[ \t]*<<[ \t]*(['"]?)([A-Za-z_]+)\1[ \t]*$/.exec(line);
    if (opening === null) rest.push(line);
    offset = start;
    if (opening === null) continue;
    const end = lines.indexOf(opening[2] ?? '', at + 1);
    const body = lines
      .slice(at + 1, end === -1 ? lines.length : end)
      .map((one) => `${one}\n`)
      .join('');
    const isExpanded = opening[1] === '' && /[$`\\]/.test(body);
    if (end === -1 || isExpanded) return undefined;
    literals.push({ offset: start, text: body });
    offset = start + body.length + (lines[end] ?? '').length + 1;
    at = end;
  }
  return literals.length > 0 && rest.every(isIdle) ? literals : undefined;
}

function startOfLine(text: string, line: number): number {
  let offset = 0;
  for (let at = 0; at < line; at += 1) offset = text.indexOf('\n', offset) + 1 || text.length;
  return offset;
}

/** A line that prints nothing. */
function isIdle(line: string): boolean {
  return /^[ \t]*(?:#.*|set -e|exit 0|echo .*>&2)?[ \t]*$/.test(line);
}

/** The `linux` lines of the entries that a script prints; none where they can't be read. */
export function literalLines(script: ScriptText): readonly LiteralLine[] {
  return (literalTexts(script) ?? []).flatMap((literal) => {
    const parsed = parseGrubScript(literal.text);
    if (!parsed.ok) return [];
    const { items } = evaluateMenu({
      path: script.path,
      text: literal.text,
      script: parsed.value,
      variables: new Map(),
      readScript: () => undefined,
      readEnvironment: () => undefined,
    });
    return entriesOf(items).flatMap((entry) => {
      const lines = entry.bootLines.filter(({ role }) => role === 'linux' || role === 'linux-under-xen');
      return lines.map((line) => ({ script, literal, entry, line }));
    });
  });
}

function entriesOf(items: readonly GrubMenuItem[]): readonly MenuEntry[] {
  return items.flatMap((item) => {
    if (item.kind === 'submenu') return entriesOf(item.children);
    return item.kind === 'entry' ? [item] : [];
  });
}

/** The line as grub-mkconfig will put it into grub.cfg. */
export function literalLine({ script, literal, entry, line }: LiteralLine): LaterLine {
  const { title, id } = entry;
  const before = positionAt(script.text, literal.offset).line - 1;
  return {
    by: 'grub-mkconfig',
    kind: 'literal',
    entry: { title, id },
    words: line.words.map(({ text, known, place }) => {
      const from = `${script.path}:${before + place.line}`;
      return { text, kind: known ? 'plain' : 'variable', from, variable: undefined };
    }),
    unknown: [],
    lost: undefined,
  };
}
