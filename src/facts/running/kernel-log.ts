import type { Host } from '../../host/host.ts';
import type { RunningState } from './running-state.ts';

/** What the kernel said when it started. */
export interface KernelLog {
  /** The file, or `dmesg`. */
  readonly path: string;
  readonly lines: readonly string[];
}

/** Where a recording has it: sos's plugin for the kernel, and what systems keep of their last start. */
const RECORDED = ['/sos_commands/kernel/dmesg', '/sos_commands/kernel/dmesg_-T', '/var/log/dmesg'];

/**
 * The log of the kernel that runs; undefined where it can't be read. A log that does not begin with the running line is of
 * another start, or has lost its beginning, and is not used.
 *
 * Source: start_kernel() in init/main.c prints `Kernel command line: `, x86's setup_arch() `Command line: `; a record of the
 * log holds about 1,000 bytes.
 */
export async function readKernelLog(host: Host, { cmdline }: RunningState): Promise<KernelLog | undefined> {
  if (host.isRunningSystem) return ofThisStart('dmesg', (await host.run('dmesg', [])).stdout, cmdline);
  for (const path of RECORDED) {
    const file = await host.read(path, 1 << 24);
    const log = file.ok ? ofThisStart(path, file.bytes, cmdline) : undefined;
    if (log !== undefined) return log;
  }
  return undefined;
}

const SURELY_WHOLE = 800;

function ofThisStart(path: string, bytes: Buffer, cmdline: string): KernelLog | undefined {
  const lines = bytes.toString('latin1').split('\n');
  const isOwn = lines.some((line) => {
    const told = /\bcommand line: (.*)$/i.exec(line)?.[1]?.trim();
    if (told === undefined || told === '') return false;
    return told.length > SURELY_WHOLE
      ? cmdline.startsWith(told.slice(0, SURELY_WHOLE))
      : told === cmdline.trim();
  });
  return isOwn ? { path, lines } : undefined;
}
