import type { Destination } from './destination.ts';

/** How another machine is reached. */
export interface Reach {
  readonly destination: Destination;
  /** Instead of the user's and the system's ssh_config(5). */
  readonly configFile: string | undefined;
  /** ssh may ask at the terminal: for a password, or about a host key. */
  readonly canAsk: boolean;
}

/** After how many seconds without a word ssh asks the machine whether it is still there; it gives up after three. */
const ALIVE_SECONDS = 15;

/**
 * The words behind `ssh`: the user's own configuration, but no terminal there, no forwarding (twenty sessions would want the same
 * port), and no question where nobody could answer it. Host keys are checked as the user has it.
 *
 * @param command what the login shell is to run, whichever it is
 */
export function sshArguments({ destination, configFile, canAsk }: Reach, command: string): readonly string[] {
  const { user, host, port } = destination;
  return [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    '-T',
    ...['-o', 'ClearAllForwardings=yes', '-o', `ServerAliveInterval=${ALIVE_SECONDS}`],
    ...(canAsk ? [] : ['-o', 'BatchMode=yes']),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    '--',
    host,
    command,
  ];
}
