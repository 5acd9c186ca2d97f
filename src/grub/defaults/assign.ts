import { expandWord, mayBeSplit } from './expand.ts';
import { end, type Interpreter, lose, type Status, unknownHere } from './interpreter.ts';
import { variableValue } from './state.ts';
import type { Assignment } from './syntax.ts';
import { limited, type ShellValue, unknownValue } from './value.ts';

/** Assignments without a command; their status is that of the last command substituted in them. */
export function runAssignments(interpreter: Interpreter, assignments: readonly Assignment[]): Status {
  for (const assignment of assignments) assign(interpreter, assignment, false);
  const hasCommand = assignments.some(
    ({ value }) => value.kind === 'word' && value.parts.some((part) => holdsCommand(part)),
  );
  return hasCommand ? 'unknown' : 'success';
}

function holdsCommand(part: {
  readonly kind: string;
  readonly parts?: readonly { readonly kind: string }[];
}): boolean {
  if (part.kind === 'command-substitution' || part.kind === 'backquoted') return true;
  return part.kind === 'parameter' || (part.parts?.some((inner) => holdsCommand(inner)) ?? false);
}

/**
 * Make an assignment.
 *
 * @param isArgument whether it is an argument of `export` or its like, which older dashes split into fields
 */
export function assign(interpreter: Interpreter, assignment: Assignment, isArgument: boolean): void {
  const { state } = interpreter;
  if (state === undefined) return;
  if (assignment.operator === '+=' && interpreter.shell === 'dash') {
    lose(interpreter, 'append-operator', assignment);
    return;
  }
  if (state.readOnly.has(assignment.name)) {
    end(interpreter, 'read-only', assignment);
    return;
  }
  const value = assignedValue(interpreter, assignment, isArgument);
  interpreter.state?.variables.set(assignment.name, value);
}

function assignedValue(interpreter: Interpreter, assignment: Assignment, isArgument: boolean): ShellValue {
  const { name, value, operator } = assignment;
  const step = { name, path: interpreter.path, node: assignment };
  if (value.kind === 'array') return unknownFrom(interpreter, 'array', assignment, step);
  const before = interpreter.state === undefined ? undefined : variableValue(interpreter.state, name);
  const pieces = expandWord(interpreter, value, step);
  if (isArgument && mayBeSplit(interpreter, value)) {
    return unknownFrom(interpreter, 'word-splitting', assignment, step);
  }
  const isAppend = operator === '+=' && before !== undefined;
  const all = isAppend ? limited([...before.pieces, ...pieces], interpreter.path, assignment.offset) : pieces;
  const refersToItself = isAppend || mentions(value, name);
  return { isSet: true, pieces: all, steps: [...(refersToItself ? (before?.steps ?? []) : []), step] };
}

function unknownFrom(
  interpreter: Interpreter,
  because: 'array' | 'word-splitting',
  assignment: Assignment,
  step: ShellValue['steps'][number],
): ShellValue {
  return { ...unknownValue(unknownHere(interpreter, because, assignment)), steps: [step] };
}

/** Whether the node expands the variable. */
function mentions(node: object, name: string): boolean {
  if ('kind' in node && node.kind === 'parameter' && 'name' in node && node.name === name) return true;
  if (!('children' in node) || !Array.isArray(node.children)) return false;
  return node.children.some((child: object) => mentions(child, name));
}
