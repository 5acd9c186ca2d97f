import { error } from '../../report/message.ts';
import type { Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { SHELLS } from '../command-table.ts';
import { completionScript } from '../completion-script.ts';
import { completionValues, VALUE_LISTS } from '../completion-values.ts';
import { EXIT } from '../exit-code.ts';

/** Print the script that completes our command line in one shell, or a list that such a script asks for. */
export async function completion({ invocation, host, say }: CommandContext): Promise<Report> {
  const start = { command: invocation.command, root: host.root };
  const [wanted] = invocation.words;
  const list = VALUE_LISTS.find((known) => known === wanted);
  if (list !== undefined) {
    const values = await completionValues(host, list);
    const script = values.map((value) => `${value}\n`).join('');
    return { ...start, exitCode: EXIT.done, script, messages: [] };
  }
  const shell = SHELLS.find((known) => known === wanted);
  if (shell === undefined) {
    const messages = [error('error.no-such-shell', { shell: wanted ?? '', shells: SHELLS.join(', ') })];
    return { ...start, exitCode: EXIT.usage, messages };
  }
  return { ...start, exitCode: EXIT.done, script: completionScript(shell, say), messages: [] };
}
