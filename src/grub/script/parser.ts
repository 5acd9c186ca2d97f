import type { Result } from '../problem.ts';
import { positionAt } from '../text-position.ts';
import { readDelimiter, readStatement } from './grammar.ts';
import { type LexedScript, lexGrubScript } from './lexer.ts';
import { createNodeWriter, nodeKind } from './node.ts';
import { nextKind, type Parser, refuse } from './parser-state.ts';
import { readAsBoot, readAsChecker } from './script-lines.ts';
import type { GrubScriptProblemCode } from './script-problem.ts';
import type { GrubScript } from './syntax-tree.ts';

function parseLexed(text: string, lexed: LexedScript): Parser {
  const nodes = createNodeWriter(lexed.tokens.count);
  const parser: Parser = { text, lexed, nodes, frames: [], token: 0, problem: undefined };
  const script = nodes.open(nodeKind.script, 0);
  parser.frames.push({
    name: 'script',
    node: script,
    compound: script,
    opener: 0,
    depth: 2,
    expect: 'command',
  });
  while (parser.problem === undefined) {
    const kind = nextKind(parser);
    const frame = parser.frames.at(-1);
    if (kind === undefined || frame === undefined || parser.problem !== undefined) break;
    if (frame.expect === 'delimiter') readDelimiter(parser, frame, kind);
    else readStatement(parser, frame, kind);
  }
  const open = parser.frames.at(-1);
  if (parser.problem === undefined && open !== undefined && open.name !== 'script') {
    const braces = open.name === 'block' || open.name === 'function';
    refuse(parser, braces ? 'unclosed-block' : 'unclosed-statement', open.opener);
  }
  nodes.close(script, lexed.tokens.count);
  return parser;
}

/** Where grub-script-check, which reads some files otherwise, stops. */
function checkerProblem(text: string, lexed: LexedScript): Parser['problem'] {
  if (!lexed.checkerMayDiffer && !text.includes('\r')) return undefined;
  return parseLexed(text, lexGrubScript(readAsChecker(text), text.length)).problem;
}

/**
 * Parses a GRUB script as GRUB reads it at boot. What grub-script-check would not accept is refused as well;
 * docs/grub-script.md lists where the two differ.
 *
 * Takes time and memory linear in the size of the text, at any depth of nesting.
 *
 * Source of the grammar: GRUB 2.06, grub-core/script/parser.y.
 *
 * @param text the file, latin1, one character a byte
 */
export function parseGrubScript(text: string): Result<GrubScript, GrubScriptProblemCode> {
  const lexed = lexGrubScript(readAsBoot(text), text.length);
  const parser = parseLexed(text, lexed);
  let problem = parser.problem;
  if (problem === undefined) {
    const found = checkerProblem(text, lexed);
    if (found !== undefined) problem = { code: 'checker-rejects', offset: found.offset };
  }
  if (problem === undefined) {
    return { ok: true, value: { text, tokens: lexed.tokens, nodes: parser.nodes.finish() } };
  }
  const { code, offset } = problem;
  const found = text.slice(offset, Math.min(offset + 80, text.length)).split('\n')[0] ?? '';
  return { ok: false, problem: { code, at: positionAt(text, offset), found } };
}
