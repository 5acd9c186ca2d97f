import type { Hazard } from '../diagnosis/hazard.ts';
import { error } from '../report/message.ts';
import type { Message } from '../report/report.ts';
import { commandAgain } from './command-again.ts';
import type { Invocation } from './invocation.ts';

/** That a hazard stands against a change, with the command that accepts it. */
export function hazardNotAccepted(invocation: Invocation, { id }: Pick<Hazard, 'id'>): Message {
  return error('error.hazard-not-accepted', { id, command: `${commandAgain(invocation)} --accept ${id}` });
}
