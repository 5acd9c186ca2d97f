import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WordEdit } from '../../../src/cmdline/word-edit.ts';
import { type DefaultsWord, defaultsWords } from '../../../src/grub/defaults/defaults-words.ts';
import { editDefaultsValue } from '../../../src/grub/defaults/edit-defaults.ts';
import { type DefaultsSource, evaluateDefaults } from '../../../src/grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../../../src/grub/defaults/parse-defaults.ts';
import { applyTextEdits } from '../../../src/grub/text-edit.ts';
import { grubWords } from '../../../src/grub/word/grub-words.ts';
import { hasProgram, hasShared } from '../../oracle/available.ts';
import { corpusFiles } from '../../oracle/corpus.ts';
import { differingCalls } from '../../oracle/grub-emu.ts';
import { createRandom } from './mutate.ts';
import { hasShell, type ShellAnswer, sourceInShell } from './real-shell.ts';
import { defaultsText, generatedNames } from './sh-arbitrary.ts';

const shells = ['dash', 'bash'] as const;
const variables = ['GRUB_CMDLINE_LINUX', 'GRUB_CMDLINE_LINUX_DEFAULT'] as const;

/** One edit of one variable, and the files before and after it. */
interface Case {
  readonly name: string;
  readonly variable: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Whether every byte of the value is known without running the files. */
  readonly isKnown: boolean;
}

function editedTexts(
  sources: readonly DefaultsSource[],
  shell: 'dash' | 'bash',
  variable: string,
  edits: readonly WordEdit[],
): readonly string[] | string {
  const edited = editDefaultsValue(sources, shell, variable, edits);
  if (!edited.ok) return edited.problem.code;
  return sources.map(({ path, file }) =>
    applyTextEdits(file.text, edited.value.find((candidate) => candidate.path === path)?.edits ?? []),
  );
}

/** What the shell says after an edit that it did not say before it, beside the edit's own words. */
function findDamage(
  edit: Case,
  names: readonly string[],
  before: ShellAnswer,
  after: ShellAnswer,
): string | undefined {
  if (before.values.length === 0) return undefined;
  if (after.values.length === 0) return `the shell stops with ${after.exitCode}`;
  for (const [column, name] of names.entries()) {
    const old = before.values[column];
    const now = after.values[column];
    if (name !== edit.variable && old !== now) return `${name} was ${old} and is ${now}`;
    if (name !== edit.variable) continue;
    const { words, ending } = grubWords(old ?? '');
    // A part that only the shell knows may hold quotes or a comment of GRUB's, which no reading can tell.
    if (!edit.isKnown && ending !== 'text') continue;
    const expected = words.map(({ text }) => text);
    for (const word of edit.removed) expected.splice(expected.indexOf(word), expected.includes(word) ? 1 : 0);
    const found = grubWords(now ?? '').words.map(({ text }) => text);
    const all = [...expected, ...edit.added];
    if (found.toSorted().join('\n') !== all.toSorted().join('\n')) return `${name} was ${old} and is ${now}`;
  }
  return undefined;
}

function damages(
  shell: 'dash' | 'bash',
  cases: readonly Case[],
  names: readonly string[],
  stopsOnError: boolean,
): readonly string[] {
  const texts = new Map(
    cases.flatMap((edit) => [edit.before, edit.after]).map((files) => [files.join('\0'), files]),
  );
  const said = sourceInShell(shell, [...texts.values()], names, stopsOnError);
  expect(said).toHaveLength(texts.size);
  const answers = new Map([...texts.keys()].map((key, index) => [key, said[index]]));
  const found: string[] = [];
  for (const edit of cases) {
    const [old, now] = [answers.get(edit.before.join('\0')), answers.get(edit.after.join('\0'))];
    const damage = old === undefined || now === undefined ? 'no answer' : findDamage(edit, names, old, now);
    if (damage !== undefined) found.push(`${edit.name}: ${damage}\n${edit.before.join('\n---\n')}`);
  }
  return found;
}

/** Edits worth trying on a list of words: one more, one less, another one. */
function editsFor(words: readonly DefaultsWord[]): readonly WordEdit[] {
  const edits: WordEdit[] = [{ kind: 'insert', index: words.length, word: 'new=1' }];
  for (const index of new Set([0, words.length - 1])) {
    if (index < 0 || index >= words.length) continue;
    edits.push({ kind: 'remove', index }, { kind: 'replace', index, word: 'memmap=64M$0x1000' });
    edits.push({ kind: 'insert', index, word: 'dyndbg=file x +p' });
  }
  return edits;
}

function caseOf(
  name: string,
  variable: string,
  before: readonly string[],
  after: readonly string[],
  words: readonly DefaultsWord[],
  edit: WordEdit,
): Case {
  const old = words[edit.index]?.text;
  const removed = edit.kind === 'insert' || old === undefined ? [] : [old];
  const added = edit.kind === 'remove' ? [] : [edit.word];
  const isKnown = words.every(({ kind }) => kind !== 'unknown');
  return { name, variable, before, after, removed, added, isKnown };
}

describe.runIf(hasShared('corpus/default-grub') && hasShell('dash') && hasShell('bash'))('the corpus', () => {
  const files = corpusFiles('default-grub');
  const find = (part: string): string => files.find(({ name }) => name.endsWith(part))?.text ?? '';
  const groups = [
    ...files.map(({ name, text }) => ({ name, texts: [text] })),
    {
      name: 'Ubuntu with cloud-init',
      texts: [find('trusty32-lamp-etc__default_grub'), find('50-cloudimg-settings.cfg')],
    },
    { name: 'ZFS', texts: [find('linux-setup__files_etc_default_grub'), find('grub.d_zfs.cfg')] },
    {
      name: 'riced',
      texts: [find('harden-deb__etc_default_grub'), find('00-riced.cfg'), find('init-select.cfg')],
    },
  ];
  const names = [...new Set(files.flatMap(({ text }) => text.match(/\bGRUB_[A-Z_]+\b/g) ?? []))];

  test.each(shells)(
    '%s: every edit changes the words that it should and nothing else, or is refused',
    (shell) => {
      const cases: Case[] = [];
      const refusals = new Map<string, number>();
      const refuse = (code: string): void => void refusals.set(code, (refusals.get(code) ?? 0) + 1);
      for (const { name, texts } of groups) {
        const sources: DefaultsSource[] = [];
        for (const [index, text] of texts.entries()) {
          const parsed = parseDefaults(text);
          if (parsed.ok) sources.push({ path: String(index), file: parsed.value });
          else refuse(`file: ${parsed.problem.code}`);
        }
        if (sources.length < texts.length) continue;
        for (const variable of variables) {
          const { words } = defaultsWords(evaluateDefaults(sources, shell).get(variable));
          for (const edit of editsFor(words)) {
            const after = editedTexts(sources, shell, variable, [edit]);
            if (typeof after === 'string') refuse(after);
            else
              cases.push(caseOf(`${name} ${edit.kind} ${edit.index}`, variable, texts, after, words, edit));
          }
        }
      }
      const expected =
        shell === 'dash'
          ? { 'blanks-around-equals': 2, 'command-not-found': 6 }
          : { 'blanks-around-equals': 2, 'word-not-editable': 10 };
      expect(Object.fromEntries(refusals)).toEqual({ 'file: syntax': 1, ...expected });
      expect(cases.length).toBeGreaterThan(400);
      expect(damages(shell, cases, names, false)).toEqual([]);
    },
  );
});

describe.runIf(hasShell('dash') && hasShell('bash'))('generated files', () => {
  test.each(shells)(
    '%s: every edit changes the words that it should and nothing else, or is refused',
    (shell) => {
      const seed = Number(process.env['BOOTMEND_SEED'] ?? Date.now() % 1_000_000);
      console.info(`generated edits: BOOTMEND_SEED=${seed}`);
      const random = createRandom(seed);
      const cases: Case[] = [];
      for (const [index, text] of fc.sample(defaultsText, { seed, numRuns: 700 }).entries()) {
        const parsed = parseDefaults(text);
        if (!parsed.ok) continue;
        const sources = [{ path: 'main', file: parsed.value }];
        const variable = variables[random(2)] ?? variables[0];
        const { words } = defaultsWords(evaluateDefaults(sources, shell).get(variable));
        const edits = editsFor(words);
        const edit = edits[random(edits.length)];
        const after = edit === undefined ? '' : editedTexts(sources, shell, variable, [edit]);
        if (edit === undefined || typeof after === 'string') continue;
        cases.push(
          caseOf(
            `file ${index}: ${edit.kind} ${edit.index} of ${variable}`,
            variable,
            [text],
            after,
            words,
            edit,
          ),
        );
      }
      expect(cases.length).toBeGreaterThan(300);
      expect(damages(shell, cases, generatedNames, true)).toEqual([]);
    },
  );
});

describe.runIf(hasShell('dash') && hasProgram('grub-emu'))('GRUB', () => {
  test('reads a new word as it was meant, behind the shell', async () => {
    const bytes = fc.constantFrom(...'ab=$;{}|&<>#*?~!()[]:,./%@^+-\xe9 ');
    const word = fc.array(bytes, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const quoting = fc.constantFrom('"a"', "'a'", 'a', '""', '');
    const samples = fc.sample(fc.tuple(word, quoting), { seed: 3, numRuns: 300 });
    const cases: { readonly word: string; readonly text: string }[] = [];
    for (const [added, value] of samples) {
      const parsed = parseDefaults(`GRUB_X=${value}\n`);
      if (!parsed.ok) throw new Error(value);
      const sources = [{ path: 'main', file: parsed.value }];
      const { words } = defaultsWords(evaluateDefaults(sources, 'dash').get('GRUB_X'));
      const after = editedTexts(sources, 'dash', 'GRUB_X', [
        { kind: 'insert', index: words.length, word: added },
      ]);
      if (typeof after !== 'string') cases.push({ word: added, text: after[0] ?? '' });
    }
    expect(cases.length).toBeGreaterThan(250);
    const answers = sourceInShell(
      'dash',
      cases.map(({ text }) => [text]),
      ['GRUB_X'],
    );
    const calls = cases.map(({ word: added }, index) => {
      const value = answers[index]?.values[0] ?? '';
      return {
        script: `linux /v ${value}`,
        calls: [['/v', ...(value.startsWith('a ') ? ['a'] : []), added]],
      };
    });
    expect((await differingCalls(calls)).map((index) => cases[index])).toEqual([]);
  });
});
