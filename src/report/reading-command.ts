/** Whether a command only looks, whatever it finds. */
export function isReadingCommand(command: string | undefined): boolean {
  return command !== undefined && READING.includes(command);
}

const READING: readonly string[] = ['status', 'probe', 'audit', 'verify', 'backups', 'completion'];
