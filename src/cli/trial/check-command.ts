import { runProgram } from '../../host/run-program.ts';

/** Whether the operator's own command finds the system well, and how it ended. */
export interface CheckResult {
  readonly isWell: boolean;
  /** Its exit status; undefined where it was ended by a signal. */
  readonly status: number | undefined;
}

/** Runs a command line by sh, as the user who runs bootmend. */
export async function runCheckCommand(command: string): Promise<CheckResult> {
  const { exitCode } = await runProgram('sh', ['-c', command]);
  return { isWell: exitCode === 0, status: exitCode };
}
