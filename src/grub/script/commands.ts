import { bootCommands, takeBootLine } from './boot-commands.ts';
import type { BootWord } from './boot-line.ts';
import { assign, exportVariable, knownValue, unknownValue } from './environment.ts';
import {
  type Call,
  type Evaluation,
  isConditional,
  placeOf,
  reportProblem,
  type Status,
} from './evaluation.ts';
import { addMenuItem } from './menu-commands.ts';
import { evaluateTest } from './test-expression.ts';

/** What a command of GRUB does to the evaluation, and its exit status. */
export type CommandRule = (evaluation: Evaluation, call: Call) => Status;

/** Errors of include/grub/err.h, which are the exit statuses. */
const done = 0;
const testFailed = 1;
const invalidCommand = 17;
const badArgument = 18;

function callPlace(call: Call) {
  return placeOf(call.file, call.command.start);
}

function setVariable(evaluation: Evaluation, word: BootWord): Status {
  const equals = word.text.indexOf('=');
  if (equals === -1) return badArgument;
  const name = word.text.slice(0, equals);
  const text = word.text.slice(equals + 1);
  const alternatives = word.variables.length === 1 ? alternativesOf(word, text) : undefined;
  assign(evaluation.environment, name, { text, known: word.known, alternatives, assignments: [word.place] });
  if (name === 'check_signatures' && text === 'enforce') evaluation.signatureChecks.push(word.place);
  return done;
}

/** The candidates of a value that is nothing but one undecided variable. */
function alternativesOf(word: BootWord, text: string): readonly string[] | undefined {
  const variable = word.variables[0];
  return variable !== undefined && text === `$${variable.name}` ? variable.alternatives : undefined;
}

function forget(evaluation: Evaluation, name: string | undefined, call: Call): void {
  if (name === undefined || name === '') return;
  assign(evaluation.environment, name, unknownValue(name, [callPlace(call)]));
}

/** The variable that `--set=name`, `--set name` or `-s name` lets a command fill in. */
function setOption(words: readonly string[], byDefault: string | undefined): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word.startsWith('--set=')) return word.slice('--set='.length);
    if (word !== '--set' && word !== '-s') continue;
    const next = words[index + 1];
    return next === undefined || next.startsWith('-') ? byDefault : next;
  }
  return undefined;
}

/** A command that is not followed: what it may set is unknown afterwards, and so is its status. */
export function runUnknownCommand(evaluation: Evaluation, call: Call): Status {
  const words = call.words.map((word) => word.text);
  const option = setOption(words, undefined);
  forget(evaluation, option?.slice(option.indexOf(':') + 1), call);
  return undefined;
}

/** grub-core/commands/search_wrap.c: without a name `--set` means `root`. */
function search(evaluation: Evaluation, call: Call): Status {
  forget(
    evaluation,
    setOption(
      call.words.map((word) => word.text),
      'root',
    ),
    call,
  );
  return undefined;
}

/** `search.fs_uuid`, `search.fs_label`, `search.file`: the second argument is the variable. */
function searchFor(evaluation: Evaluation, call: Call): Status {
  forget(evaluation, call.words[1]?.text, call);
  return undefined;
}

function read(evaluation: Evaluation, call: Call): Status {
  forget(evaluation, call.words.at(-1)?.text, call);
  return undefined;
}

function loadEnvironment(evaluation: Evaluation, call: Call): Status {
  let path: string | undefined;
  const names: string[] = [];
  for (let at = 0; at < call.words.length; at += 1) {
    const word = call.words[at]?.text ?? '';
    if (word.startsWith('--file=')) path = word.slice('--file='.length);
    else if (word === '-f' || word === '--file') {
      at += 1;
      path = call.words[at]?.text;
    } else if (!word.startsWith('-')) names.push(word);
  }
  const loaded = evaluation.sources.readEnvironment(path);
  if (loaded === undefined) {
    reportProblem(evaluation, 'environment-unreadable', callPlace(call), path ?? '');
    return undefined;
  }
  for (const [name, text] of loaded) {
    if (names.length > 0 && !names.includes(name)) continue;
    assign(evaluation.environment, name, knownValue(text, [callPlace(call)]));
  }
  return done;
}

/** `[` and `test`; the environment block counts as a file that is there where it can be read. */
function test(evaluation: Evaluation, call: Call): Status {
  const { testFile, readEnvironment } = evaluation.sources;
  const prefix = evaluation.environment.get('prefix')?.text ?? '';
  const holds = evaluateTest(call.words, (operator, path) => {
    const found = testFile?.(operator, path);
    if (found !== undefined || !path.endsWith('/grubenv')) return found;
    return (
      readEnvironment(path === `${prefix}/grubenv` ? undefined : path) !== undefined && operator !== '-d'
    );
  });
  return holds === undefined ? undefined : Number(!holds);
}

function step(by: number): CommandRule {
  return (evaluation, call) => {
    const name = call.words[0]?.text;
    const variable = name === undefined ? undefined : evaluation.environment.get(name);
    if (name === undefined) return badArgument;
    const number = variable?.known ? Number.parseInt(variable.text, 10) : Number.NaN;
    if (Number.isNaN(number)) forget(evaluation, name, call);
    else assign(evaluation.environment, name, knownValue(String(number + by), [callPlace(call)]));
    return Number.isNaN(number) ? undefined : done;
  };
}

function interruptLoop(kind: 'break' | 'continue'): CommandRule {
  return (evaluation, call) => {
    const wanted = call.words[0] === undefined ? 1 : Number.parseInt(call.words[0].text, 10);
    const levels = Math.min(Number.isNaN(wanted) ? 0 : wanted, evaluation.loops);
    if (levels > 0) evaluation.interruption = { kind, levels };
    return done;
  };
}

function returnFromFunction(evaluation: Evaluation, call: Call): Status {
  if (evaluation.parameters === undefined) return badArgument;
  evaluation.interruption = { kind: 'return' };
  const wanted = call.words[0];
  if (wanted === undefined) return evaluation.status ?? undefined;
  const status = Number.parseInt(wanted.text, 10);
  return wanted.known && !Number.isNaN(status) ? status : undefined;
}

function shift(evaluation: Evaluation, call: Call): Status {
  const { parameters } = evaluation;
  const by = call.words[0] === undefined ? 1 : Number.parseInt(call.words[0].text, 10);
  if (parameters === undefined) return done;
  if (Number.isNaN(by) || by > parameters.length) return badArgument;
  const counted = parameters.slice(0, by).every((parameter) => parameter.single);
  const rest = parameters.slice(by);
  evaluation.parameters = counted ? rest : rest.map((each) => ({ ...each, known: false, single: false }));
  return done;
}

function password(evaluation: Evaluation, call: Call): Status {
  evaluation.passwords.push(callPlace(call));
  return done;
}

function loaderEntries(evaluation: Evaluation, call: Call): Status {
  evaluation.items.push({
    kind: 'loader-entries',
    command: call.name,
    words: call.words.map((word) => word.text),
    place: callPlace(call),
    conditional: isConditional(evaluation),
    variables: new Map(evaluation.environment),
  });
  return undefined;
}

function notEvaluated(evaluation: Evaluation, call: Call): Status {
  const { start, end } = call.command;
  reportProblem(evaluation, 'config-not-evaluated', callPlace(call), call.file.text.slice(start, end));
  return undefined;
}

const rules: readonly (readonly [string, CommandRule])[] = [
  [
    'set',
    (evaluation, call) => (call.words[0] === undefined ? done : setVariable(evaluation, call.words[0])),
  ],
  [
    'unset',
    (evaluation, call) => {
      const name = call.words[0]?.text;
      if (name !== undefined) evaluation.environment.delete(name);
      return name === undefined ? badArgument : done;
    },
  ],
  [
    'export',
    (evaluation, call) => {
      for (const word of call.words) exportVariable(evaluation.environment, word.text);
      return call.words.length === 0 ? badArgument : done;
    },
  ],
  ['true', () => done],
  ['false', () => testFailed],
  ['echo', () => done],
  ['test', test],
  ['[', test],
  ['load_env', loadEnvironment],
  ['search', search],
  ['search.fs_uuid', searchFor],
  ['search.fs_label', searchFor],
  ['search.file', searchFor],
  ['read', read],
  ['increment', step(1)],
  ['decrement', step(-1)],
  ['menuentry', addMenuItem],
  ['submenu', addMenuItem],
  ['blscfg', loaderEntries],
  ['bls_import', loaderEntries],
  ['blsuki', loaderEntries],
  ['uki', loaderEntries],
  ['password', password],
  ['password_pbkdf2', password],
  ['break', interruptLoop('break')],
  ['continue', interruptLoop('continue')],
  ['return', returnFromFunction],
  ['shift', shift],
  [
    'setparams',
    (evaluation, call) => {
      if (evaluation.parameters !== undefined) evaluation.parameters = call.words;
      return evaluation.parameters === undefined ? invalidCommand : done;
    },
  ],
  ['eval', notEvaluated],
  ['legacy_source', notEvaluated],
  ['legacy_configfile', notEvaluated],
  ['syslinux_source', notEvaluated],
  ['syslinux_configfile', notEvaluated],
  ['extract_entries_source', notEvaluated],
  ['extract_entries_configfile', notEvaluated],
  ['extract_legacy_entries_source', notEvaluated],
  ['extract_legacy_entries_configfile', notEvaluated],
  ['extract_syslinux_entries_source', notEvaluated],
  ['extract_syslinux_entries_configfile', notEvaluated],
];

function leave(evaluation: Evaluation): Status {
  evaluation.interruption = { kind: 'exit' };
  return done;
}

/**
 * The commands whose effect on the menu and its variables is known. Each is a command that GRUB looks up before a
 * function of the same name (grub-core/script/execute.c `grub_script_execute_cmdline`).
 */
export const commandRules: ReadonlyMap<string, CommandRule> = new Map([
  ...rules,
  ...['exit', 'normal_exit', 'halt', 'reboot', 'boot'].map((name) => [name, leave] as const),
  ...bootCommands.map((name) => [name, takeBootLine] as const),
]);
