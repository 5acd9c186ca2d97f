import type { CommandContext } from '../../src/cli/command-context.ts';
import { readArguments } from '../../src/cli/read-arguments.ts';
import { openHost } from '../../src/host/root-host.ts';

/** What a command that may write without asking works with, on a tree. */
export async function contextOf(
  root: string,
  words: readonly string[] = ['set', 'nokmem', '--yes'],
): Promise<CommandContext> {
  const reading = readArguments([...words, '--root', root]);
  if (reading.kind !== 'invocation') throw new Error(reading.kind);
  const { invocation } = reading;
  return {
    invocation,
    host: await openHost(root),
    say: (...[code]) => code,
    canAsk: false,
    show: () => undefined,
    reveal: () => undefined,
  };
}
