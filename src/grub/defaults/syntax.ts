import type { Problem } from '../problem.ts';

/**
 * The concrete syntax of a POSIX sh file, with the bash forms that people use in /etc/default/grub.
 *
 * Every byte belongs to exactly one leaf, and `children` lists what a node is made of in source order, so that
 * printing the leaves gives the file back. The other fields of a node point at the same children by meaning.
 *
 * Source: POSIX.1-2017, Shell Command Language (2.2 quoting to 2.10 grammar); where dash and bash read the
 * bytes differently, the parser refuses with `shells-differ` rather than choose.
 */
export interface Leaf<Kind extends LeafKind> {
  readonly kind: Kind;
  readonly offset: number;
  readonly text: string;
}

/** What the bytes of a leaf are to the shell. */
export type LeafKind =
  | 'literal'
  | 'escape'
  | 'single-quoted'
  | 'dollar-single'
  | 'backquoted'
  | 'blank'
  | 'newline'
  | 'continuation'
  | 'comment'
  | 'mark';

/** A node and the bytes that it takes, `end` not included; its children cover them without a gap. */
export interface Span {
  readonly kind: string;
  readonly offset: number;
  readonly end: number;
  readonly children: readonly SyntaxElement[];
}

/** A node or a leaf of the tree. */
export type SyntaxElement = Leaf<LeafKind> | SyntaxNode;

/** `literal` is a run of bytes that stand for themselves; the quoted kinds hold their quotes. */
export type WordLeaf =
  | Leaf<'literal'>
  | Leaf<'escape'>
  | Leaf<'single-quoted'>
  | Leaf<'dollar-single'>
  | Leaf<'backquoted'>;

/** `"…"`, and bash's `$"…"`, which dash reads as a dollar sign before `"…"`. */
export interface DoubleQuoted extends Span {
  readonly kind: 'double-quoted';
  readonly hasDollar: boolean;
  readonly parts: readonly WordPart[];
}

/** `$x`, `${x}`, `${x:+word}`. The operator is `other` for forms that only bash has, such as `${x/a/b}`. */
export interface ParameterExpansion extends Span {
  readonly kind: 'parameter';
  /** A name, or the one character of a special parameter, or digits. */
  readonly name: string;
  readonly operator: ParameterOperator | undefined;
  readonly word: readonly WordPart[];
  readonly isQuoted: boolean;
}

/** What `${…}` does with the variable: `length` is `${#x}`, `pattern` `${x%y}` and its like, `other` what only bash has. */
export type ParameterOperator =
  | ':-'
  | '-'
  | ':='
  | '='
  | ':?'
  | '?'
  | ':+'
  | '+'
  | 'pattern'
  | 'length'
  | 'other';

/** `$(…)`. */
export interface CommandSubstitution extends Span {
  readonly kind: 'command-substitution';
  readonly body: List;
}

/** `$((…))`. */
export interface ArithmeticExpansion extends Span {
  readonly kind: 'arithmetic';
}

/** A piece of a word, by its quoting and expansion. */
export type WordPart =
  | WordLeaf
  | Leaf<'continuation'>
  | DoubleQuoted
  | ParameterExpansion
  | CommandSubstitution
  | ArithmeticExpansion;

/** A word as it is written, before quotes are undone and variables replaced. */
export interface Word extends Span {
  readonly kind: 'word';
  readonly parts: readonly WordPart[];
}

/** bash's `(a b)` after `name=`. */
export interface ArrayValue extends Span {
  readonly kind: 'array';
}

/** `name=value`; `+=` is bash's. */
export interface Assignment extends Span {
  readonly kind: 'assignment';
  readonly name: string;
  readonly operator: '=' | '+=';
  /** A Word without parts where nothing follows the operator. */
  readonly value: Word | ArrayValue;
}

/** `>file` and its like, with the number in front. */
export interface Redirection extends Span {
  readonly kind: 'redirection';
  readonly operator: string;
  readonly target: Word;
}

/** The lines of a here-document with its closing delimiter; they stand after the line that asked for them. */
export interface HereDocument extends Span {
  readonly kind: 'here-document';
  readonly parts: readonly WordPart[];
}

/** Assignments and a command with its arguments; either may be missing. */
export interface SimpleCommand extends Span {
  readonly kind: 'simple-command';
  /** In front of the command's name, or alone. */
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  /** The `name=value` arguments of `export` and its like, which are not among `words`. */
  readonly declarations: readonly Assignment[];
  readonly redirections: readonly Redirection[];
}

/** `{ …; }` or `( … )`. */
export interface GroupCommand extends Span {
  readonly kind: 'group' | 'subshell';
  readonly body: List;
  readonly redirections: readonly Redirection[];
}

/** `if` with its `elif` branches; `otherwise` is that of `else`. */
export interface IfCommand extends Span {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: List; readonly body: List }[];
  readonly otherwise: List | undefined;
  readonly redirections: readonly Redirection[];
}

/** `while` or `until`. */
export interface LoopCommand extends Span {
  readonly kind: 'while' | 'until';
  readonly condition: List;
  readonly body: List;
  readonly redirections: readonly Redirection[];
}

/** `for name in words`. */
export interface ForCommand extends Span {
  readonly kind: 'for';
  readonly name: string;
  readonly words: readonly Word[];
  readonly body: List;
  readonly redirections: readonly Redirection[];
}

/** `case subject in`. */
export interface CaseCommand extends Span {
  readonly kind: 'case';
  readonly subject: Word;
  readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: List }[];
  /** Whether a branch ends in bash's `;&` or `;;&`. */
  readonly fallsThrough: boolean;
  readonly redirections: readonly Redirection[];
}

/** A function; defining it runs nothing. */
export interface FunctionDefinition extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly body: Command;
}

/** bash's `[[ … ]]` and `(( … ))`, whose inside decides no variable that a static reader could know. */
export interface BashTest extends Span {
  readonly kind: 'bash-test' | 'arithmetic-command';
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

/** What a pipeline is made of. */
export type Command =
  | SimpleCommand
  | GroupCommand
  | IfCommand
  | LoopCommand
  | ForCommand
  | CaseCommand
  | FunctionDefinition
  | BashTest;

/** Commands joined by pipes, of which one alone is a pipeline, too. */
export interface Pipeline extends Span {
  readonly kind: 'pipeline';
  readonly isNegated: boolean;
  readonly commands: readonly Command[];
}

/** Pipelines joined by `&&` and `||`, up to what separates them from the next. */
export interface AndOr extends Span {
  readonly kind: 'and-or';
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
  readonly separator: ';' | '&' | undefined;
}

/** Commands one after another. */
export interface List extends Span {
  readonly kind: 'list';
  readonly items: readonly AndOr[];
}

/** A node of the tree. */
export type SyntaxNode =
  | Word
  | ArrayValue
  | DoubleQuoted
  | ParameterExpansion
  | CommandSubstitution
  | ArithmeticExpansion
  | Assignment
  | Redirection
  | HereDocument
  | Command
  | Pipeline
  | AndOr
  | List;

/** A parsed /etc/default/grub or drop-in. */
export interface DefaultsFile {
  /** The bytes as they were read, latin1. */
  readonly text: string;
  readonly body: List;
  /** Offsets of what bash accepts and dash calls a syntax error, in order. */
  readonly bashSyntax: readonly number[];
}

/** Why a text is no shell program for both dash and bash, or none that can be followed. */
export type DefaultsSyntaxCode =
  | 'syntax'
  | 'unclosed-quote'
  | 'unclosed-substitution'
  | 'unclosed-here-document'
  | 'backslash-at-end'
  | 'nul-byte'
  | 'too-deep'
  | 'shells-differ';

/** The first place of a file that can't be read. */
export type DefaultsSyntaxProblem = Problem<DefaultsSyntaxCode>;

/** The file's bytes, from its leaves: identical to the text that was parsed. */
export function printDefaults(file: DefaultsFile): string {
  const texts: string[] = [];
  printNodes(file.body.children, texts);
  return texts.join('');
}

function printNodes(nodes: readonly SyntaxElement[], texts: string[]): void {
  for (const node of nodes) {
    if ('text' in node) texts.push(node.text);
    else printNodes(node.children, texts);
  }
}
