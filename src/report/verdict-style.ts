import type { Verdict } from '../kernel/parameter-support.ts';
import type { Style } from './text-options.ts';

/** How a verdict looks wherever it is shown. */
export const VERDICT_STYLES: Readonly<Record<Verdict, Style>> = {
  supported: 'green',
  absent: 'red',
  unknown: 'yellow',
  conflicting: 'yellow',
};
