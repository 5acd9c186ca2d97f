import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the checker over files named 0, 1, 2 … and prints one line for each: status, then its first message. */
const loop = `
i=0
while [ "$i" -lt "$1" ]; do
  message=$(LC_ALL=C grub-script-check "$i" 2>&1 </dev/null)
  status=$?
  message=\${message%%
*}
  printf '%s %.100s\\n' "$status" "$message"
  i=$((i + 1))
done
`;

/**
 * Whether grub-script-check finds each script's syntax right. Its complaint about a script without commands is none
 * about syntax.
 *
 * @param scripts latin1
 */
export async function checkedSyntax(scripts: readonly string[]): Promise<boolean[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bootmend-script-check-'));
  try {
    for (const [index, script] of scripts.entries()) {
      await writeFile(join(folder, String(index)), script, 'latin1');
    }
    const output = await new Promise<string>((resolve, reject) => {
      const args = ['-c', loop, 'sh', String(scripts.length)];
      execFile('sh', args, { cwd: folder, encoding: 'latin1', maxBuffer: 2 ** 28 }, (error, stdout) =>
        error === null ? resolve(stdout) : reject(error),
      );
    });
    const lines = output.split('\n').slice(0, scripts.length);
    return lines.map((line) => line.startsWith('0 ') || line.includes('contains no commands'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
