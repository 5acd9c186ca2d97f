import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver, Omission } from '../driver.ts';
import { type Kernel, makeDisks, powerOn } from '../power-cut/machine.ts';
import { configText, defaultsText } from '../power-cut/turns.ts';
import { type Recording, readLog, serveImage } from './recording.ts';

const BOOT_MS = 180_000;

/**
 * The same of a /boot on vfat, which this machine's kernel may lack: a virtual machine has the recorded file for a disk,
 * applies changes, and marks each that is done on a disk that is recorded beside it.
 *
 * @param omits what the changes should do and do not
 */
export async function recordMachine(
  work: string,
  kernel: Kernel,
  driver: Driver,
  changes: number,
  omits?: Omission,
): Promise<Recording> {
  const place = mkdtempSync(join(work, 'record-'));
  const at = (name: string) => join(place, name);
  const request = { task: 'toggle', root: '/', ...(omits === undefined ? {} : { omits }) } as const;
  const files = { config: configText(0), defaults: defaultsText(0) };
  const disks = makeDisks(place, { fileSystem: 'vfat', isInRoot: false }, kernel, driver, request, files);
  renameSync(disks.bootImage, at('image'));
  execFileSync('cp', ['--sparse=always', at('image'), at('start')]);
  const server = await serveImage(place);
  const machine = powerOn({ ...disks, bootImage: at('server/image'), markImage: at('server/mark') });
  try {
    await machine.line(new RegExp(`^applied ${changes} `), BOOT_MS);
  } finally {
    await machine.cutPower();
    await server.end();
  }
  return {
    imagePath: at('start'),
    operations: readLog(readFileSync(at('log'))),
    configPath: disks.configPath,
  };
}
