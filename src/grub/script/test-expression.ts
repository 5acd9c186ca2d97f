import { parseLeadingNumber } from '../menu/leading-number.ts';

/** What `test` finds out about files; undefined where that can't be told. */
export type FileTest = (operator: '-e' | '-f' | '-s' | '-d', path: string) => boolean | undefined;

/** An argument of `test`; in the text of one that is not known `$name` stands for what is not. */
export interface TestWord {
  readonly text: string;
  readonly known: boolean;
}

type Truth = boolean | undefined;

interface Reader {
  readonly words: readonly TestWord[];
  readonly testFile: FileTest;
  at: number;
}

function leadingNumber(word: string): number {
  if (word.startsWith('-')) return -(parseLeadingNumber(word.slice(1))?.value ?? 0);
  return parseLeadingNumber(word)?.value ?? 0;
}

function comparePrefixed(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  at -= 1;
  while (at > 0 && left.charCodeAt(at) >= 48 && left.charCodeAt(at) <= 57) at -= 1;
  at += 1;
  return leadingNumber(left.slice(at)) - leadingNumber(right.slice(at));
}

const binaryTests: Readonly<Record<string, ((left: string, right: string) => boolean) | undefined>> = {
  '=': (left, right) => left === right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '-eq': (left, right) => leadingNumber(left) === leadingNumber(right),
  '-ge': (left, right) => leadingNumber(left) >= leadingNumber(right),
  '-gt': (left, right) => leadingNumber(left) > leadingNumber(right),
  '-le': (left, right) => leadingNumber(left) <= leadingNumber(right),
  '-lt': (left, right) => leadingNumber(left) < leadingNumber(right),
  '-ne': (left, right) => leadingNumber(left) !== leadingNumber(right),
  '-pgt': (left, right) => comparePrefixed(left, right) > 0,
  '-plt': (left, right) => comparePrefixed(left, right) < 0,
};

function both(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  return left === undefined || right === undefined ? undefined : true;
}

function either(left: Truth, right: Truth): Truth {
  if (left === true || right === true) return true;
  return left === undefined || right === undefined ? undefined : false;
}

/** Whether a word is not empty: something is left of one that is not known where more than variables stand in it. */
function isSomething(word: TestWord | undefined): Truth {
  if (word === undefined || word.known) return word !== undefined && word.text !== '';
  return /^(?:\$\w*)*$/.test(word.text) ? undefined : true;
}

/** One test of two or three words, or nothing where none stands here. */
function readTest(reader: Reader): { readonly value: Truth } | undefined {
  const { words, at } = reader;
  const [first, second, third] = words.slice(at, at + 3);
  if (first === undefined || second === undefined) return undefined;
  const compare = Object.hasOwn(binaryTests, second.text) ? binaryTests[second.text] : undefined;
  const byAge = second.text.startsWith('-nt') || second.text.startsWith('-ot');
  if (third !== undefined && (compare !== undefined || byAge)) {
    reader.at += 3;
    return { value: first.known && third.known ? compare?.(first.text, third.text) : undefined };
  }
  const operator = first.text;
  if (operator === '-n' || operator === '-z') {
    reader.at += 2;
    const some = isSomething(second);
    return { value: some === undefined ? undefined : some === (operator === '-n') };
  }
  if (operator !== '-d' && operator !== '-e' && operator !== '-f' && operator !== '-s') return undefined;
  reader.at += 2;
  return { value: reader.testFile(operator, second.text) };
}

const deepestParentheses = 64;

function readExpression(reader: Reader, depth: number): Truth {
  let any: Truth = false;
  let all: Truth = true;
  let inverted = false;
  const take = (value: Truth) => {
    all = both(all, inverted && value !== undefined ? !value : value);
    inverted = false;
  };
  while (reader.at < reader.words.length) {
    const test = readTest(reader);
    if (test !== undefined) {
      take(test.value);
      continue;
    }
    const operand = reader.words[reader.at];
    const word = operand?.text ?? '';
    reader.at += 1;
    if (word === ')') return either(any, all);
    if (word === '(') take(depth < deepestParentheses ? readExpression(reader, depth + 1) : undefined);
    else if (word === '!') inverted = !inverted;
    else if (word === '-o') {
      any = either(any, all);
      all = true;
    } else if (word !== '-a') take(isSomething(operand));
  }
  return either(any, all);
}

/**
 * Whether `test` or `[` holds for its arguments, undefined where that depends on what can't be known.
 *
 * Source: GRUB 2.06, grub-core/commands/test.c. Modification times (`-nt`, `-ot`) are never known.
 *
 * @param words the arguments without the command's name; a last `]` is ignored
 */
export function evaluateTest(words: readonly TestWord[], testFile: FileTest): boolean | undefined {
  const operands = words.at(-1)?.text === ']' ? words.slice(0, -1) : words;
  return readExpression({ words: operands, testFile, at: 0 }, 0);
}
