/**
 * Why a script is refused. Everything that stops GRUB's own lexer or grammar (grub-core/script/yylex.l and
 * parser.y of GRUB 2.06), plus `checker-rejects`: GRUB would read the file at boot, but grub-script-check, which
 * reads carriage returns and `#` lines otherwise, does not accept it.
 */
export type GrubScriptProblemCode =
  | 'unterminated-quote'
  | 'unterminated-continuation'
  | 'stray-dollar'
  | 'unsupported-operator'
  | 'unexpected-semicolon'
  | 'unexpected-brace'
  | 'unexpected-word'
  | 'unexpected-reserved-word'
  | 'expected-name'
  | 'expected-in'
  | 'expected-opening-brace'
  | 'empty-body'
  | 'unclosed-block'
  | 'unclosed-statement'
  | 'token-too-long'
  | 'nesting-too-deep'
  | 'too-many-words'
  | 'checker-rejects';
