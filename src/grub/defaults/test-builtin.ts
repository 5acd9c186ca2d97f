import { expandArgument } from './expand.ts';
import type { Interpreter, Status } from './interpreter.ts';
import type { Word } from './syntax.ts';

/**
 * `test` and `[` on strings: what they say where every argument is known, `unknown` for files, numbers, and
 * expressions of more than one operator. POSIX.1-2017, test.
 */
export function evaluateTest(interpreter: Interpreter, words: readonly Word[]): Status {
  const texts = words.map((word) => expandArgument(interpreter, word));
  const known = texts.filter((text) => text !== undefined);
  if (known.length !== texts.length) return 'unknown';
  const operands = known.slice(1);
  if (known[0] === '[' && operands.pop() !== ']') return 'unknown';
  const isNegated = operands.length > 1 && operands[0] === '!';
  const result = evaluateOperands(isNegated ? operands.slice(1) : operands);
  if (result === undefined) return 'unknown';
  return result === isNegated ? 'failure' : 'success';
}

function evaluateOperands(operands: readonly string[]): boolean | undefined {
  const [first = '', second = '', third = ''] = operands;
  switch (operands.length) {
    case 0:
      return false;
    case 1:
      return first !== '';
    case 2:
      if (first === '-n') return second !== '';
      return first === '-z' ? second === '' : undefined;
    case 3:
      if (first === '(' || first === '!') return undefined;
      if (second === '=') return first === third;
      return second === '!=' ? first !== third : undefined;
    default:
      return undefined;
  }
}
