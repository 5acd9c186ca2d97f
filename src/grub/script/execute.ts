import type { BootWord } from './boot-line.ts';
import { commandRules } from './commands.ts';
import { runConfigFile, runSource } from './config-files.ts';
import { runFor, runIf, runLoop } from './control-flow.ts';
import { lookUp } from './environment.ts';
import {
  type Body,
  bodyPlace,
  type Call,
  descend,
  type Evaluation,
  exitStatus,
  inBoundary,
  placeOf,
  type Status,
  spend,
} from './evaluation.ts';
import { isPositional, type WordContext } from './expand-variable.ts';
import { expandWord } from './expand-word.ts';
import type { MenuVariable } from './grub-menu.ts';
import type { ScriptFile } from './script-file.ts';
import { readSpan, type Statement } from './syntax-tree.ts';
import type { Span } from './token.ts';
import { assignWord, runUnknownCommand } from './variable-commands.ts';

/** Bytes and words that the arguments of one command may grow to. */
const mostExpansion = 65_536;
/** Growing by this much costs as much as a command. */
const expansionPerStep = 64;

function statusVariable(status: Status | null): MenuVariable | undefined {
  if (status === null) return undefined;
  const known = status !== undefined;
  return { text: known ? String(status) : '$?', known, alternatives: undefined, assignments: [] };
}

function expandWords(evaluation: Evaluation, file: ScriptFile, words: readonly Span[]): BootWord[] {
  const { environment, parameters, status, keepsHexEscapes } = evaluation;
  const context: WordContext = {
    parameters,
    keepsHexEscapes,
    variable: (name) => (name === '?' ? statusVariable(status) : lookUp(environment, name)),
  };
  const budget = { left: mostExpansion };
  const expanded: BootWord[] = [];
  for (const span of words) {
    const place = placeOf(file, span.start);
    for (const argument of expandWord(readSpan(file.script.text, span), context, budget)) {
      // Not spread: a long menu has some hundred thousand words.
      const { text, known, single, variables, pattern } = argument;
      expanded.push({ text, known, single, place, span, variables, pattern });
    }
  }
  const grown = Math.floor((mostExpansion - budget.left) / expansionPerStep);
  spend(evaluation, expanded.length + grown, file, words[0]?.start ?? 0);
  return expanded;
}

/** A block in braces is a word of its own, as it is written, to all but those commands that run it. */
function blockWord({ file, command }: Call): BootWord[] {
  const last = command.words.at(-1);
  if (command.block === undefined || last === undefined) return [];
  const span = { start: file.script.text.indexOf('{', last.end), end: command.end };
  const text = readSpan(file.script.text, span);
  const place = placeOf(file, span.start);
  return [{ text, known: true, single: true, place, span, variables: [], pattern: false }];
}

function callFunction(evaluation: Evaluation, body: Body, parameters: readonly BootWord[]): Status {
  const outer = { parameters: evaluation.parameters, loops: evaluation.loops };
  evaluation.parameters = parameters;
  evaluation.loops = 0;
  const status = inBoundary(evaluation, () => executeList(evaluation, body));
  if (evaluation.interruption?.kind === 'return') evaluation.interruption = undefined;
  evaluation.parameters = outer.parameters;
  evaluation.loops = outer.loops;
  return status;
}

/** Runs a command: GRUB's own before a function of that name, and an assignment only if neither is there. */
function dispatch(evaluation: Evaluation, call: Call): Status {
  const [first, ...words] = call.words;
  if (first === undefined) return 0;
  if (first.text === '!') {
    const status = words.length === 0 ? exitStatus.badArgument : dispatch(evaluation, { ...call, words });
    return status === undefined || words.length === 0 ? status : Number(status === 0);
  }
  const runsBlock = first.text === 'menuentry' || first.text === 'submenu';
  if (!runsBlock) words.push(...blockWord(call));
  const named = { ...call, name: first.text, words };
  const run = (body: Body) => executeList(evaluation, body);
  if (first.text === 'source' || first.text === '.') return runSource(evaluation, named, run);
  if (first.text === 'configfile') return runConfigFile(evaluation, named, run);
  const rule = commandRules.get(first.text);
  if (rule !== undefined) return rule(evaluation, named);
  const body = evaluation.functions.get(first.text);
  if (body !== undefined) return callFunction(evaluation, body, words);
  const equals = first.text.indexOf('=');
  if (equals === -1) return runUnknownCommand(evaluation, named);
  if (!isPositional(first.text.slice(0, equals))) assignWord(evaluation, first);
  return exitStatus.done;
}

function executeStatement(evaluation: Evaluation, file: ScriptFile, statement: Statement): Status {
  const run = (list: Body['list']) => executeList(evaluation, { file, list });
  switch (statement.kind) {
    case 'command': {
      const words = expandWords(evaluation, file, statement.words);
      return dispatch(evaluation, { file, command: statement, name: '', words });
    }
    case 'if':
      return runIf(evaluation, statement, run, () => placeOf(file, statement.start));
    case 'for':
      return runFor(evaluation, statement, expandWords(evaluation, file, statement.words), run);
    case 'function':
      evaluation.functions.set(statement.name, { file, list: statement.body });
      return 0;
    default:
      return runLoop(evaluation, statement, run);
  }
}

/**
 * Runs the commands of a list one after the other, until one of them interrupts it.
 *
 * Source: GRUB 2.06, grub-core/script/execute.c.
 *
 * @returns the status of the last command that ran, undefined where it can't be known
 */
export function executeList(evaluation: Evaluation, { file, list }: Body): Status {
  const run = () => {
    let status: Status = 0;
    for (const statement of list) {
      if (evaluation.interruption !== undefined || evaluation.stepsLeft <= 0) break;
      spend(evaluation, 1, file, statement.start);
      const place = () => placeOf(file, statement.start);
      status = descend(evaluation, () => executeStatement(evaluation, file, statement), place);
    }
    return status;
  };
  return descend(evaluation, run, () => bodyPlace({ file, list }));
}
