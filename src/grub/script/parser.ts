import { assertBytes } from '../../cmdline/assert-bytes.ts';
import type { Result } from '../problem.ts';
import { excerpt, positionAt } from '../text-position.ts';
import { type ReadScript, readScript } from './grammar.ts';
import { type LexedScript, lexGrubScript } from './lexer.ts';
import { readAsBoot, readAsChecker } from './script-lines.ts';
import type { GrubScriptProblemCode } from './script-problem.ts';
import type { GrubScript } from './syntax-tree.ts';

/** Where grub-script-check, which reads some files otherwise, stops. */
function checkerProblem(text: string, lexed: LexedScript): ReadScript['problem'] {
  if (!lexed.checkerMayDiffer && !text.includes('\r')) return undefined;
  const { problem } = readScript(text, lexGrubScript(readAsChecker(text), text.length));
  return problem && { code: 'checker-rejects', offset: problem.offset };
}

/**
 * Parses a GRUB script as GRUB reads it at boot. What grub-script-check would not accept is refused as well;
 * docs/grub-script.md lists where the two differ, and the bounds.
 *
 * Takes time and memory linear in the size of the text.
 *
 * @param text the file, latin1, one character a byte
 */
export function parseGrubScript(text: string): Result<GrubScript, GrubScriptProblemCode> {
  assertBytes(text);
  const lexed = lexGrubScript(readAsBoot(text), text.length);
  const { statements, problem: atBoot } = readScript(text, lexed);
  const problem = atBoot ?? checkerProblem(text, lexed);
  if (problem === undefined) return { ok: true, value: { text, tokens: lexed.tokens, statements } };
  const { code, offset } = problem;
  return { ok: false, problem: { code, at: positionAt(text, offset), found: excerpt(text, offset) } };
}
