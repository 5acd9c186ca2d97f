import { cmdlineWords } from '../cmdline/cmdline.ts';
import type { Host } from '../host/host.ts';
import { readText } from './layout/read-text.ts';

/** The boot that a system runs in, as far as its /proc tells; a recorded tree tells of the one that it was recorded in. */
export interface RunningBoot {
  /** The words that the kernel was started with, latin1; undefined where that can't be read. */
  readonly words: readonly string[] | undefined;
  /** Another one for each boot; undefined where that can't be read. */
  readonly bootId: string | undefined;
}

/** Source: proc(5), /proc/cmdline; random(4), /proc/sys/kernel/random/boot_id. */
export async function readRunningBoot(host: Host): Promise<RunningBoot> {
  const cmdline = await readText(host, '/proc/cmdline', 1 << 16);
  const bootId = await readText(host, '/proc/sys/kernel/random/boot_id', 64);
  return {
    words: cmdline.ok ? cmdlineWords(cmdline.text.replace(/\n$/, '')) : undefined,
    bootId: bootId.ok ? /^[0-9a-f-]{36}(?=\n?$)/.exec(bootId.text)?.[0] : undefined,
  };
}
