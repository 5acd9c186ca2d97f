import type { AddressSpace } from './address-space.ts';
import { handlerStrings } from './handler-strings.ts';
import type { Architecture } from './memory-layout.ts';
import type { ImageParameter } from './parameter-table.ts';
import { textPlaces } from './text-places.ts';

/** A question about one token in the value of one parameter. */
export interface TokenQuestion {
  /** As the kernel has it: `cgroup.memory=`. */
  readonly parameter: string;
  readonly token: string;
}

/** What an image says of a token of one handler, and by what. */
export type TokenAnswer =
  /** The handler's own code refers to the string. */
  | { readonly says: 'present'; readonly code: 'referenced' }
  /**
   * The string of one of the handler's known tokens, which no other code is known to have, stands in the image by itself;
   * the handler's machine code is not decoded on this architecture.
   */
  | { readonly says: 'present'; readonly code: 'string-only' }
  /** Another parameter of the same source file shows that the controller is built in. */
  | { readonly says: 'present'; readonly code: 'controller-built-in' }
  /**
   * `no-string`: no such string in the image; `not-referenced`: the handler's code refers to its other tokens only.
   */
  | { readonly says: 'absent'; readonly code: 'no-handler' | 'no-string' | 'not-referenced' }
  /**
   * `string-elsewhere`: the string stands in the image, but whether the handler compares with it was not seen;
   * `string-merged`: only the end of a longer string is like it; `too-short`: so short that code may compare it without a
   * string; `controller-unseen`: nothing in the image shows whether the controller is built in; `not-asked`: the image
   * was read without this question.
   */
  | {
      readonly says: 'inconclusive';
      readonly code: 'string-elsewhere' | 'string-merged' | 'too-short' | 'controller-unseen' | 'not-asked';
    };

/** An answered question. */
export interface TokenReading extends TokenQuestion {
  readonly answer: TokenAnswer;
}

/** The tokens that the project's own remedies need; asked of every image. */
export const standardQuestions: readonly TokenQuestion[] = [
  { parameter: 'cgroup.memory=', token: 'nokmem' },
  { parameter: 'cgroup.memory=', token: 'nosocket' },
  { parameter: 'cgroup.memory=', token: 'nobpf' },
  { parameter: 'cgroup_disable=', token: 'memory' },
];

/** Compilers compare strings up to three characters inline (GCC's builtin-string-cmp-inline-length). */
const longestInlineComparison = 3;

/** What the code of a parameter's handlers, of which there may be several, was seen to compare with. */
interface HandlerCode {
  readonly isDecoded: boolean;
  readonly strings: ReadonlySet<string>;
}

/** Whether the handlers of parameters know tokens of their values. */
export function readTokens(
  space: AddressSpace,
  architecture: Architecture,
  parameters: readonly ImageParameter[],
  questions: readonly TokenQuestion[],
): readonly TokenReading[] {
  const codeByParameter = new Map<string, HandlerCode | undefined>();
  for (const { parameter } of questions) {
    if (codeByParameter.has(parameter)) continue;
    codeByParameter.set(parameter, handlerCode(space, architecture, parameters, parameter));
  }
  return questions.map((question) => {
    const { parameter, token } = question;
    const code = codeByParameter.get(parameter);
    if (code === undefined) return { ...question, answer: { says: 'absent', code: 'no-handler' } };
    const answer =
      parameter === 'cgroup_disable='
        ? readController(parameters, token)
        : readToken(space.bytes, code, question);
    return { ...question, answer };
  });
}

/** undefined where the parameter has no handler. */
function handlerCode(
  space: AddressSpace,
  architecture: Architecture,
  parameters: readonly ImageParameter[],
  parameter: string,
): HandlerCode | undefined {
  const handlers = parameters.flatMap(({ name, table, handler }) =>
    name === parameter && table === 'setup' && handler !== undefined ? [BigInt(handler)] : [],
  );
  if (handlers.length === 0) return undefined;
  const strings = handlers.map((handler) => handlerStrings(space, architecture, handler));
  return {
    isDecoded: strings.some((one) => one !== undefined),
    strings: new Set(strings.flatMap((one) => [...(one ?? [])])),
  };
}

/**
 * A string in the image proves nothing by itself: it may be somebody else's, and a linker may merge it with the end of a
 * longer one. Its absence, in both forms, proves that no code compares with it.
 */
function readToken(image: Buffer, code: HandlerCode, { parameter, token }: TokenQuestion): TokenAnswer {
  if (code.strings.has(token)) return { says: 'present', code: 'referenced' };
  if (token.length <= longestInlineComparison) return { says: 'inconclusive', code: 'too-short' };
  const known = standardQuestions.flatMap((one) => (one.parameter === parameter ? [one.token] : []));
  // A handler compares with all its tokens in one loop: where one of them is seen in its code, all would be.
  if (known.some((one) => code.strings.has(one))) return { says: 'absent', code: 'not-referenced' };
  const place = findString(image, token);
  if (place === 'nowhere') return { says: 'absent', code: 'no-string' };
  if (place === 'merged' && !code.isDecoded) return { says: 'inconclusive', code: 'string-merged' };
  return known.includes(token) && !code.isDecoded
    ? { says: 'present', code: 'string-only' }
    : { says: 'inconclusive', code: 'string-elsewhere' };
}

/** Whether a NUL-terminated string stands in the bytes: by itself, only as the end of a longer one, or not at all. */
function findString(bytes: Buffer, text: string): 'itself' | 'merged' | 'nowhere' {
  let place: 'merged' | 'nowhere' = 'nowhere';
  for (const at of textPlaces(bytes, `${text}\0`)) {
    if (at === 0 || bytes[at - 1] === 0) return 'itself';
    place = 'merged';
  }
  return place;
}

/**
 * `cgroup_disable=` compares with the names of the controllers that are built in (cgroup_disable() in
 * kernel/cgroup/cgroup.c), not with strings of its own. mm/memcontrol.c, the memory controller, registers
 * `swapaccount=` and, since 4.5, `cgroup.memory=`.
 */
function readController(parameters: readonly ImageParameter[], controller: string): TokenAnswer {
  const isBuiltIn =
    controller === 'memory' &&
    parameters.some(({ name }) => name === 'cgroup.memory=' || name === 'swapaccount=');
  return isBuiltIn
    ? { says: 'present', code: 'controller-built-in' }
    : { says: 'inconclusive', code: 'controller-unseen' };
}
