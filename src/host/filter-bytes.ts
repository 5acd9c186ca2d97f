import type { ChildProcess } from 'node:child_process';
import { closeSync, fstatSync } from 'node:fs';
import type { FilterResult } from './host.ts';
import { programEnvironment } from './program-environment.ts';
import { systemCode } from './system-error.ts';
import { hasRoomBehind, openUnnamedFile, readWhole, writeWhole } from './unnamed-file.ts';

const TIMEOUT_MS = 120_000;
const MEASURED_EVERY_MS = 50;

/**
 * Run bytes through a program of this machine, found on PATH, without a shell, in the C locale. Both ends are unnamed
 * files and no pipes, so that large output takes no turn of ours for every few KB (docs/decisions/0003-decompression.md).
 * `spawn` itself, because loading execa takes as long as unpacking a kernel.
 *
 * @param mostBytes the program is ended once its output has more; what it gave by then comes back, longer than that
 * @throws the system's error where such a file can't be read
 */
export async function filterBytes(
  program: string,
  args: readonly string[],
  input: Uint8Array,
  mostBytes: number,
): Promise<FilterResult> {
  const opened: number[] = [];
  const open = (roomBytes: number) => {
    const descriptor = openUnnamedFile(roomBytes);
    opened.push(descriptor);
    return descriptor;
  };
  try {
    const ends = openEnds(open, input, mostBytes);
    if (ends === undefined) return WITHOUT_ROOM;
    const { stdin, stdout } = ends;
    const { spawn } = await import('node:child_process');
    const child = spawn(program, args, {
      stdio: [stdin, stdout, 'ignore'],
      env: programEnvironment(),
      cwd: '/',
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    const watch = setInterval(() => {
      if (fstatSync(stdout).size > mostBytes) child.kill('SIGKILL');
    }, MEASURED_EVERY_MS);
    const end = await endOf(child).finally(() => clearInterval(watch));
    const given = readWhole(stdout, mostBytes + 1);
    return { ...end, stdout: given, lacksRoom: Boolean(end.exitCode) && !hasRoomBehind(stdout) };
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}

const WITHOUT_ROOM: FilterResult = {
  exitCode: undefined,
  stdout: Buffer.alloc(0),
  isMissing: false,
  lacksRoom: true,
};

/** Where the input stands and where the output goes; undefined where the system has no place for them. */
function openEnds(
  open: (roomBytes: number) => number,
  input: Uint8Array,
  mostBytes: number,
): { readonly stdin: number; readonly stdout: number } | undefined {
  try {
    const [stdin, stdout] = [open(input.length), open(mostBytes)];
    writeWhole(stdin, input);
    return { stdin, stdout };
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** A program that can't be started otherwise than for want of it has no exit code either. */
function endOf(child: ChildProcess): Promise<Pick<FilterResult, 'exitCode' | 'isMissing'>> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ exitCode: undefined, isMissing: error.code === 'ENOENT' }),
    );
    child.once('exit', (exitCode) => resolve({ exitCode: exitCode ?? undefined, isMissing: false }));
  });
}
