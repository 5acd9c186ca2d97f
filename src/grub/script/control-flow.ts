import type { Place } from '../text-position.ts';
import type { BootWord } from './boot-line.ts';
import { assign, forgetChanges, knownValue, mergeEnvironments } from './environment.ts';
import { descend, type Evaluation, inBoundary, type Status } from './evaluation.ts';
import type { ForStatement, IfStatement, LoopStatement, StatementList } from './syntax-tree.ts';

/** Runs the commands of a list. */
export type RunList = (list: StatementList) => Status;

/** Runs both ways of a condition that can't be known. */
function runEither(evaluation: Evaluation, one: () => Status, other: () => Status): Status {
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
  // What follows an undecided interruption stays conditional: up to the next boundary, behind an exit to the end.
  if (!undecided) evaluation.conditions -= 1;
  else if (interruptedOne?.kind === 'exit' || interruptedOther?.kind === 'exit')
    evaluation.mayHaveEnded = true;
  return first === second ? first : undefined;
}

/** Runs `if`; to GRUB an `elif` is an `if` inside the one before it. */
export function runIf(
  evaluation: Evaluation,
  statement: IfStatement,
  run: RunList,
  place: () => Place,
  branch = 0,
): Status {
  const taken = statement.branches[branch];
  if (taken === undefined) return 0;
  const condition = run(taken.condition);
  if (evaluation.interruption !== undefined) return condition;
  const body = () => run(taken.body);
  const otherwise = () => {
    if (branch + 1 < statement.branches.length) {
      return descend(evaluation, () => runIf(evaluation, statement, run, place, branch + 1), place);
    }
    return statement.otherwise === undefined ? 0 : run(statement.otherwise);
  };
  if (condition === undefined) return runEither(evaluation, body, otherwise);
  return condition === 0 ? body() : otherwise();
}

/** Whether the loop ends here, because of what its body was interrupted by. */
function endsLoop(evaluation: Evaluation): boolean {
  const { interruption } = evaluation;
  if (interruption === undefined) return false;
  if (interruption.kind !== 'break' && interruption.kind !== 'continue') return true;
  const levels = interruption.levels - 1;
  evaluation.interruption = levels > 0 ? { kind: interruption.kind, levels } : undefined;
  return levels > 0 || interruption.kind === 'break';
}

/** Runs a body that may run any number of times. */
function runUndecided(evaluation: Evaluation, body: () => Status): Status {
  const before = new Map(evaluation.environment);
  evaluation.conditions += 1;
  body();
  endsLoop(evaluation);
  evaluation.environment = forgetChanges(before, evaluation.environment);
  return undefined;
}

function inLoop(evaluation: Evaluation, run: () => Status): Status {
  evaluation.loops += 1;
  const status = inBoundary(evaluation, run);
  evaluation.loops -= 1;
  return status;
}

/** Runs `for` with its words expanded; a word that is not known may stand for several or none. */
export function runFor(
  evaluation: Evaluation,
  statement: ForStatement,
  words: readonly BootWord[],
  run: RunList,
): Status {
  const body = () => run(statement.body);
  return inLoop(evaluation, () => {
    let status: Status = 0;
    for (const { text, known, place } of words) {
      assign(evaluation.environment, statement.name, { ...knownValue(text, [place]), known });
      status = known ? body() : runUndecided(evaluation, body);
      if (endsLoop(evaluation)) break;
    }
    return status;
  });
}

/** Runs `while` and `until`. */
export function runLoop(evaluation: Evaluation, statement: LoopStatement, run: RunList): Status {
  const body = () => run(statement.body);
  return inLoop(evaluation, () => {
    let status: Status = 0;
    while (evaluation.stepsLeft > 0) {
      status = run(statement.condition);
      if (evaluation.interruption !== undefined) break;
      if (status === undefined) return runUndecided(evaluation, body);
      if ((status === 0) === (statement.kind === 'until')) break;
      status = body();
      if (endsLoop(evaluation)) break;
    }
    return status;
  });
}
