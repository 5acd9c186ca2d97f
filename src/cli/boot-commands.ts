import type { Report } from '../report/report.ts';
import type { Command, CommandContext } from './command-context.ts';
import type { CommandName } from './command-table.ts';
import { audit } from './commands/audit.ts';
import { backups } from './commands/backups.ts';
import { completion } from './commands/completion.ts';
import { confirm } from './commands/confirm.ts';
import { fix } from './commands/fix.ts';
import { rollback } from './commands/rollback.ts';
import { set, unset } from './commands/set.ts';
import { status } from './commands/status.ts';
import { verify } from './commands/verify.ts';
import { settleUnfinished } from './settle-unfinished.ts';

const COMMANDS: Readonly<Record<Exclude<CommandName, 'probe'>, Command>> = {
  status,
  fix,
  set,
  unset,
  verify,
  confirm,
  audit,
  backups,
  rollback,
  completion,
};

/** Run one of the commands that need more of the host than its kernels. */
export async function runBootCommand(name: keyof typeof COMMANDS, context: CommandContext): Promise<Report> {
  const settled = await settleUnfinished(context);
  if (settled.report !== undefined) return settled.report;
  const told = (report: Report): Report => ({
    ...report,
    messages: [...settled.messages, ...report.messages],
  });
  const report = await COMMANDS[name]({ ...context, show: (shown) => context.show(told(shown)) });
  return told(report);
}
