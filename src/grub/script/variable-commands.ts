import type { BootWord } from './boot-line.ts';
import {
  assign,
  exportVariable,
  forgetVariables,
  knownValue,
  lookUp,
  unknownValue,
  unsetVariable,
} from './environment.ts';
import {
  type Call,
  type CommandRule,
  callPlace,
  type Evaluation,
  exitStatus,
  isConditional,
  reportProblem,
  type Status,
} from './evaluation.ts';
import { rootValue, withRootDevice } from './root-device.ts';

/** Assigns what stands on both sides of a word's first `=`. */
export function assignWord(evaluation: Evaluation, word: BootWord): void {
  const equals = word.text.indexOf('=');
  const name = word.text.slice(0, equals);
  const given = word.text.slice(equals + 1);
  const text = name === 'root' ? rootValue(given) : given;
  const variable = word.variables.length === 1 ? word.variables[0] : undefined;
  // The candidates of a value that is nothing but one undecided variable.
  const alternatives =
    variable !== undefined && text === `$${variable.name}` ? variable.alternatives : undefined;
  if (name === 'root' && word.known) evaluation.namedRoot = text;
  assign(evaluation.environment, name, { text, known: word.known, alternatives, assignments: [word.place] });
}

function set(evaluation: Evaluation, call: Call): Status {
  const word = call.words[0];
  if (word === undefined) return exitStatus.done;
  if (!word.text.includes('=')) return exitStatus.badArgument;
  assignWord(evaluation, word);
  return exitStatus.done;
}

function unset(evaluation: Evaluation, call: Call): Status {
  const name = call.words[0]?.text;
  if (name === undefined) return exitStatus.badArgument;
  unsetVariable(evaluation.environment, name);
  return exitStatus.done;
}

function exportAll(evaluation: Evaluation, call: Call): Status {
  for (const word of call.words) exportVariable(evaluation.environment, word.text);
  return call.words.length === 0 ? exitStatus.badArgument : exitStatus.done;
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
  const words = call.words.map((word) => word.text);
  const variable = setOption(words, 'root');
  if (variable === 'root') evaluation.searched = words.at(-1);
  forget(evaluation, variable, call);
  return undefined;
}

/** `search.fs_uuid`, `search.fs_label`, `search.file`: the second argument is the variable. */
function searchFor(evaluation: Evaluation, call: Call): Status {
  const [wanted, variable] = call.words;
  if (variable?.text === 'root') evaluation.searched = wanted?.text;
  forget(evaluation, variable?.text, call);
  return undefined;
}

function read(evaluation: Evaluation, call: Call): Status {
  forget(evaluation, call.words.at(-1)?.text, call);
  return undefined;
}

interface EnvironmentCall {
  /** undefined where GRUB's own block is meant. */
  readonly path: string | undefined;
  /** Of the variables to take; none where all are. */
  readonly names: readonly BootWord[];
}

function environmentCall({ words }: Call): EnvironmentCall {
  let path: string | undefined;
  const names: BootWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const text = word?.text ?? '';
    if (text.startsWith('--file=')) path = text.slice('--file='.length);
    else if (text === '-f' || text === '--file') {
      at += 1;
      path = words[at]?.text;
    } else if (word !== undefined && !text.startsWith('-')) names.push(word);
  }
  return { path, names };
}

/** `load_env`; what a block that can't be located may set is unknown from then on. */
function loadEnvironment(evaluation: Evaluation, call: Call): Status {
  const { environment, sources } = evaluation;
  const { path, names } = environmentCall(call);
  const loaded = sources.readEnvironment(path === undefined ? undefined : withRootDevice(environment, path));
  if (loaded === undefined || loaded === 'unknown') {
    reportProblem(
      evaluation,
      loaded === undefined ? 'environment-unreadable' : 'environment-unknown',
      callPlace(call),
      path ?? '',
    );
  }
  if (loaded === undefined) return undefined;
  if (loaded === 'unknown') {
    if (names.length === 0 || names.some(({ known }) => !known)) {
      forgetVariables(environment, callPlace(call));
    }
    for (const { text } of names) forget(evaluation, text, call);
    return undefined;
  }
  for (const [name, text] of loaded) {
    if (names.length > 0 && !names.some((wanted) => wanted.text === name)) continue;
    assign(environment, name, knownValue(text, [callPlace(call)]));
  }
  return exitStatus.done;
}

/** `save_env`: grub-core/commands/loadenv.c `grub_cmd_save_env` takes a variable that is not set out of the block. */
function saveEnvironment(evaluation: Evaluation, call: Call): Status {
  const { environment, saves } = evaluation;
  const { path, names } = environmentCall(call);
  for (const { text: name } of names) {
    saves.push({
      name,
      path: path === undefined ? undefined : withRootDevice(environment, path),
      value: lookUp(environment, name),
      place: callPlace(call),
      conditional: isConditional(evaluation),
    });
  }
  return undefined;
}

function step(by: number): CommandRule {
  return (evaluation, call) => {
    const name = call.words[0]?.text;
    const variable = name === undefined ? undefined : lookUp(evaluation.environment, name);
    if (name === undefined) return exitStatus.badArgument;
    const number = variable?.known ? Number.parseInt(variable.text, 10) : Number.NaN;
    if (Number.isNaN(number)) forget(evaluation, name, call);
    else assign(evaluation.environment, name, knownValue(String(number + by), [callPlace(call)]));
    return Number.isNaN(number) ? undefined : exitStatus.done;
  };
}

/** The commands that read or change variables, as far as they are followed. */
export const variableRules: readonly (readonly [string, CommandRule])[] = [
  ['set', set],
  ['unset', unset],
  ['export', exportAll],
  ['load_env', loadEnvironment],
  ['save_env', saveEnvironment],
  ['search', search],
  ['search.fs_uuid', searchFor],
  ['search.fs_label', searchFor],
  ['search.file', searchFor],
  ['read', read],
  ['increment', step(1)],
  ['decrement', step(-1)],
];
