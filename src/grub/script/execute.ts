import type { BootWord } from './boot-line.ts';
import { commandRules, runUnknownCommand } from './commands.ts';
import { assign, exportedVariables, forgetChanges, knownValue, mergeEnvironments } from './environment.ts';
import {
  type Body,
  type Call,
  type Evaluation,
  placeOf,
  reportProblem,
  type ScriptFile,
  type Status,
} from './evaluation.ts';
import { type Argument, expandWord, type WordContext } from './expand-word.ts';
import type { MenuVariable } from './grub-menu.ts';
import {
  type Command,
  type ForStatement,
  type IfStatement,
  type LoopStatement,
  readSpan,
  type Span,
  type Statement,
  type StatementList,
  statementsOf,
  wholeScript,
} from './syntax-tree.ts';

/** How deep commands may stand in one another (MAX_RECURSION_DEPTH of grub-core/script/execute.c). */
const deepestRecursion = 64;
/** Errors of include/grub/err.h: what `!` without a command and too deep a recursion end with. */
const badArgument = 18;
const recursionError = 36;

function statusVariable(status: Status | null): MenuVariable | undefined {
  if (status === null) return undefined;
  const known = status !== undefined;
  return { text: known ? String(status) : '$?', known, alternatives: undefined, assignments: [] };
}

/** Bytes and words that the arguments of one command may grow to. */
const mostExpansion = 65_536;
/** Growing by this much costs as much as a command. */
const expansionPerStep = 64;

/** Takes steps from those that the evaluation may still make; once they are used up, nothing runs any more. */
function spend(evaluation: Evaluation, steps: number, file: ScriptFile, offset: number): void {
  const before = evaluation.stepsLeft;
  evaluation.stepsLeft -= steps;
  if (before > 0 && evaluation.stepsLeft <= 0) {
    reportProblem(evaluation, 'too-many-commands', placeOf(file, offset), '');
  }
}

function expandWords(evaluation: Evaluation, file: ScriptFile, words: readonly Span[]): BootWord[] {
  const { environment, parameters, status } = evaluation;
  const context: WordContext = {
    parameters,
    variable: (name) => (name === '?' ? statusVariable(status) : environment.get(name)),
  };
  const budget = { left: mostExpansion };
  const expanded: BootWord[] = [];
  for (const span of words) {
    for (const argument of expandWord(readSpan(file.script, span), context, budget)) {
      expanded.push({ ...argument, span, place: placeOf(file, span.start) });
    }
  }
  const grown = Math.floor((mostExpansion - budget.left) / expansionPerStep);
  spend(evaluation, expanded.length + grown, file, words[0]?.start ?? 0);
  return expanded;
}

function assignWord(evaluation: Evaluation, word: BootWord): void {
  const equals = word.text.indexOf('=');
  const name = word.text.slice(0, equals);
  const first = name.charAt(0);
  if ((first >= '0' && first <= '9') || name === '#' || name === '*' || name === '@') return;
  const value = knownValue(word.text.slice(equals + 1), [word.place]);
  assign(evaluation.environment, name, { ...value, known: word.known });
}

/** Runs something whose undecided `return` or `break` does not matter behind it. */
function inBoundary(evaluation: Evaluation, run: () => Status): Status {
  const { conditions } = evaluation;
  const status = run();
  evaluation.conditions = conditions;
  return status;
}

function callFunction(evaluation: Evaluation, body: Body, parameters: readonly Argument[]): Status {
  const outer = { parameters: evaluation.parameters, loops: evaluation.loops };
  evaluation.parameters = parameters;
  evaluation.loops = 0;
  const status = inBoundary(evaluation, () => executeList(evaluation, body));
  if (evaluation.interruption?.kind === 'return') evaluation.interruption = undefined;
  evaluation.parameters = outer.parameters;
  evaluation.loops = outer.loops;
  return status;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** Runs a configuration file in the present context (grub-core/normal/main.c `read_config_file`). */
export function executeFile(evaluation: Evaluation, file: ScriptFile, grubPath: string): Status {
  const names = ['config_file', 'config_directory'] as const;
  const { environment } = evaluation;
  const outer = names.map((name) => environment.get(name));
  const known = !grubPath.includes('$');
  const values = [grubPath, directoryOf(grubPath)];
  for (const [index, name] of names.entries()) {
    const value = { ...knownValue(values[index] ?? '', []), known };
    environment.set(name, { ...value, exported: true });
  }
  const status = inBoundary(evaluation, () => executeList(evaluation, { file, list: wholeScript }));
  for (const [index, name] of names.entries()) {
    const value = outer[index];
    if (value === undefined) evaluation.environment.delete(name);
    else evaluation.environment.set(name, value);
  }
  return status;
}

function readFile(evaluation: Evaluation, call: Call): ScriptFile | undefined {
  const path = call.words[0];
  if (path === undefined || call.words.length !== 1) return undefined;
  const file = evaluation.sources.readScript(path.text);
  const place = placeOf(call.file, call.command.start);
  if (file === undefined) reportProblem(evaluation, 'config-unreadable', place, path.text);
  return file;
}

function source(evaluation: Evaluation, call: Call): Status {
  const file = readFile(evaluation, call);
  if (file === undefined) return undefined;
  executeFile(evaluation, file, call.words[0]?.text ?? '');
  return 0;
}

/**
 * `configfile` shows the menu of another file at once, in a new context: what follows it runs only when the user
 * leaves that menu. In an entry it is noted, not followed.
 */
function configFile(evaluation: Evaluation, call: Call): Status {
  const path = call.words[0]?.text ?? '';
  if (evaluation.configFiles !== undefined) {
    evaluation.configFiles.push(path);
    return undefined;
  }
  const file = readFile(evaluation, call);
  if (file === undefined) return undefined;
  const outer = { environment: evaluation.environment, items: evaluation.items, pending: evaluation.pending };
  evaluation.environment = exportedVariables(outer.environment);
  evaluation.items = [];
  evaluation.pending = [];
  executeFile(evaluation, file, path);
  if (evaluation.items.length === 0) {
    evaluation.environment = outer.environment;
    evaluation.items = outer.items;
    evaluation.pending = outer.pending;
    return 0;
  }
  if (evaluation.conditions > 0) {
    evaluation.items = [...outer.items, ...evaluation.items];
    evaluation.pending = [...outer.pending, ...evaluation.pending];
  }
  evaluation.interruption = { kind: 'exit' };
  return 0;
}

function dispatch(evaluation: Evaluation, call: Call): Status {
  const [first, ...words] = call.words;
  if (first === undefined) return 0;
  if (first.text === '!') {
    if (words.length === 0) return badArgument;
    const status = dispatch(evaluation, { ...call, words });
    return status === undefined ? undefined : Number(status === 0);
  }
  const named = { ...call, name: first.text, words };
  if (first.text === 'source' || first.text === '.') return source(evaluation, named);
  if (first.text === 'configfile') return configFile(evaluation, named);
  const rule = commandRules.get(first.text);
  if (rule !== undefined) return rule(evaluation, named);
  const body = evaluation.functions.get(first.text);
  if (body !== undefined) return callFunction(evaluation, body, words);
  if (!first.text.includes('=')) return runUnknownCommand(evaluation, named);
  assignWord(evaluation, first);
  return 0;
}

function executeCommand(evaluation: Evaluation, file: ScriptFile, command: Command): Status {
  return dispatch(evaluation, {
    file,
    command,
    name: '',
    words: expandWords(evaluation, file, command.words),
  });
}

/** Runs both ways of a condition that can't be known. */
function executeEither(evaluation: Evaluation, one: () => Status, other: () => Status): Status {
  const before = new Map(evaluation.environment);
  const outer = evaluation.interruption;
  evaluation.conditions += 1;
  const first = one();
  const afterOne = evaluation.environment;
  const interruptedOne = evaluation.interruption;
  evaluation.environment = before;
  evaluation.interruption = outer;
  const second = other();
  const interruptedOther = evaluation.interruption;
  evaluation.environment = mergeEnvironments(afterOne, evaluation.environment);
  const undecided = interruptedOne?.kind !== interruptedOther?.kind;
  evaluation.interruption = undecided ? undefined : interruptedOne;
  if (!undecided) evaluation.conditions -= 1;
  return first === second ? first : undefined;
}

function executeOtherwise(evaluation: Evaluation, file: ScriptFile, { otherwise }: IfStatement): Status {
  return otherwise === undefined ? 0 : nested(evaluation, file, otherwise);
}

/** To GRUB an `elif` is an `if` inside the one before it. */
function executeIf(evaluation: Evaluation, file: ScriptFile, statement: IfStatement, branch = 0): Status {
  const taken = statement.branches[branch];
  if (taken === undefined) return 0;
  const condition = nested(evaluation, file, taken.condition);
  if (evaluation.interruption !== undefined) return condition;
  const body = () => nested(evaluation, file, taken.body);
  const otherwise = () =>
    branch + 1 < statement.branches.length
      ? descend(evaluation, () => executeIf(evaluation, file, statement, branch + 1))
      : executeOtherwise(evaluation, file, statement);
  if (condition === undefined) return executeEither(evaluation, body, otherwise);
  return condition === 0 ? body() : otherwise();
}

/** Whether the loop goes on after its body ran. */
function endsLoop(evaluation: Evaluation): boolean {
  const { interruption } = evaluation;
  if (interruption === undefined) return false;
  if (interruption.kind !== 'break' && interruption.kind !== 'continue') return true;
  const levels = interruption.levels - 1;
  if (levels > 0) {
    evaluation.interruption = { kind: interruption.kind, levels };
    return true;
  }
  evaluation.interruption = undefined;
  return interruption.kind === 'break';
}

function executeFor(evaluation: Evaluation, file: ScriptFile, statement: ForStatement): Status {
  const values = expandWords(evaluation, file, statement.words);
  let status: Status = 0;
  evaluation.loops += 1;
  const { conditions } = evaluation;
  for (const value of values) {
    const { text, known, place } = value;
    assign(evaluation.environment, statement.name, { ...knownValue(text, [place]), known });
    if (known) status = nested(evaluation, file, statement.body);
    else status = executeUndecidedLoop(evaluation, () => nested(evaluation, file, statement.body));
    if (endsLoop(evaluation)) break;
  }
  evaluation.conditions = conditions;
  evaluation.loops -= 1;
  return status;
}

/** A loop whose condition can't be known: its body may run any number of times. */
function executeUndecidedLoop(evaluation: Evaluation, body: () => Status): Status {
  const before = new Map(evaluation.environment);
  evaluation.conditions += 1;
  body();
  endsLoop(evaluation);
  evaluation.environment = forgetChanges(before, evaluation.environment);
  return undefined;
}

function executeLoop(evaluation: Evaluation, file: ScriptFile, statement: LoopStatement): Status {
  const body = () => nested(evaluation, file, statement.body);
  const { conditions } = evaluation;
  let status: Status = 0;
  evaluation.loops += 1;
  while (evaluation.stepsLeft > 0) {
    status = nested(evaluation, file, statement.condition);
    if (evaluation.interruption !== undefined) break;
    if (status === undefined) {
      status = executeUndecidedLoop(evaluation, body);
      break;
    }
    if ((status === 0) === (statement.kind === 'until')) break;
    status = body();
    if (endsLoop(evaluation)) break;
  }
  evaluation.conditions = conditions;
  evaluation.loops -= 1;
  return status;
}

function executeStatement(evaluation: Evaluation, file: ScriptFile, statement: Statement): Status {
  switch (statement.kind) {
    case 'command':
      return executeCommand(evaluation, file, statement);
    case 'if':
      return executeIf(evaluation, file, statement);
    case 'for':
      return executeFor(evaluation, file, statement);
    case 'function':
      evaluation.functions.set(statement.name, { file, list: statement.body });
      return 0;
    default:
      return executeLoop(evaluation, file, statement);
  }
}

function nested(evaluation: Evaluation, file: ScriptFile, list: StatementList): Status {
  return executeList(evaluation, { file, list });
}

/** Counts one more command inside others; says no where GRUB would. */
function descend(evaluation: Evaluation, run: () => Status): Status {
  evaluation.recursion += 1;
  const status = evaluation.recursion >= deepestRecursion ? recursionError : run();
  evaluation.recursion -= 1;
  evaluation.status = status;
  return status;
}

/**
 * Runs the commands of a list one after the other, until one of them interrupts it.
 *
 * @returns the status of the last command that ran, undefined where it can't be known
 */
export function executeList(evaluation: Evaluation, body: Body): Status {
  const { file, list } = body;
  return descend(evaluation, () => {
    let status: Status = 0;
    for (const statement of statementsOf(file.script, list)) {
      if (evaluation.interruption !== undefined || evaluation.stepsLeft <= 0) break;
      spend(evaluation, 1, file, statement.start);
      if (evaluation.recursion + 1 >= deepestRecursion) {
        reportProblem(evaluation, 'recursion-too-deep', placeOf(file, statement.start), '');
      }
      status = descend(evaluation, () => executeStatement(evaluation, file, statement));
    }
    return status;
  });
}
