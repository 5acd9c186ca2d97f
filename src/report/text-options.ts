import type { Say } from './messages/catalogue.ts';

/** How a piece of text can look. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours a piece of text, or returns it as it is. */
export type Paint = (style: Style, text: string) => string;

/** How a report is shown as text. */
export interface TextOptions {
  readonly say: Say;
  readonly paint: Paint;
  /** Show all evidence, not only the piece that decided. */
  readonly isVerbose: boolean;
  /** How many columns a line may take. */
  readonly columns: number;
  /** Whether raw diffs belong to the report: nobody is there who could ask for them. */
  readonly hasDiffs: boolean;
  /** What a command to paste says of its place, with a blank in front: ` --root DIR`; empty for the running system. */
  readonly target: string;
}

/** A report as text, each part empty or ending in a newline. Warnings stand between the two. */
export interface ShownReport {
  readonly body: string;
  /** What a question follows, or what to do next. */
  readonly closing: string;
}

/** Parts of a report that a person can ask for before an answer. */
export type ReportPart = 'diff' | 'why' | 'entries';
