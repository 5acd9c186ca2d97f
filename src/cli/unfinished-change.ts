import type { ChangeableHost } from '../apply/problem.ts';
import { inspectJournal } from '../apply/recover.ts';
import { STATE_PATH } from '../apply/state-directory.ts';
import { tell, warning } from '../report/message.ts';
import { inFamily } from '../report/messages/sentence.ts';
import type { Message } from '../report/report.ts';

/** That a change was cut short and what it was for, or why that can't be told; nothing where none was. Changes nothing. */
export async function unfinishedChange(host: ChangeableHost): Promise<readonly Message[]> {
  const reading = await inspectJournal(host);
  switch (reading.kind) {
    case 'none':
      return [];
    case 'unreadable':
      return [warning('error.state-unreadable', { path: STATE_PATH, systemCode: reading.systemCode })];
    case 'untrusted':
      return [tell('warning', inFamily('apply', reading.problem))];
    case 'damaged': {
      const { fault, name } = reading;
      return fault.code === 'newer'
        ? [warning('apply.state-newer', { path: `${STATE_PATH}/${name}`, version: fault.version })]
        : [warning('warning.journal-damaged', { path: STATE_PATH, part: fault.part })];
    }
    case 'unfinished': {
      const paths = reading.journal.files.map(({ path }) => path).join(' ');
      return [warning('warning.change-unfinished', { paths, setId: reading.journal.setId })];
    }
  }
}

/** That the tree is another user's, where there is something of our state in it that would be used. */
export async function otherOwner(host: ChangeableHost): Promise<readonly Message[]> {
  const root = host.isRunningSystem ? undefined : await host.status('/');
  if (root?.ok !== true || root.status.uid === 0 || root.status.uid === host.user.uid) return [];
  if (!(await host.status(STATE_PATH)).ok) return [];
  return [warning('warning.tree-of-another', { path: host.root, uid: root.status.uid })];
}
