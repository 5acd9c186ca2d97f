import { spawn } from 'node:child_process';
import type { ProgramResult } from '../../../src/kernel/image/decompress.ts';
import { decompressWith } from '../../../src/kernel/image/decompress.ts';

/** The system's programs, as the Host runs them. */
export const decompress = decompressWith(runProgram);

function runProgram(program: string, args: readonly string[], input: Buffer): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.on('error', () => resolve({ exitCode: undefined, stdout: Buffer.alloc(0), isMissing: true }));
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? undefined, stdout: Buffer.concat(chunks), isMissing: false });
    });
    child.stdin.end(input);
  });
}
