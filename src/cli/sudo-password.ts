import type { Sudo } from '../remote/session.ts';

/** How long a person may take over a password, in milliseconds. */
const ANSWERED_WITHIN_MS = 300_000;

/**
 * How `--sudo` comes by root: with the password that the program in SUDO_ASKPASS prints (sudo(8), `-A`), which runs here, once for
 * all machines; without such a program, only where sudo asks for none.
 */
export function sudoHere(isWanted: boolean, prompt: string): Sudo | undefined {
  if (!isWanted) return undefined;
  const program = process.env['SUDO_ASKPASS'];
  if (!program) return { password: undefined };
  let asked: Promise<string | undefined> | undefined;
  return {
    password: () => {
      asked ??= askProgram(program, prompt);
      return asked;
    },
  };
}

async function askProgram(program: string, prompt: string): Promise<string | undefined> {
  const { execa } = await import('execa');
  const { exitCode, stdout } = await execa(program, [prompt], {
    stdin: 'ignore',
    stderr: 'inherit',
    timeout: ANSWERED_WITHIN_MS,
    reject: false,
    verbose: 'none',
  });
  return exitCode === 0 ? stdout?.split('\n')[0] : undefined;
}
