import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What GRUB prints while it runs a grub.cfg, up to the first match of `until`, the end of the program, or a minute.
 *
 * @param program grub-emu, or one that behaves like it
 * @param script latin1; `@DIR@` in it stands for the directory that holds the grub.cfg
 */
export async function runGrub(
  program: string,
  script: string,
  until: RegExp | undefined,
  prepare?: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bootmend-grub-'));
  try {
    await writeFile(join(directory, 'grub.cfg'), script.replaceAll('@DIR@', directory), 'latin1');
    await prepare?.(directory);
    return await outputOf(program, ['-d', directory, '-m', '/dev/null'], until);
  } finally {
    await rm(directory, { recursive: true });
  }
}

function outputOf(program: string, args: readonly string[], until: RegExp | undefined): Promise<string> {
  const env = { ...process.env, TERM: 'vt100', LC_ALL: 'C' };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
      env,
    });
    let output = '';
    child.stdout.setEncoding('latin1');
    child.stdout.on('data', (chunk: string) => {
      output += chunk;
      if (until?.test(output) === true) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}
