import type { WordGoal } from '../../cmdline/revise-words.ts';
import type { BootEntry } from '../../facts/boot-entry.ts';
import { TRIAL_ENTRY_ID } from '../../facts/entry-kind.ts';
import type { GrubProblem } from '../../grub/grub-problem.ts';
import { editBootLine } from '../../grub/script/edit-boot-line.ts';
import type { MenuEntry } from '../../grub/script/grub-menu.ts';
import { parseGrubScript } from '../../grub/script/parser.ts';
import type { Command, StatementList } from '../../grub/script/syntax-tree.ts';
import type { Span } from '../../grub/script/token.ts';
import { applyTextEdits, type TextEdit } from '../../grub/text-edit.ts';
import { quoteGrubWord } from '../../grub/word/quote-grub-word.ts';
import { TRIAL_TITLE } from './trial-title.ts';
import { trialEdits } from './trial-words.ts';

/** The commands of the trial's entry, or why the entry that boots can't be copied. */
export type EntryCopy =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: GrubProblem | undefined };

/**
 * A `menuentry` command that does what another one does, with other words: its body is copied byte for byte but for the words.
 * `boot_once` keeps `savedefault` of grub-mkconfig's header from making it the default where somebody picks it by hand
 * (util/grub.d/00_header.in).
 *
 * @param text the file that holds the entry, latin1
 * @param item the entry as the evaluation of the menu gave it
 */
export function copyScriptEntry(text: string, item: MenuEntry, entry: BootEntry, goal: WordGoal): EntryCopy {
  const body = bodyOf(text, item);
  if (body === undefined) return { ok: false, problem: undefined };
  const edits: TextEdit[] = [];
  for (const line of entry.lines) {
    const isInside =
      line.format === 'grub-script' &&
      line.path === item.place.path &&
      line.line.span.start >= body.start &&
      line.line.span.end <= body.end;
    if (!isInside) return { ok: false, problem: undefined };
    const words = line.words.map((word) => word.text);
    const edited = editBootLine(line.line, trialEdits(words, goal));
    if (!edited.ok) return { ok: false, problem: edited.problem };
    edits.push(...edited.value.map((edit) => ({ ...edit, offset: edit.offset - body.start })));
  }
  const title = quoteGrubWord(`${item.title}${TRIAL_TITLE}`);
  if (!title.ok) return { ok: false, problem: title.problem };
  const commands = applyTextEdits(text.slice(body.start, body.end), edits);
  const header = ['menuentry', title.value, ...optionsOf(item), '--id', TRIAL_ENTRY_ID, '{'].join(' ');
  return {
    ok: true,
    text: `${header}\n\tset boot_once=true${commands.startsWith('\n') ? '' : '\n'}${commands}}\n`,
  };
}

/** Who may start the entry without a password, and how a theme shows it: as with the one that is copied. */
function optionsOf({ classes, users, unrestricted }: MenuEntry): readonly string[] {
  return [
    ...classes.flatMap((name) => ['--class', quoted(name)]),
    ...(users === undefined ? [] : ['--users', quoted(users)]),
    ...(unrestricted ? ['--unrestricted'] : []),
  ];
}

function quoted(word: string): string {
  const written = quoteGrubWord(word);
  return written.ok ? written.value : "''";
}

/** What stands between the braces of the command that makes an entry; undefined where no literal block does. */
function bodyOf(text: string, { place }: MenuEntry): Span | undefined {
  const parsed = parseGrubScript(text);
  const command = parsed.ok ? commandAt(parsed.value.statements, place.offset) : undefined;
  const header = command?.words.at(-1);
  if (command?.block === undefined || header === undefined) return undefined;
  return { start: text.indexOf('{', header.end) + 1, end: text.lastIndexOf('}', command.end - 1) };
}

/** The command that begins at an offset, wherever in the script it stands. */
function commandAt(statements: StatementList, offset: number): Command | undefined {
  for (const statement of statements) {
    if (statement.start > offset || statement.end <= offset) continue;
    if (statement.kind === 'command' && statement.start === offset) return statement;
    const within = statement.kind === 'command' ? [statement.block ?? []] : bodiesOf(statement);
    return within.map((list) => commandAt(list, offset)).find((found) => found !== undefined);
  }
  return undefined;
}

function bodiesOf(statement: Exclude<StatementList[number], Command>): readonly StatementList[] {
  if (statement.kind !== 'if') return [statement.body];
  return [...statement.branches.map(({ body }) => body), statement.otherwise ?? []];
}
