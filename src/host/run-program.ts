import type { RunResult } from './host.ts';
import { programEnvironment } from './program-environment.ts';

/** What a program is given beside its arguments. */
export interface RunOptions {
  /** Becomes descriptor 3 of the program. */
  readonly descriptor?: number;
  /** After which the program is ended. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Instead of what every program of the machine is run with. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** execve(2): it is not there, or this user may not run it. */
const NOT_TO_BE_RUN = new Set<unknown>(['ENOENT', 'EACCES']);

const MAX_OUTPUT_BYTES = 512 << 20;

/** A program of this machine, found on PATH, without a shell, in the C locale; stderr is latin1. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult & { readonly timedOut: boolean }> {
  const { execa } = await import('execa');
  // execa passes any descriptor on; its types know the first few numbers only.
  const inherited = options.descriptor === undefined ? [] : [options.descriptor as 3];
  const result = await execa(program, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...inherited],
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    env: options.environment ?? programEnvironment(),
    cwd: '/',
    encoding: 'buffer',
    maxBuffer: MAX_OUTPUT_BYTES,
    stripFinalNewline: false,
    reject: false,
    // Not even where NODE_DEBUG asks for it: the bundle has no execa that prints.
    verbose: 'none',
  });
  return {
    exitCode: result.exitCode,
    stdout: Buffer.from(result.stdout ?? []),
    stderr: Buffer.from(result.stderr ?? []).toString('latin1'),
    isMissing: result.exitCode === undefined && 'code' in result && NOT_TO_BE_RUN.has(result.code),
    timedOut: result.timedOut,
  };
}
