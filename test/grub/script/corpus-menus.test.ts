import { describe, expect, test } from 'vitest';
import type { BootLine } from '../../../src/grub/script/boot-line.ts';
import { editBootLine } from '../../../src/grub/script/edit-boot-line.ts';
import type { MenuInput } from '../../../src/grub/script/evaluate-menu.ts';
import type { GrubMenu, GrubMenuItem, MenuEntry } from '../../../src/grub/script/grub-menu.ts';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';
import { printGrubScript } from '../../../src/grub/script/syntax-tree.ts';
import { applyTextEdits } from '../../../src/grub/text-edit.ts';
import { hasProgram, hasShared } from '../../oracle/available.ts';
import { type CorpusFile, corpusFiles } from '../../oracle/corpus.ts';
import { bootsAsExpected } from '../../oracle/grub-emu.ts';
import { checkedSyntax } from '../../oracle/grub-script-check.ts';
import { argumentsOf, bootLinesOf, menuOf } from './evaluated-text.ts';

const hasCorpus = hasShared('corpus');
const files = hasCorpus ? corpusFiles('grub.cfg') : [];
const readable = files.filter((file) => parseGrubScript(file.text).ok);
const addedWord = 'cgroup_disable=memory';

function isKernelLine(line: BootLine): boolean {
  return line.role === 'linux' || line.role === 'linux-under-xen';
}

/** The file with a word added at the end of each of its lines that start a kernel, as far as that can be done. */
function withAddedWord(text: string): { readonly text: string; readonly lines: ReadonlySet<number> } {
  const lines = new Map<number, BootLine>();
  for (const line of bootLinesOf(menuOf(text))) if (isKernelLine(line)) lines.set(line.span.start, line);
  const edits = [...lines.values()].flatMap((line) => {
    const editing = editBootLine(line, [{ kind: 'insert', index: line.words.length, word: addedWord }]);
    expect(editing.ok).toBe(true);
    return editing.ok ? editing.value : [];
  });
  return { text: applyTextEdits(text, edits), lines: new Set(lines.keys()) };
}

interface PlacedEntry {
  readonly path: readonly number[];
  readonly entry: MenuEntry;
}

function entriesOf(items: readonly GrubMenuItem[], outer: readonly number[] = []): PlacedEntry[] {
  return items.flatMap((item, index) => {
    if (item.kind === 'submenu') return entriesOf(item.children, [...outer, index]);
    return item.kind === 'entry' ? [{ path: [...outer, index], entry: item }] : [];
  });
}

describe.runIf(hasCorpus)('every grub.cfg of the corpus', () => {
  test('is there, and GRUB can read it', () => {
    expect(files.length).toBeGreaterThan(50);
    const refused = files.filter((file) => !readable.includes(file)).map((file) => file.name);
    expect(refused).toEqual([]);
  });

  test.each(readable)('$name is printed as it was read', ({ text }) => {
    const parsed = parseGrubScript(text);
    expect(parsed.ok && printGrubScript(parsed.value)).toBe(text);
  });

  test.each(readable)(
    '$name gets one word on each line that starts a kernel and nothing else',
    ({ text }) => {
      const before = bootLinesOf(menuOf(text));
      const edited = withAddedWord(text);
      const after = bootLinesOf(menuOf(edited.text));
      expect(edited.text.length).toBe(text.length + edited.lines.size * ` ${addedWord}`.length);
      expect(edited.text.replaceAll(` ${addedWord}`, '')).toBe(text.replaceAll(` ${addedWord}`, ''));
      expect(after.map(argumentsOf)).toEqual(
        before.map((line) => [...argumentsOf(line), ...(isKernelLine(line) ? [addedWord] : [])]),
      );
    },
  );

  test.runIf(hasProgram('grub-script-check'))(
    'passes grub-script-check with that word as without',
    async () => {
      const before = await checkedSyntax(readable.map((file) => file.text));
      const after = await checkedSyntax(readable.map((file) => withAddedWord(file.text).text));
      expect(after).toEqual(before);
    },
  );
});

/** What grub-emu knows of itself; there are no files but the configuration. */
const emulated: Partial<MenuInput> = {
  variables: new Map([
    ['root', 'host'],
    ['grub_platform', 'emu'],
    ['grub_cpu', 'x86_64'],
  ]),
  testFile: () => false,
};

function isCertain(menu: GrubMenu): boolean {
  return menu.items.every((item) => item.kind !== 'loader-entries' && !item.conditional);
}

/** For each entry that calls a Linux loader: whether GRUB gives it what the evaluation says. */
async function bootVerdicts(text: string): Promise<Record<string, boolean | undefined>> {
  const menu = menuOf(text, emulated);
  const verdicts: Record<string, boolean | undefined> = {};
  if (!isCertain(menu)) return verdicts;
  for (const { path, entry } of entriesOf(menu.items)) {
    const line = entry.bootLines.find((candidate) => candidate.command.startsWith('linux'));
    if (line === undefined || line.conditional || line.image === undefined) continue;
    const expected = [line.image, ...line.words].map((word) => (word.known ? word.text : undefined));
    const boot = { config: text, path, command: line.command, expected };
    verdicts[`${path.join('>')} ${entry.title}`] = await bootsAsExpected(boot);
  }
  return verdicts;
}

function failures(verdicts: Record<string, boolean | undefined>): string[] {
  return Object.keys(verdicts).filter((entry) => verdicts[entry] !== true);
}

describe.runIf(hasCorpus && hasProgram('grub-emu'))('GRUB boots the entries of the corpus', () => {
  const withEntries = readable.filter(
    (file: CorpusFile) => entriesOf(menuOf(file.text, emulated).items).length > 0,
  );

  test.each(withEntries)('$name with the words that we say, before and after an edit', async ({ text }) => {
    const before = await bootVerdicts(text);
    expect(failures(before)).toEqual([]);
    const after = await bootVerdicts(withAddedWord(text).text);
    expect(failures(after)).toEqual([]);
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  test('which are enough to prove it', async () => {
    const counts = withEntries.map((file) => entriesOf(menuOf(file.text, emulated).items).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(75);
  });
});
