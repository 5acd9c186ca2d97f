import { cmdlineWords } from '../../cmdline/cmdline.ts';
import { parseParameter } from '../../cmdline/parameter.ts';
import type { Host } from '../../host/host.ts';
import { tellsOfThisHost } from './own-state.ts';

/** The kernel that runs and the line that it was started with; of a recorded tree, when it was recorded. Latin1. */
export interface RunningState {
  /** undefined where nothing tells it. */
  readonly release: string | undefined;
  /** /proc/cmdline without its newline. */
  readonly cmdline: string;
  readonly words: readonly string[];
  /** What the loader calls the image (BOOT_IMAGE=); undefined where it does not say. */
  readonly image: string | undefined;
  /** /proc/sys/kernel/random/boot_id: another one after each boot; undefined where it was not recorded. */
  readonly bootId: string | undefined;
}

/** The line of the running kernel. */
export const CMDLINE_PATH = '/proc/cmdline';

const MOST_BYTES = 1 << 16;

/**
 * What runs on a host; undefined where that can't be told: /proc/cmdline is not there, or it is another machine's.
 *
 * The release is looked for where a sosreport has it, too; last in the name of the image, which need not be true.
 */
export async function readRunningState(host: Host): Promise<RunningState | undefined> {
  if (!(await tellsOfThisHost(host))) return undefined;
  const line = await textAt(host, CMDLINE_PATH);
  if (line === undefined) return undefined;
  const cmdline = line.replace(/\n$/, '');
  const words = cmdlineWords(cmdline);
  const image = words.map(parseParameter).find(({ name }) => name === 'BOOT_IMAGE')?.value;
  return {
    release: (await readRelease(host)) ?? releaseInName(image),
    cmdline,
    words,
    image,
    bootId: (await textAt(host, '/proc/sys/kernel/random/boot_id'))?.trim(),
  };
}

async function readRelease(host: Host): Promise<string | undefined> {
  const own = (await textAt(host, '/proc/sys/kernel/osrelease'))?.trim();
  if (own !== undefined && own !== '') return own;
  const version = await textAt(host, '/proc/version');
  const told = /^Linux version (\S+) /.exec(version ?? '')?.[1];
  if (told !== undefined) return told;
  const uname = await textAt(host, '/sos_commands/kernel/uname_-a');
  return /^Linux \S+ (\S+) /.exec(uname ?? '')?.[1];
}

function releaseInName(image: string | undefined): string | undefined {
  return /\/?vmlinu[xz]-(\d[^/]*)$/.exec(image ?? '')?.[1];
}

async function textAt(host: Host, path: string): Promise<string | undefined> {
  const file = await host.read(path, MOST_BYTES);
  return file.ok ? file.bytes.toString('latin1') : undefined;
}
