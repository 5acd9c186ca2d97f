import type { Say } from './messages/catalogue.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours a piece of text, or returns it as it is. */
export type Paint = (style: Style, text: string) => string;

export interface TextOptions {
  readonly say: Say;
  readonly paint: Paint;
  /** Show all evidence, not only the piece that decided. */
  readonly isVerbose: boolean;
}
