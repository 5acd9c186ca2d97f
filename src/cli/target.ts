import { rootOption } from '../report/shell-word.ts';
import type { Invocation } from './invocation.ts';

/** What a command to paste says of the machine that this one was about, with a blank in front; nothing for the one it runs on. */
export function targetOf({ options }: Invocation): string {
  return options.root === undefined ? '' : rootOption(options.root);
}
