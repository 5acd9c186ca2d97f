import { error } from '../../report/message.ts';
import type { Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { completionScript, SHELLS } from '../completion-script.ts';
import { EXIT } from '../exit-code.ts';

/** Print the script that completes our command line in one shell. */
export async function completion({ invocation, host }: CommandContext): Promise<Report> {
  const start = { command: invocation.command, root: host.root };
  const shell = SHELLS.find((known) => known === invocation.words[0]);
  if (shell === undefined) {
    const messages = [
      error('error.no-such-shell', { shell: invocation.words[0] ?? '', shells: SHELLS.join(', ') }),
    ];
    return { ...start, exitCode: EXIT.usage, messages };
  }
  return { ...start, exitCode: EXIT.done, script: completionScript(shell), messages: [] };
}
