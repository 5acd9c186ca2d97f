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
}
